package memory

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Get implements store.Observations.
func (s *Store) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	var out company.Observation
	err := s.do(ctx, func() error {
		o, ok := s.observations.get(id)
		if !ok {
			return fmt.Errorf("observation %q of source %q: %w", id.Key, id.Source, store.ErrNotFound)
		}
		out = store.CloneObservation(&o)
		return nil
	})
	return out, err
}

// WithoutINN implements store.Observations.
func (s *Store) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	var out []company.Observation
	err := s.do(ctx, func() error {
		without := func(_ store.ObservationID, o company.Observation) bool { return o.INN == "" }
		for _, id := range s.observations.page(after, limit, without) {
			o := s.observations.rows[id]
			out = append(out, store.CloneObservation(&o))
		}
		return nil
	})
	return out, err
}

// Dossiers implements store.Observations.
func (s *Store) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	var out []store.Dossier
	err := s.do(ctx, func() error {
		// The empty ИНН is never after anything.
		for _, inn := range s.byINN.page(after, limit, all) {
			out = append(out, s.dossier(inn))
		}
		return nil
	})
	return out, err
}

// Dossier implements store.Observations.
func (s *Store) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	var out store.Dossier
	err := s.do(ctx, func() error {
		if _, ok := s.byINN.get(inn); !ok || inn == "" {
			return fmt.Errorf("company %q: %w", inn, store.ErrNotFound)
		}
		out = s.dossier(inn)
		return nil
	})
	return out, err
}

// joinsOf returns the joins to a company that bear on its dossier.
func (s *Store) joinsOf(inn company.INN) []store.Join {
	var out []store.Join
	for id := range s.joined[inn] {
		if o, ok := s.observations.get(id); ok && o.INN == "" {
			out = append(out, s.joins.rows[id])
		}
	}
	slices.SortFunc(out, func(a, b store.Join) int { return a.ID.Compare(b.ID) })
	return out
}

func (s *Store) dossier(inn company.INN) store.Dossier {
	d := store.Dossier{INN: inn}
	var ids []store.ObservationID
	for id := range s.byINN.rows[inn] {
		ids = append(ids, id)
	}
	for source := range s.annexes {
		id := store.ObservationID{Source: source, Key: string(inn)}
		if _, ok := s.observations.get(id); ok {
			ids = append(ids, id)
		}
	}
	for _, j := range s.joinsOf(inn) {
		ids = append(ids, j.ID)
		d.Joins = append(d.Joins, store.CloneJoin(j))
	}
	slices.SortFunc(ids, store.ObservationID.Compare)
	for _, id := range ids {
		o := s.observations.rows[id]
		d.Observations = append(d.Observations, store.CloneObservation(&o))
	}
	return d
}

// INNs implements store.Observations.
func (s *Store) INNs(ctx context.Context, sources []string, after company.INN, limit int) ([]company.INN, error) {
	var out []company.INN
	err := s.do(ctx, func() error {
		carried := func(_ company.INN, ids map[store.ObservationID]bool) bool {
			for id := range ids {
				if slices.Contains(sources, id.Source) {
					return true
				}
			}
			return false
		}
		out = s.byINN.page(after, limit, carried)
		return nil
	})
	return out, err
}

// Generation implements store.Observations.
func (s *Store) Generation(ctx context.Context) (uint64, error) {
	var out uint64
	err := s.do(ctx, func() error {
		out = s.generation
		return nil
	})
	return out, err
}
