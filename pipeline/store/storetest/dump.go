package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// dumpPage is small so that a dump crosses many page borders.
const dumpPage = 7

// Dump writes out everything that a store holds, in order and through small
// pages, so that two stores can be compared. Of the pulls it leaves out what
// may differ after a kill: the times, the delta; generation and marks as well.
// Annexes are seen where dossiers have them. Visits are left
// out, since a kill may lose some.
func Dump(ctx context.Context, s store.Store) (string, error) {
	d := dump{ctx: ctx, s: s, sources: map[string]bool{}, tokens: map[uint64]bool{}}
	for _, part := range []func() error{d.dossiers, d.withoutINN, d.joins, d.events, d.rows, d.staleRows, d.index, d.staleOwners, d.pulls, d.state, d.accounts} {
		if err := part(); err != nil {
			return "", err
		}
	}
	return d.out.String(), nil
}

type dump struct {
	ctx     context.Context
	s       store.Store
	out     strings.Builder
	sources map[string]bool
	firms   []store.Owner
	tokens  map[uint64]bool
}

func (d *dump) line(kind string, v any) { fmt.Fprintf(&d.out, "%s %+v\n", kind, v) }

func (d *dump) dossiers() error {
	return paged(func(after company.INN) ([]store.Dossier, error) {
		return d.s.Dossiers(d.ctx, after, dumpPage)
	}, func(one store.Dossier) company.INN {
		d.line("dossier", one)
		for _, o := range one.Observations {
			d.sources[o.Source] = true
		}
		d.firms = append(d.firms, store.Owner{INN: one.INN})
		return one.INN
	})
}

func (d *dump) withoutINN() error {
	return paged(func(after store.ObservationID) ([]company.Observation, error) {
		return d.s.WithoutINN(d.ctx, after, dumpPage)
	}, func(o company.Observation) store.ObservationID {
		d.line("without", o)
		d.sources[o.Source] = true
		return idOf(o)
	})
}

func (d *dump) joins() error {
	note, err := d.s.JoinsNote(d.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(&d.out, "note %s\n", note)
	return paged(func(after store.ObservationID) ([]store.Join, error) {
		return d.s.Joins(d.ctx, after, dumpPage)
	}, func(j store.Join) store.ObservationID {
		d.line("join", j)
		return j.ID
	})
}

func (d *dump) events() error {
	since, err := d.s.Since(d.ctx)
	if err != nil {
		return err
	}
	d.line("since", since)
	return paged(func(after store.Event) ([]store.Event, error) {
		return d.s.Events(d.ctx, 0, after, dumpPage)
	}, func(e store.Event) store.Event {
		d.line("event", e)
		return e
	})
}

func (d *dump) rows() error {
	state, err := d.s.RowState(d.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(&d.out, "tag %s all %v\n", state.Tag, state.All)
	return paged(func(after company.INN) ([]store.ScoreRow, error) {
		return d.s.Rows(d.ctx, after, dumpPage)
	}, func(r store.ScoreRow) company.INN {
		d.line("row", r)
		return r.INN
	})
}

func (d *dump) staleRows() error {
	return paged(func(after company.INN) ([]company.INN, error) {
		return d.s.StaleRows(d.ctx, after, dumpPage)
	}, func(inn company.INN) company.INN {
		d.line("stale", inn)
		return inn
	})
}

// index writes the entries of observations and of the companies that have a
// dossier, and who carries their tokens; nothing of an index without a tag, since
// what it holds is not told.
func (d *dump) index() error {
	state, err := d.s.IndexState(d.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(&d.out, "index %s all %v\n", state.Tag, state.All)
	if state.Tag == "" {
		return nil
	}
	err = paged(func(after store.ObservationID) ([]store.Entry, error) {
		return d.s.ListingEntries(d.ctx, after, dumpPage)
	}, func(e store.Entry) store.ObservationID {
		d.entry(e)
		return e.Owner.ID
	})
	if err != nil {
		return err
	}
	firms, err := d.s.Entries(d.ctx, d.firms)
	if err != nil {
		return err
	}
	for _, e := range firms {
		d.entry(e)
	}
	tokens := slices.Sorted(maps.Keys(d.tokens))
	for _, limit := range []int{2, 1000} {
		carriers, err := d.s.Carriers(d.ctx, tokens, limit)
		if err != nil {
			return err
		}
		for i, c := range carriers {
			d.line(fmt.Sprintf("token %d", tokens[i]), c)
		}
	}
	return nil
}

func (d *dump) entry(e store.Entry) {
	d.line("entry", e)
	for _, token := range e.Tokens {
		d.tokens[token] = true
	}
}

func (d *dump) staleOwners() error {
	return paged(func(after store.Owner) ([]store.Owner, error) {
		return d.s.StaleOwners(d.ctx, after, dumpPage)
	}, func(o store.Owner) store.Owner {
		d.line("stale owner", o)
		return o
	})
}

func (d *dump) pulls() error {
	for _, source := range slices.Sorted(maps.Keys(d.sources)) {
		p, err := d.s.Pull(d.ctx, source)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		fmt.Fprintf(&d.out, "pull %s %v %v %+v %+v %+v %q\n", source, p.Day, p.Complete, p.Release, p.Counts, p.Gaps, p.Cursor)
		rejects, err := d.s.Rejects(d.ctx, source, 0, 1<<20)
		if err != nil {
			return err
		}
		d.line("rejects", rejects)
	}
	return nil
}

func (d *dump) state() error {
	decisions, err := d.s.Decisions(d.ctx)
	if err != nil {
		return err
	}
	d.line("decisions", decisions)
	days, err := d.s.ListDays(d.ctx)
	if err != nil {
		return err
	}
	for _, day := range days {
		data, err := d.s.List(d.ctx, day)
		if err != nil {
			return err
		}
		fmt.Fprintf(&d.out, "list %v %q\n", day, data)
	}
	owners, err := d.s.Owners(d.ctx)
	if err != nil {
		return err
	}
	d.line("owners", owners)
	stops, err := d.s.StopList(d.ctx)
	if err != nil {
		return err
	}
	d.line("stops", stops)
	return d.results()
}

func (d *dump) results() error {
	marks, err := d.s.Marks(d.ctx)
	if err != nil {
		return err
	}
	d.line("marks", marks)
	forgotten, err := d.s.Forgotten(d.ctx)
	if err != nil {
		return err
	}
	d.line("forgotten", forgotten)
	return paged(func(after store.ResultKey) ([]store.Result, error) {
		return d.s.ResultsAfter(d.ctx, after, dumpPage)
	}, func(r store.Result) store.ResultKey {
		d.line("result", r)
		return r.Key()
	})
}

// paged reads pages until one is empty; use takes an entry and returns its key.
func paged[T, K any](read func(after K) ([]T, error), use func(T) K) error {
	var after K
	for {
		page, err := read(after)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, v := range page {
			after = use(v)
		}
	}
}
