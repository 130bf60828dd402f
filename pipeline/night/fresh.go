package night

import (
	"context"
	"errors"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// textNew is what «Новые» says of a company that nobody knew before.
const textNew = "новая"

// baseline is the day after which things count as new: that of the last
// completed run before this one. ok is false when the registry begins after
// it, since it was rebuilt: then nothing can be told from what was known.
func (n *Night) baseline(ctx context.Context, day company.Date) (since company.Date, ok bool, err error) {
	run, err := n.Store.LastCompleted(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return 0, true, nil
	}
	if err != nil {
		return 0, false, err
	}
	began, err := n.Store.Since(ctx)
	return run.Day, began <= run.Day, err
}

// freshness tells which companies are new or have changed after the last
// completed run of an earlier day. A first run finds everything new.
type freshness struct {
	night   *Night
	view    *view // events of sources that are not in force are no news
	ok      bool  // there is something to compare with
	since   company.Date
	day     company.Date
	changed *company.INNSet // companies with an event
}

func (n *Night) freshness(ctx context.Context, v *view, day company.Date) (*freshness, error) {
	f := &freshness{night: n, view: v, day: day, changed: &company.INNSet{}}
	var err error
	if f.since, f.ok, err = n.baseline(ctx, day); err != nil || !f.ok || f.since == 0 {
		return f, err
	}
	err = f.events(ctx, func(inn company.INN, e store.Event) {
		if f.telling(&e) {
			f.changed.Add(inn)
		}
	})
	return f, err
}

// telling tells whether an event makes a company's row worth showing. A set
// has figures of a new year for all companies at once, and an old year goes when
// its release is kept no longer: that is no news, a corrected figure is.
func (f *freshness) telling(e *store.Event) bool {
	if !f.view.standings[e.ID.Source].Annex {
		return e.Kind != store.EventGone
	}
	return slices.ContainsFunc(e.Changes, func(c company.Change) bool { return c.From != "" && c.To != "" })
}

// has tells whether a company is new or has changed.
func (f *freshness) has(row *score.Row) bool {
	return f.ok && (f.isNew(row.Known) || f.changed.Has(row.INN()))
}

func (f *freshness) isNew(known company.Date) bool { return known > f.since && known <= f.day }

// events calls do for each event since the baseline, with the company that it
// bears on.
func (f *freshness) events(ctx context.Context, do func(company.INN, store.Event)) error {
	var joined map[store.ObservationID]company.INN // read when the first listing comes
	for after := (store.Event{}); ; {
		page, err := f.night.Store.Events(ctx, f.since, after, pageSize)
		if err != nil {
			return err
		}
		for _, e := range page {
			inn := e.INN
			if inn == "" && joined == nil {
				if joined, err = f.night.joinedTo(ctx); err != nil {
					return err
				}
			}
			if inn == "" {
				inn = joined[e.ID]
			}
			if inn != "" && e.Day <= f.day && f.view.force[e.ID.Source] {
				do(inn, e)
			}
		}
		if len(page) < pageSize {
			return nil
		}
		after = page[len(page)-1]
	}
}

func (n *Night) joinedTo(ctx context.Context) (map[store.ObservationID]company.INN, error) {
	out := map[store.ObservationID]company.INN{}
	for after := (store.ObservationID{}); ; {
		page, err := n.Store.Joins(ctx, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, j := range page {
			out[j.ID] = j.INN
		}
		if len(page) < pageSize {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}
