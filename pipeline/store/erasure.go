package store

import (
	"context"
	"fmt"

	"obzvon/pipeline/company"
)

// Erasure is what forgetting needs beside the other ports. What it names is what
// only erasure may change. Nobody else may write meanwhile, or may write again
// what was erased. Each can be repeated after a kill, with the same arguments.
//
// A function that is given to one is called outside of transactions: it may use
// the store.
type Erasure interface {
	// RewriteLists hands each issued list to change, by rising day, and keeps what
	// that returns; nil = the list stays as it is. Each day is one transaction.
	RewriteLists(ctx context.Context, change func(day company.Date, data []byte) ([]byte, error)) error

	// RewriteRuns does so with the reports and errors of runs; false = the run
	// stays as it is. Its day stays in any case.
	RewriteRuns(ctx context.Context, change func(Run) (Run, bool)) error

	// EraseOwner removes the manager of a company that was on a list.
	EraseOwner(ctx context.Context, inn company.INN) error

	// EraseObservations removes observations with their joins, decisions, index
	// entries, events and visits, without events of its own, and the note of the
	// joins; an id that only some of these have is as good. How much was claimed
	// on a day stays: it names nobody. Rows and owners of companies concerned
	// become stale. Of an ИНН that only they carried everything goes that names
	// it: the row, joins to it and decisions about it, what is stale of it. It is
	// a run of transactions. An id that cannot be one is ErrObservation; then
	// nothing is erased.
	EraseObservations(ctx context.Context, ids []ObservationID) error

	// EraseEventsWith removes the events of which hit says yes to a text: the key,
	// the ИНН, what changed, what was known before the day (which no call returns).
	// Events outlive what they tell of, so it is needed beside EraseObservations.
	// It tells how many; it is a run of transactions.
	EraseEventsWith(ctx context.Context, hit func(text string) bool) (int, error)

	// EraseRejects removes the quarantined rows of which hit says yes to the row
	// or to what is said of it, and tells how many. Each source is one
	// transaction. Counts of pulls stay.
	EraseRejects(ctx context.Context, hit func(raw string) bool) (int, error)

	// AddForgotten remembers digests of what was forgotten, Forgotten returns them,
	// rising. One that is empty, or longer than MaxKey, is ErrResult.
	AddForgotten(ctx context.Context, digests []string) error
	Forgotten(ctx context.Context) ([]string, error)
}

// CheckDigests tells whether digests can be remembered. The error is ErrResult.
func CheckDigests(digests []string) error {
	for _, d := range digests {
		if d == "" || len(d) > MaxKey {
			return fmt.Errorf("digest of %d bytes: %w", len(d), ErrResult)
		}
	}
	return nil
}

// CheckIDs is ObservationID.Check for several.
func CheckIDs(ids []ObservationID) error {
	for _, id := range ids {
		if err := id.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Tells tells whether hit says yes to any text of the event, or of what was known
// before its day; nil = nothing was.
func (e *Event) Tells(before *company.Observation, hit func(text string) bool) bool {
	if hit(e.ID.Key) || hit(string(e.INN)) {
		return true
	}
	for _, c := range e.Changes {
		if hit(c.Key) || hit(c.From) || hit(c.To) {
			return true
		}
	}
	if before == nil {
		return false
	}
	for _, f := range before.Facts {
		if hit(f.Key) || hit(f.Value) || hit(f.Note) {
			return true
		}
	}
	return hit(string(before.INN)) || hit(before.Origin)
}
