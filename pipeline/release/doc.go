// Package release carries what a source yields to the store: records in any
// order go in, records in rising order of their keys come out, one for each
// key, in bounded memory. What does not fit is sorted in runs on disk and
// merged.
package release
