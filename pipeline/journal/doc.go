// Package journal keeps the history of what people said and settled: results of
// calls, stops, who calls whom, decisions. It is a file of JSON lines beside the
// store, only ever appended to, so that who said what, when and from which file
// can be read with any tool even when the store is lost.
//
// A line is written before the store is changed. A kill in between leaves a line
// whose change comes with the next attempt, and is told again then: Folded drops
// what is said twice. Only erasure changes lines.
package journal
