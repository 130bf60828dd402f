package store

import (
	"context"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Pulls is the state of each source: how far the present or last pull came,
// and what it could not use.
type Pulls interface {
	// BeginPull starts a pull: counts, gaps, rejects and cursor are cleared,
	// observations stay, Mixed is taken as given.
	BeginPull(ctx context.Context, p Pull) error

	// NotePull adds counts, gaps, rejects and the cursor of a batch whose
	// observations go another way (Replace). Commit does the same by itself.
	NotePull(ctx context.Context, source string, batch pipeline.Batch) error

	// EndPull marks the pull as ended, with the error that ended it, if any.
	// ErrNotFound if the source has no pull.
	EndPull(ctx context.Context, source string, end PullEnd) error

	// Pull returns the state of a source, ErrNotFound before the first.
	Pull(ctx context.Context, source string) (Pull, error)

	// Rejects pages through rejected rows of a source's last pull, in the
	// order they came; after is the number of rows to leave out.
	Rejects(ctx context.Context, source string, after, limit int) ([]pipeline.Reject, error)
}

// Pull is one reading of a source.
type Pull struct {
	Source      string           `json:"source"`
	Day         company.Date     `json:"day"`
	Fingerprint string           `json:"fingerprint"` // of the input, the decoder and the filter
	Filter      string           `json:"filter"`      // of what was wanted: part of the fingerprint
	Decoder     int              `json:"decoder"`
	Started     time.Time        `json:"started"`
	Ended       time.Time        `json:"ended"` // zero while it runs or after a kill
	Complete    bool             `json:"complete"`
	Error       string           `json:"error,omitempty"`
	Paused      string           `json:"paused,omitempty"` // why it goes on another day; no failure
	Release     pipeline.Release `json:"release"`          // newest one seen by its date
	Counts      pipeline.Counts  `json:"counts"`
	Delta       Delta            `json:"delta"`
	Gaps        []pipeline.Gap   `json:"gaps,omitempty"`
	Cursor      string           `json:"cursor,omitempty"`
	GapsMore    int              `json:"gaps_more,omitempty"` // how many gaps there are beside those
	// Mixed says that the store may hold observations that were read otherwise:
	// under another filter, by another decoder. A complete pull ends it.
	Mixed bool         `json:"mixed,omitempty"`
	Last  CompletePull `json:"last"` // the last pull that was complete, this one included
}

// CompletePull is what a complete pull leaves behind: a later one that fails
// does not take it away. The zero value means that there was none.
type CompletePull struct {
	Ended   time.Time        `json:"ended"`
	Filter  string           `json:"filter"`
	Release pipeline.Release `json:"release"`
	Counts  pipeline.Counts  `json:"counts"`
}

// PullEnd is how a pull ended.
type PullEnd struct {
	At       time.Time
	Complete bool
	Error    string
	Paused   string
	Delta    Delta // added to what commits counted, for Replace
}

// GapsKept is how many gaps of a pull are kept; more are only counted.
const GapsKept = 1000

// Begun returns the state of a pull that starts: what names it stays, what
// counts it is cleared.
func (p Pull) Begun() Pull {
	return Pull{
		Source: p.Source, Day: p.Day, Fingerprint: p.Fingerprint, Decoder: p.Decoder,
		Started: p.Started, Release: p.Release, Filter: p.Filter, Mixed: p.Mixed, Last: p.Last,
	}
}

// Note adds a batch, and what writing it changed.
func (p *Pull) Note(batch pipeline.Batch, delta Delta) {
	p.Counts = p.Counts.Add(batch.Counts)
	p.Delta = p.Delta.Add(delta)
	room := min(len(batch.Gaps), max(0, GapsKept-len(p.Gaps)))
	p.Gaps, p.GapsMore = append(p.Gaps, batch.Gaps[:room]...), p.GapsMore+len(batch.Gaps)-room
	p.Cursor = batch.Cursor
	if batch.Release != (pipeline.Release{}) && batch.Release.Date >= p.Release.Date {
		p.Release = batch.Release
	}
}

// End marks the pull as ended.
func (p *Pull) End(end PullEnd) {
	p.Ended, p.Complete, p.Error, p.Paused = end.At, end.Complete, end.Error, end.Paused
	p.Delta = p.Delta.Add(end.Delta)
	if end.Complete {
		p.Mixed = false
		p.Last = CompletePull{Ended: end.At, Filter: p.Filter, Release: p.Release, Counts: p.Counts}
	}
}
