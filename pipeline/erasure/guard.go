package erasure

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// Guard is a store that takes nothing in that was forgotten: observations lose it,
// or are not taken at all and count as not wanted; so do rejected rows, memories of
// visits and results. While nothing was forgotten it costs a look at an empty list
// for each write.
type Guard struct {
	store.Store
	key func() (*Key, error)

	mu      sync.Mutex
	digests []string
	known   *Forgotten
}

// NewGuard stands before a store. Key is asked for when something was forgotten,
// as ReadKey of the store's folder.
func NewGuard(s store.Store, key func() (*Key, error)) *Guard {
	return &Guard{Store: s, key: key, known: &Forgotten{}}
}

// Known is what was forgotten by now. The error is ErrKey if it cannot be told.
func (g *Guard) Known(ctx context.Context) (*Forgotten, error) {
	digests, err := g.Forgotten(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was forgotten: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if slices.Equal(digests, g.digests) {
		return g.known, nil
	}
	key, err := g.key()
	if err != nil {
		return nil, err
	}
	known, err := New(key, digests)
	if err != nil {
		return nil, err
	}
	g.digests, g.known = digests, known
	return known, nil
}

// Commit implements store.Observations.
func (g *Guard) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	f, err := g.Known(ctx)
	if err != nil {
		return store.Delta{}, err
	}
	if !f.Empty() {
		c.Batch = f.batch(c.Batch)
		c.Visits = f.memories(c.Source, c.Visits)
	}
	return g.Store.Commit(ctx, c)
}

// NotePull implements store.Pulls.
func (g *Guard) NotePull(ctx context.Context, source string, b pipeline.Batch) error {
	f, err := g.Known(ctx)
	if err != nil {
		return err
	}
	if !f.Empty() {
		b = f.batch(b)
	}
	return g.Store.NotePull(ctx, source, b)
}

// PutResults implements store.Results.
func (g *Guard) PutResults(ctx context.Context, results []store.Result) (added int, err error) {
	f, err := g.Known(ctx)
	if err != nil {
		return 0, err
	}
	if f.Empty() {
		return g.Store.PutResults(ctx, results)
	}
	kept := make([]store.Result, 0, len(results))
	for i := range results {
		r := store.CloneResult(results[i])
		if f.result(&r) != goes {
			kept = append(kept, r)
		}
	}
	return g.Store.PutResults(ctx, kept)
}

// Replace implements store.Observations.
func (g *Guard) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[record.Packed, error]) (store.Delta, error) {
	f, err := g.Known(ctx)
	if err != nil {
		return store.Delta{}, err
	}
	if f.Empty() {
		return g.Store.Replace(ctx, r, seq)
	}
	dropped := int64(0)
	delta, err := g.Store.Replace(ctx, r, f.records(r.Source, seq, &dropped))
	if err == nil && dropped > 0 {
		err = g.unwanted(ctx, r.Source, dropped)
	}
	return delta, err
}

// unwanted counts records as not wanted that the source has counted as taken.
func (g *Guard) unwanted(ctx context.Context, source string, n int64) error {
	p, err := g.Pull(ctx, source)
	if errors.Is(err, store.ErrNotFound) || err == nil && p.Counts.Taken < n {
		return nil // it counts otherwise
	}
	if err != nil {
		return err
	}
	return g.Store.NotePull(ctx, source, pipeline.Batch{Counts: pipeline.Counts{Taken: -n, NotWanted: n}, Cursor: p.Cursor})
}

// batch is a batch without what was forgotten. What it was given stays as it is.
func (f *Forgotten) batch(b pipeline.Batch) pipeline.Batch {
	kept := make([]company.Observation, 0, len(b.Observations))
	for _, o := range b.Observations {
		if f.observation(&o) == goes {
			b.Counts.Taken--
			b.Counts.NotWanted++
			continue
		}
		kept = append(kept, o)
	}
	b.Observations = kept
	b.Rejects = slices.Clone(b.Rejects)
	for i := range b.Rejects {
		if r := &b.Rejects[i]; f.Has(r.Raw) || f.Has(r.Detail) {
			r.Raw, r.Detail = "", f.Redact(r.Detail)
		}
	}
	b.Gaps = slices.Clone(b.Gaps)
	for i := range b.Gaps {
		redactIn(f, &b.Gaps[i])
	}
	return b
}

// memories takes from visits what they remember of what was forgotten.
func (f *Forgotten) memories(source string, visits []store.Visit) []store.Visit {
	visits = slices.Clone(visits)
	for i := range visits {
		if v := &visits[i]; v.Memory != nil && f.visit(source, v) {
			v.Memory = nil
		}
	}
	return visits
}

// visit tells whether a visit remembers what was forgotten. Of people nobody but the
// enricher can tell.
func (f *Forgotten) visit(source string, v *store.Visit) bool {
	_, people := f.People(company.INN(v.ID))
	return people || f.remembers(kindPeopleCard, []byte(source), []byte(v.ID)) || f.card(source, v.ID) || f.inMemory(v.Memory)
}

// records is a sequence without what was forgotten.
func (f *Forgotten) records(source string, seq iter.Seq2[record.Packed, error], dropped *int64) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		*dropped = 0
		var o company.Observation
		var content []byte
		for p, err := range seq {
			if err != nil {
				yield(p, err)
				return
			}
			facts := o.Facts
			o = company.Observation{Source: source, Key: p.Key, Date: p.Date, Origin: p.Origin, Facts: facts}
			if _, err := record.ReadContent(p.Content, &o); err != nil {
				yield(p, fmt.Errorf("read %q of source %q: %w", p.Key, source, err))
				return
			}
			changed := o
			switch f.observation(&changed) {
			case goes:
				*dropped++
				continue
			case changes:
				p = record.Pack(content[:0], &changed)
				content = p.Content
			case stays:
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// AddStops implements store.Stops: a stop of what was forgotten is kept as its
// digest.
func (g *Guard) AddStops(ctx context.Context, stops []store.Stop) (added int, err error) {
	f, err := g.Known(ctx)
	if err != nil {
		return 0, err
	}
	if !f.Empty() {
		stops = slices.Clone(stops)
		for i := range stops {
			stops[i] = f.stop(stops[i])
		}
	}
	return g.Store.AddStops(ctx, stops)
}

// History is a journal into which nothing comes that was forgotten.
type History struct {
	*journal.Journal
	guard *Guard
}

// History stands before a journal.
func (g *Guard) History(j *journal.Journal) History { return History{j, g} }

// Append is that of the journal.
func (h History) Append(ctx context.Context, entries ...journal.Entry) error {
	f, err := h.guard.Known(ctx)
	if err != nil {
		return err
	}
	if f.Empty() {
		return h.Journal.Append(ctx, entries...)
	}
	kept := make([]journal.Entry, 0, len(entries))
	for _, e := range entries {
		if e, keep := f.line(e); keep {
			kept = append(kept, e)
		}
	}
	return h.Journal.Append(ctx, kept...)
}
