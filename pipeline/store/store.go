// Package store is the port to what the program remembers. It has two halves
// with different lives: the registry (observations, joins, scoring rows,
// the index, visits, events: large, can be pulled again) and the state (runs, issued lists,
// decisions, stop list: small, must be backed up).
//
// Every call is one transaction unless its comment says otherwise. Reads are
// pages: a caller may write between two pages, or while it holds one, and
// never blocks itself; so may a sequence that the store is reading. A page has
// at most limit entries, none when limit is below 1; a page that is not full is
// the last. What a page returns belongs to the caller. A cancelled context
// ends a call with the context's error before or between transactions. After
// Close every call is ErrClosed; Close may be called again. Nothing here
// assumes one process or one machine.
package store

import (
	"errors"
	"io"
)

// Errors of every implementation.
var (
	ErrNotFound = errors.New("not in the store")
	ErrClosed   = errors.New("store is closed")
	ErrOrder    = errors.New("keys of a sequence must rise")

	// ErrKind is a write of observations of the one kind into a source that
	// holds those of the other (Replacement.Annex).
	ErrKind = errors.New("the source holds observations of another kind")

	// ErrObservation is an observation that Admit refuses, or one that comes
	// twice in a batch.
	ErrObservation = errors.New("observation cannot be stored")
)

// Store is all of it; parts of the program ask for the small interfaces.
type Store interface {
	Observations
	Pulls
	Joins
	Index
	Visits
	ScoreRows
	Events
	Runs
	Lists
	Stops
	io.Closer
}
