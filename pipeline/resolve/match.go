package resolve

import (
	"context"
	"iter"
	"slices"

	"obzvon/pipeline/store"
)

const (
	// groupedAtOnce is how many listings a worker takes at a time, if they are not
	// more that hang together.
	groupedAtOnce = 128
	// writtenAtOnce is how many outcomes are written together.
	writtenAtOnce = 8192
)

// matchAll matches every listing of the index, none of which has an outcome.
func (r *run) matchAll(ctx context.Context) error {
	h, err := r.allTied(ctx)
	if err != nil {
		return err
	}
	return r.match(ctx, h.groups())
}

// matchSome matches the listings and those that hang together with them.
func (r *run) matchSome(ctx context.Context, hit *listingSet) error {
	h, err := r.tiedWith(ctx, hit.sorted())
	if err != nil {
		return err
	}
	groups := h.groups()
	var others []store.ObservationID
	for _, id := range h.ids {
		if !hit.has[id] {
			others = append(others, id)
		}
	}
	slices.SortFunc(others, store.ObservationID.Compare)
	if err := r.unmatch(ctx, others); err != nil {
		return err
	}
	return r.match(ctx, groups)
}

// match decides on groups and writes the outcomes into the index.
func (r *run) match(ctx context.Context, groups [][]store.ObservationID) error {
	var done []store.Entry
	write := func() error {
		slices.SortFunc(done, func(a, b store.Entry) int { return a.Owner.Compare(b.Owner) })
		err := r.patch(ctx, done)
		done = done[:0]
		return err
	}
	for entries, err := range ordered(ctx, r.o.Workers, portions(groups), r.matchGroups) {
		if err != nil {
			return err
		}
		if done = append(done, entries...); len(done) >= writtenAtOnce {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

// portions puts groups together to be worth a worker's while.
func portions(groups [][]store.ObservationID) iter.Seq2[[][]store.ObservationID, error] {
	return func(yield func([][]store.ObservationID, error) bool) {
		for from, to := 0, 0; from < len(groups); from = to {
			for n := 0; to < len(groups) && n < groupedAtOnce; to++ {
				n += len(groups[to])
			}
			if !yield(groups[from:to], nil) {
				return
			}
		}
	}
}

func (r *run) matchGroups(ctx context.Context, groups [][]store.ObservationID) ([]store.Entry, error) {
	var out []store.Entry
	for _, ids := range groups {
		entries, err := r.matchGroup(ctx, ids)
		if err != nil {
			return nil, err
		}
		out = append(out, entries...)
	}
	return out, nil
}
