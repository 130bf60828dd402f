package memory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline/store"
)

// compareOwners is Owner.Compare with the zero one, which is none, before all.
func compareOwners(a, b store.Owner) int {
	none := store.Owner{}
	switch {
	case a == b:
		return 0
	case a == none:
		return -1
	case b == none:
		return 1
	}
	return a.Compare(b)
}

// IndexState implements store.Index.
func (s *Store) IndexState(ctx context.Context) (store.IndexState, error) {
	var out store.IndexState
	err := s.do(ctx, func() error {
		out = store.IndexState{Tag: s.indexTag, All: s.staleOwners.all, Mark: s.staleOwners.mark}
		return nil
	})
	return out, err
}

// StaleOwners implements store.Index.
func (s *Store) StaleOwners(ctx context.Context, after store.Owner, limit int) ([]store.Owner, error) {
	var out []store.Owner
	err := s.do(ctx, func() error {
		out = s.staleOwners.listed.page(after, limit, all)
		return nil
	})
	return out, err
}

// Touch implements store.Index.
func (s *Store) Touch(ctx context.Context, owners []store.Owner) error {
	return s.do(ctx, func() error {
		if err := checkOwners(owners); err != nil {
			return err
		}
		for _, o := range owners {
			s.staleOwners.note(o)
		}
		return nil
	})
}

func checkOwners(owners []store.Owner) error {
	for _, o := range owners {
		if err := o.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Settle implements store.Index.
func (s *Store) Settle(ctx context.Context, mark uint64) error {
	return s.do(ctx, func() error {
		s.staleOwners.settle(mark)
		return nil
	})
}

// ReplaceIndex implements store.Index.
func (s *Store) ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.Entry, error]) error {
	if err := s.do(ctx, func() error { s.indexTag = ""; return nil }); err != nil {
		return err
	}
	entries, err := collectEntries(seq)
	if err != nil {
		return err
	}
	return s.do(ctx, func() error {
		s.entries = newTable[store.Owner, store.Entry](compareOwners)
		s.carriers = map[uint64]store.Carriers{}
		for _, e := range entries {
			s.putEntry(e)
		}
		s.indexTag = tag
		s.staleOwners.settle(mark)
		return nil
	})
}

// PatchIndex implements store.Index.
func (s *Store) PatchIndex(ctx context.Context, seq iter.Seq2[store.Entry, error]) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, broken := collectEntries(seq)
	err := s.do(ctx, func() error {
		for _, e := range entries {
			s.putEntry(e)
		}
		return nil
	})
	return errors.Join(broken, err)
}

// collectEntries copies entries up to the first error.
func collectEntries(seq iter.Seq2[store.Entry, error]) (entries []store.Entry, err error) {
	var last store.Owner
	for e, err := range seq {
		if err == nil {
			err = e.Check()
		}
		if err == nil && compareOwners(e.Owner, last) <= 0 {
			err = fmt.Errorf("entry of %v after %v: %w", e.Owner, last, store.ErrOrder)
		}
		if err != nil {
			return entries, err
		}
		last = e.Owner
		entries = append(entries, cloneEntry(e))
	}
	return entries, nil
}

func cloneEntry(e store.Entry) store.Entry {
	e.Tokens = append([]uint64(nil), e.Tokens...)
	e.Note = append([]byte(nil), e.Note...)
	return e
}

// putEntry puts an entry in place of its owner's.
func (s *Store) putEntry(e store.Entry) {
	old := s.entries.rows[e.Owner]
	for _, token := range old.Tokens {
		c := s.carriers[token]
		c.Firms = without(c.Firms, e.Owner.INN, cmp.Compare)
		c.Listings = without(c.Listings, e.Owner.ID, store.ObservationID.Compare)
		s.carriers[token] = c
	}
	for _, token := range e.Tokens {
		c := s.carriers[token]
		if e.Owner.INN != "" {
			c.Firms = with(c.Firms, e.Owner.INN, cmp.Compare)
		} else {
			c.Listings = with(c.Listings, e.Owner.ID, store.ObservationID.Compare)
		}
		s.carriers[token] = c
	}
	if e.Empty() {
		s.entries.remove(e.Owner)
	} else {
		s.entries.put(e.Owner, e)
	}
}

// with adds to a rising slice.
func with[T any](sorted []T, v T, compare func(a, b T) int) []T {
	at, found := slices.BinarySearchFunc(sorted, v, compare)
	if found {
		return sorted
	}
	return slices.Insert(sorted, at, v)
}

func without[T any](sorted []T, v T, compare func(a, b T) int) []T {
	if at, found := slices.BinarySearchFunc(sorted, v, compare); found {
		return slices.Delete(sorted, at, at+1)
	}
	return sorted
}

// Entries implements store.Index.
func (s *Store) Entries(ctx context.Context, owners []store.Owner) ([]store.Entry, error) {
	var out []store.Entry
	err := s.do(ctx, func() error {
		if err := checkOwners(owners); err != nil {
			return err
		}
		for _, o := range owners {
			e := cloneEntry(s.entries.rows[o])
			e.Owner = o
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// ListingEntries implements store.Index.
func (s *Store) ListingEntries(ctx context.Context, after store.ObservationID, limit int) ([]store.Entry, error) {
	var out []store.Entry
	err := s.do(ctx, func() error {
		listing := func(o store.Owner, _ store.Entry) bool { return o.INN == "" }
		for _, o := range s.entries.page(store.Owner{ID: after}, limit, listing) {
			out = append(out, cloneEntry(s.entries.rows[o]))
		}
		return nil
	})
	return out, err
}

// Carriers implements store.Index.
func (s *Store) Carriers(ctx context.Context, tokens []uint64, limit int) ([]store.Carriers, error) {
	var out []store.Carriers
	err := s.do(ctx, func() error {
		for _, token := range tokens {
			c := s.carriers[token]
			firms, listings := max(0, min(limit, len(c.Firms))), max(0, min(limit, len(c.Listings)))
			out = append(out, store.Carriers{
				Firms: slices.Clone(c.Firms[:firms]), MoreFirms: len(c.Firms) > firms,
				Listings: slices.Clone(c.Listings[:listings]), MoreListings: len(c.Listings) > listings,
			})
		}
		return nil
	})
	return out, err
}
