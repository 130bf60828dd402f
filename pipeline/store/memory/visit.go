package memory

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

type claimKey struct {
	source string
	day    company.Date
}

// Claim implements store.Visits.
func (s *Store) Claim(ctx context.Context, c store.Claim) ([]store.Visit, error) {
	var out []store.Visit
	err := s.do(ctx, func() error {
		claims := make([]store.Visit, 0, len(c.IDs))
		for _, id := range c.IDs {
			v := store.Visit{ID: id, Day: c.Day, Again: c.Again}
			if err := store.AdmitVisit(c.Source, &v); err != nil {
				return err
			}
			claims = append(claims, v)
		}
		for _, v := range claims {
			key := store.ObservationID{Source: v.Source, Key: v.ID}
			old, had := s.visits.get(key)
			if had && old.Day == c.Day {
				continue
			}
			v.Memory = old.Memory
			s.visits.put(key, v)
			s.claimed[claimKey{c.Source, c.Day}]++
			old.Source, old.ID, old.Memory = v.Source, v.ID, slices.Clone(old.Memory)
			out = append(out, old)
		}
		if len(out) > 0 {
			maps.DeleteFunc(s.claimed, func(k claimKey, _ int64) bool { return k.day < c.Day-store.ClaimsKept })
		}
		return nil
	})
	return out, err
}

// Release implements store.Visits.
func (s *Store) Release(ctx context.Context, source string, day company.Date, before []store.Visit) (int, error) {
	released := 0
	err := s.do(ctx, func() error {
		spent := claimKey{source, day}
		for _, v := range before {
			key := store.ObservationID{Source: source, Key: v.ID}
			now, ok := s.visits.get(key)
			if !ok || now.Day != day || v.Day == day {
				continue
			}
			v.Source = source
			if old, was := v.Unclaimed(now.Memory); was {
				s.visits.put(key, old)
			} else {
				s.visits.remove(key)
			}
			released++
			if s.claimed[spent] > 0 { // it may be forgotten by now
				s.claimed[spent]--
			}
		}
		return nil
	})
	return released, err
}

// Claimed implements store.Visits.
func (s *Store) Claimed(ctx context.Context, source string, day company.Date) (int64, error) {
	var out int64
	err := s.do(ctx, func() error {
		out = s.claimed[claimKey{source, day}]
		return nil
	})
	return out, err
}

// Visit implements store.Visits.
func (s *Store) Visit(ctx context.Context, source, id string) (store.Visit, error) {
	var out store.Visit
	err := s.do(ctx, func() error {
		v, ok := s.visits.get(store.ObservationID{Source: source, Key: id})
		if !ok {
			return fmt.Errorf("visit %q of source %q: %w", id, source, store.ErrNotFound)
		}
		out = v
		out.Memory = slices.Clone(v.Memory)
		return nil
	})
	return out, err
}

// Visits implements store.Visits.
func (s *Store) Visits(ctx context.Context, after store.ObservationID, limit int) ([]store.Visit, error) {
	var out []store.Visit
	err := s.do(ctx, func() error {
		for _, key := range s.visits.page(after, limit, all) {
			v := s.visits.rows[key]
			v.Memory = slices.Clone(v.Memory)
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// EraseMemories implements store.Visits.
func (s *Store) EraseMemories(ctx context.Context, source string, ids []string) (int, error) {
	erased := 0
	err := s.do(ctx, func() error {
		for _, id := range ids {
			key := store.ObservationID{Source: source, Key: id}
			if v, ok := s.visits.get(key); ok && v.Memory != nil {
				v.Memory = nil
				s.visits.put(key, v)
				erased++
			}
		}
		return nil
	})
	return erased, err
}

// admitVisits copies the visits of a batch.
func admitVisits(c store.Commit) ([]store.Visit, error) {
	out := make([]store.Visit, 0, len(c.Visits))
	for _, v := range c.Visits {
		if err := store.AdmitVisit(c.Source, &v); err != nil {
			return nil, err
		}
		v.Memory = append([]byte(nil), v.Memory...)
		out = append(out, v)
	}
	return out, nil
}

func (s *Store) putVisits(visits []store.Visit) {
	for _, v := range visits {
		key := store.ObservationID{Source: v.Source, Key: v.ID}
		if old, had := s.visits.get(key); had {
			v.Day = old.Day
		}
		s.visits.put(key, v)
	}
}
