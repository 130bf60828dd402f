package resolve

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// patchAtMost is from how many changed owners on the index is made anew.
const patchAtMost = 50_000

// change is an owner whose entry is to be another.
type change struct {
	before, now store.Entry
	old, next   *entryNote // nil = no entry
}

// update brings the index up to date and matches what may come out otherwise.
func (r *run) update(ctx context.Context) error {
	changed, err := r.changes(ctx)
	if errors.Is(err, errMany) {
		return r.rebuild(ctx)
	}
	if err != nil {
		return err
	}
	hit, err := r.unmatched(ctx)
	if err != nil {
		return err
	}
	if err := r.affected(ctx, changed, hit); err != nil {
		return err
	}
	// What is to be matched is marked before the index changes and the reason for
	// it is gone: so a kill in between loses nothing.
	if err := r.unmatch(ctx, hit.sorted()); err != nil {
		return err
	}
	entries := make([]store.Entry, len(changed))
	for i := range changed {
		entries[i] = changed[i].now
	}
	if err := r.patch(ctx, entries); err != nil {
		return err
	}
	return r.matchSome(ctx, hit)
}

var errMany = errors.New("more has changed than is worth a list")

// changes finds the owners whose entries are to be others, in their order.
func (r *run) changes(ctx context.Context) ([]change, error) {
	read := func(after *store.Owner) ([]store.Owner, error) {
		var from store.Owner
		if after != nil {
			from = *after
		}
		page, err := r.store.StaleOwners(ctx, from, pageSize)
		if err != nil {
			return nil, fmt.Errorf("read what has changed: %w", err)
		}
		return page, nil
	}
	var out []change
	for some, err := range ordered(ctx, r.o.Workers, pages(read), r.changesOf) {
		if err != nil {
			return nil, err
		}
		if out = append(out, some...); len(out) > patchAtMost {
			return nil, errMany
		}
	}
	return out, nil
}

func (r *run) changesOf(ctx context.Context, owners []store.Owner) ([]change, error) {
	entries, err := r.store.Entries(ctx, owners)
	if err != nil {
		return nil, fmt.Errorf("read %d entries of the index: %w", len(owners), err)
	}
	var out []change
	for i := range entries {
		c := change{before: entries[i]}
		if c.old, err = read(&entries[i]); err != nil {
			return nil, err
		}
		if c.now, err = r.entryOf(ctx, owners[i]); err != nil {
			return nil, err
		}
		if c.next, err = read(&c.now); err != nil {
			return nil, err
		}
		same := c.old == nil && c.next == nil ||
			c.old != nil && c.next != nil && c.old.Digest == c.next.Digest
		if !same {
			out = append(out, c)
		}
	}
	return out, nil
}

// entryOf makes the entry of an owner from what the store says of it now; an
// empty one if it is gone or no longer of its kind.
func (r *run) entryOf(ctx context.Context, owner store.Owner) (e store.Entry, err error) {
	if owner.INN != "" {
		var d store.Dossier
		if d, err = r.store.Dossier(ctx, owner.INN); err == nil {
			_, e, err = r.firmEntry(&d)
		}
	} else {
		var o company.Observation
		if o, err = r.store.Get(ctx, owner.ID); err == nil && o.INN == "" {
			_, e, err = r.listingEntry(&o)
		}
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return e, fmt.Errorf("read %s: %w", nameOwner(owner), err)
	}
	e.Owner = owner
	return e, nil
}

// unmatched finds the listings that a killed run left without an outcome.
func (r *run) unmatched(ctx context.Context) (*listingSet, error) {
	set := &listingSet{has: map[store.ObservationID]bool{}}
	for e, err := range r.entries(ctx) {
		if err != nil {
			return nil, err
		}
		n, err := read(e)
		if err != nil {
			return nil, err
		}
		if n.Outcome == nil {
			set.has[e.Owner.ID] = true
		}
	}
	return set, nil
}

// unmatch takes the outcomes away from listings, whose ids rise.
func (r *run) unmatch(ctx context.Context, ids []store.ObservationID) error {
	for some := range slices.Chunk(ids, pageSize) {
		entries, err := r.listingEntries(ctx, some)
		if err != nil {
			return err
		}
		var marked []store.Entry
		for i := range entries {
			n, err := read(&entries[i])
			if err != nil {
				return err
			}
			if n == nil || n.Outcome == nil {
				continue
			}
			n.Outcome = nil
			if entries[i].Note, err = n.MarshalMsg(nil); err != nil {
				return fmt.Errorf("encode the entry of %s: %w", nameOwner(entries[i].Owner), err)
			}
			marked = append(marked, entries[i])
		}
		if err := r.patch(ctx, marked); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) listingEntries(ctx context.Context, ids []store.ObservationID) ([]store.Entry, error) {
	owners := make([]store.Owner, len(ids))
	for i, id := range ids {
		owners[i] = store.Owner{ID: id}
	}
	entries, err := r.store.Entries(ctx, owners)
	if err != nil {
		return nil, fmt.Errorf("read %d entries of the index: %w", len(owners), err)
	}
	return entries, nil
}

// listingSet is a set of listings.
type listingSet struct{ has map[store.ObservationID]bool }

func (s *listingSet) add(ids ...store.ObservationID) {
	for _, id := range ids {
		s.has[id] = true
	}
}

func (s *listingSet) sorted() []store.ObservationID {
	out := make([]store.ObservationID, 0, len(s.has))
	for id := range s.has {
		out = append(out, id)
	}
	slices.SortFunc(out, store.ObservationID.Compare)
	return out
}
