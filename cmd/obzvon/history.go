package main

import (
	"context"
	"time"

	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// journal is the history of what people said and settled, beside the stores.
func (h *house) journal() *journal.Journal { return h.written }

// tellMarks writes into the journal that marks are put, or taken away. It comes
// before the store is changed.
func (h *house) tellMarks(ctx context.Context, kind journal.Kind, marks []store.Mark) error {
	lines := make([]journal.Entry, len(marks))
	by, now := h.by, time.Now()
	for i := range marks {
		lines[i] = journal.Entry{At: now, By: by, Kind: kind, Mark: &marks[i]}
	}
	return h.guard().History(h.journal()).Append(ctx, lines...)
}

// tellStops does so for entries of the stop list.
func (h *house) tellStops(ctx context.Context, kind journal.Kind, stops []store.Stop) error {
	lines := make([]journal.Entry, len(stops))
	by, now := h.by, time.Now()
	for i := range stops {
		lines[i] = journal.Entry{At: now, By: by, Kind: kind, Stop: &stops[i]}
	}
	return h.guard().History(h.journal()).Append(ctx, lines...)
}

// tellDecision does so for a decision on a listing and a company.
func (h *house) tellDecision(ctx context.Context, d store.Decision) error {
	return h.guard().History(h.journal()).Append(ctx, journal.Entry{At: time.Now(), By: d.By, Kind: journal.KindDecision, Decision: &d})
}
