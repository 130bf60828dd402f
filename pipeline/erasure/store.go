package erasure

import (
	"context"
	"iter"

	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// Store is what of the store erasing needs.
type Store interface {
	store.Observations
	store.Pulls
	store.Joins
	store.Index
	store.Visits
	store.Events
	store.Lists
	store.Stops
	store.Results
	store.Marks
	store.Erasure
}

// Journal is the history of what people said and settled.
type Journal interface {
	Append(ctx context.Context, entries ...journal.Entry) error
	Read(ctx context.Context) iter.Seq2[journal.Entry, error]
	Rewrite(ctx context.Context, change func(journal.Entry) (journal.Entry, bool)) (changed int, err error)
}
