// Package sourcetest holds every pipeline.Source to the promises on that
// port. An adapter's test runs it over each of its fixtures:
//
//	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { … }})
//
// It looks for leaked goroutines, so it must not run beside parallel tests of
// the same binary.
package sourcetest
