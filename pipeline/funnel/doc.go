// Package funnel says what results of calls come to: which of them count, how
// far a company has come, and when its turn comes again. Everything here is
// computed from the results as they were kept, so that neither the order in
// which files are brought in nor how often matters. The rules are those of
// docs/outcomes.md.
package funnel
