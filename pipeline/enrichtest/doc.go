// Package enrichtest holds every pipeline.Enricher to the promises on that
// port. An enricher's test runs it over companies of its own:
//
//	enrichtest.Run(t, func() pipeline.Enricher { … }, companies...)
//
// The companies must show both sides: one for which something is found, and
// one for which nothing is. The suite looks for leaked goroutines, so it must
// not run beside parallel tests of the same binary.
package enrichtest
