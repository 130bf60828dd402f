package resolve

import (
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// rebuild makes the index of all companies and listings, and matches all.
func (r *run) rebuild(ctx context.Context) error {
	if r.note.Tag == r.tag {
		// The old note must not fit once the index is whole again and nothing is
		// matched yet: a new mark sees to that. Nothing has been read so far.
		if err := r.store.Touch(ctx, []store.Owner{{ID: r.some}}); err != nil {
			return fmt.Errorf("note that all is to be matched: %w", err)
		}
		var err error
		if r.state, err = r.store.IndexState(ctx); err != nil {
			return fmt.Errorf("read the state of the index: %w", err)
		}
	}
	if err := r.index(ctx); err != nil {
		return err
	}
	return r.matchAll(ctx)
}

// index makes the index, in which no listing has an outcome.
func (r *run) index(ctx context.Context) error {
	err := r.store.ReplaceIndex(ctx, r.tag, r.state.Mark, func(yield func(store.Entry, error) bool) {
		for _, part := range []iter.Seq2[[]store.Entry, error]{r.allFirms(ctx), r.allListings(ctx)} {
			for page, err := range part {
				if err != nil {
					yield(store.Entry{}, err)
					return
				}
				for i := range page {
					if !yield(page[i], nil) {
						return
					}
				}
			}
		}
	})
	if err != nil {
		return fmt.Errorf("make the index: %w", err)
	}
	return nil
}

func idOf(o *company.Observation) store.ObservationID {
	return store.ObservationID{Source: o.Source, Key: o.Key}
}

// allFirms makes the entries of all companies, in order.
func (r *run) allFirms(ctx context.Context) iter.Seq2[[]store.Entry, error] {
	spans := func(yield func(store.Span, error) bool) {
		for _, s := range store.Spans() {
			if !yield(s, nil) {
				return
			}
		}
	}
	return ordered(ctx, r.o.Workers, spans, func(ctx context.Context, s store.Span) ([]store.Entry, error) {
		var out []store.Entry
		for page, err := range s.Pages(ctx, r.store) {
			if err != nil {
				return nil, fmt.Errorf("read companies after %q: %w", s.After, err)
			}
			for i := range page {
				_, e, err := r.firmEntry(&page[i])
				if err != nil {
					return nil, err
				}
				out = append(out, e)
			}
		}
		return out, nil
	})
}

// allListings makes the entries of all listings, in order.
func (r *run) allListings(ctx context.Context) iter.Seq2[[]store.Entry, error] {
	read := func(after *company.Observation) ([]company.Observation, error) {
		var id store.ObservationID
		if after != nil {
			id = idOf(after)
		}
		page, err := r.store.WithoutINN(ctx, id, pageSize)
		if err != nil {
			return nil, fmt.Errorf("read observations without ИНН after %s %s: %w", id.Source, id.Key, err)
		}
		return page, nil
	}
	return ordered(ctx, r.o.Workers, pages(read), func(_ context.Context, page []company.Observation) ([]store.Entry, error) {
		out := make([]store.Entry, len(page))
		for i := range page {
			var err error
			if _, out[i], err = r.listingEntry(&page[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}
