// Package halfyear lives through half a year of the program's use: every night the
// real night makes the real workbooks, every day managers open them, call
// companies whose truth is hidden from the program, fill in what came of it as
// people do, and bring the files back, or forget to. A checker that knows none of
// the program's rules but those of docs/outcomes.md and of good manners watches
// every list.
//
// Everything is drawn from one seed, so a half-year can be lived through again.
package halfyear
