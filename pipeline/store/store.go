// Package store is the port to what the program remembers. It has two halves
// with different lives: the registry (observations, joins, scoring rows,
// the index, visits, events: large, can be pulled again) and the state (runs, issued lists,
// decisions, stop list, results, marks: small, must be backed up).
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
	"context"
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

// Registry is the half that can be pulled and computed again.
type Registry interface {
	// DropRegistry empties the registry. What came from the sources to keep, since
	// asking them again costs what cannot be had tonight, stays as it was:
	// observations with their first-seen days, without events; pulls and rejects;
	// visits and claims. So do joins that people confirmed. Rows and index are
	// stale as a whole afterwards, generation and marks have risen, Since is 0.
	// Killed in the middle, it leaves all or nothing done.
	DropRegistry(ctx context.Context, keep []string) error
}

// Store is all of it; parts of the program ask for the small interfaces.
type Store interface {
	Registry
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
	Results
	Marks
	Accounts
	Budgets
	Erasure
	io.Closer
}
