package store

import (
	"context"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// ObservationID names an observation for ever.
type ObservationID struct {
	Source string `json:"source"`
	Key    string `json:"key"`
}

// Dossier is everything that bears on one ИНН.
type Dossier struct {
	INN          company.INN
	Observations []company.Observation // own, joined and of annexes, ordered by source, key
	Joins        []Join                // of the joined ones, ordered by id
}

// Observations are what the sources said.
type Observations interface {
	// Commit writes one batch in one transaction: observations, events,
	// rejects, gaps, counts and cursor, all or nothing. Observations are
	// upserts: one that says the same (company.Observation.SameContent) is
	// counted as unchanged, takes the newer date and makes no event, so that
	// what is known does not depend on how often it was said. A key that had another
	// ИНН moves to the new one. Values keep the day they were first seen
	// (Stamp). The facts of each must be sorted, keys be distinct
	// (ErrObservation). Commit needs no BeginPull. No two writers may write
	// one source at the same time.
	Commit(ctx context.Context, c Commit) (Delta, error)

	// Replace makes the source hold exactly the records of the sequence, whose
	// keys must rise by their bytes (ErrOrder). Content that is the same is not
	// written again: of a whole release everything was said on the release's
	// day; of one that is not whole it takes the newer date. Keys that are
	// missing are removed, with an event "gone", only if the release is whole.
	// The first Replace of a source that holds nothing makes no events at all,
	// nor do those that go on with it (Partial) or follow on the day on which it
	// ended: what was not known before is told by first-seen days. It is a run of
	// transactions: killed in the middle and called again with the same
	// sequence it ends in the same store with the same events (the Delta of a
	// repeated call counts only what was left to do). An error of the sequence
	// ends it and is returned; then nothing is removed, what came before stays.
	// The sequence may reuse the memory of a record once it is asked for the
	// next.
	Replace(ctx context.Context, r Replacement, seq iter.Seq2[record.Packed, error]) (Delta, error)

	// Get returns one observation, ErrNotFound if there is none.
	Get(ctx context.Context, id ObservationID) (company.Observation, error)

	// WithoutINN pages through observations that carry no ИНН, joined or not,
	// by source then key, after the given one (zero = from the start). Those of
	// annexes are never among them.
	WithoutINN(ctx context.Context, after ObservationID, limit int) ([]company.Observation, error)

	// Dossiers pages through all ИНН in rising order of their text, after the
	// given one. An ИНН that only a join or an annex names is not one of them.
	Dossiers(ctx context.Context, after company.INN, limit int) ([]Dossier, error)

	// Dossier returns one, ErrNotFound if no observation but those of annexes
	// carries the ИНН.
	Dossier(ctx context.Context, inn company.INN) (Dossier, error)

	// INNs pages through the ИНН that the named sources carry, rising,
	// distinct. No sources named = none; annexes carry none.
	INNs(ctx context.Context, sources []string, after company.INN, limit int) ([]company.INN, error)

	// Generation rises with every write that changes what an observation says,
	// annexes excepted, or which there are; not with one that only says the same
	// on a newer day. Equal generations mean that nothing has changed in between.
	Generation(ctx context.Context) (uint64, error)
}

// Commit is one batch on its way into the store.
type Commit struct {
	Source string
	Day    company.Date // the list's day this night works for
	Batch  pipeline.Batch
	Silent bool // as in Replacement
	// Visits are written in the same transaction: Again and Memory take the place
	// of those that were there, Day stays that of the claim; one that was never
	// claimed is written as given. Their source is that of the commit
	// (ErrObservation).
	Visits []Visit
}

// Replacement is a source's new release.
type Replacement struct {
	Source  string
	Day     company.Date
	Release pipeline.Release
	// Silent says that what differs from what is stored comes of reading
	// otherwise than before (another filter, decoder or switch) and not of the
	// source: nothing is an event, and what is missing counts as dropped, since
	// the source may hold it still.
	Silent bool
	// Partial says that the source broke off or left a gap. The first Replace of
	// a source is over only with one that is not: what was missing is no news.
	Partial bool
	// Annex says that the source adds to companies that others know: its
	// observations stand in the dossier of their ИНН, which must be their key
	// (ErrObservation), and make none. Only what changes of an ИНН that another
	// source carries is an event. A source is an annex or not for good
	// (ErrKind).
	Annex bool
}

// Delta counts what a write changed.
type Delta struct {
	New       int64 `json:"new"`
	Changed   int64 `json:"changed"`
	Unchanged int64 `json:"unchanged"`
	Gone      int64 `json:"gone"`
	Dropped   int64 `json:"dropped"` // removed because something else is wanted now
}

// Add returns the sum.
func (d Delta) Add(e Delta) Delta {
	return Delta{
		New: d.New + e.New, Changed: d.Changed + e.Changed, Unchanged: d.Unchanged + e.Unchanged,
		Gone: d.Gone + e.Gone, Dropped: d.Dropped + e.Dropped,
	}
}
