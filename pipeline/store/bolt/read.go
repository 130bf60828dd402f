package bolt

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Get implements store.Observations.
func (s *Store) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	var out company.Observation
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		record := newShelves(tx).record(id)
		if record == nil {
			return fmt.Errorf("observation %q of source %q: %w", id.Key, id.Source, store.ErrNotFound)
		}
		var err error
		out, err = decodeRecord(id, record)
		return err
	})
	return out, err
}

// WithoutINN implements store.Observations.
func (s *Store) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	var out []company.Observation
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		without := innPrefix("")
		from := without
		if after != (store.ObservationID{}) {
			from = successor(innKey("", after))
		}
		all := newShelves(tx)
		c := bucket(tx, bucketIndex).Cursor()
		for k, _ := c.Seek(from); k != nil && bytes.HasPrefix(k, without) && len(out) < limit; k, _ = c.Next() {
			o, err := indexed(all, k[len(without):])
			if err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}

// indexed returns the observation that an index entry points to.
func indexed(all shelves, ref []byte) (company.Observation, error) {
	id, err := splitID(ref)
	if err != nil {
		return company.Observation{}, err
	}
	record := all.record(id)
	if record == nil {
		return company.Observation{}, fmt.Errorf("index of %v: no such observation: %w", id, errRecord)
	}
	return decodeRecord(id, record)
}

// Dossiers implements store.Observations.
func (s *Store) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	return s.dossiers(ctx, after, true, limit)
}

// Dossier implements store.Observations.
func (s *Store) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	page, err := s.dossiers(ctx, inn, false, 1)
	if err == nil && (inn == "" || len(page) == 0 || page[0].INN != inn) {
		err = fmt.Errorf("company %q: %w", inn, store.ErrNotFound)
	}
	if err != nil {
		return store.Dossier{}, err
	}
	return page[0], nil
}

func (s *Store) dossiers(ctx context.Context, from company.INN, after bool, limit int) ([]store.Dossier, error) {
	var out []store.Dossier
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		w, err := newWalk(tx, from, after, func(string) bool { return true })
		if err != nil {
			return err
		}
		d, err := newDossierReader(tx)
		if err != nil {
			return err
		}
		for len(out) < limit {
			f, ok, err := w.next()
			if err != nil || !ok {
				return err
			}
			one, err := d.read(f)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// INNs implements store.Observations.
func (s *Store) INNs(ctx context.Context, sources []string, after company.INN, limit int) ([]company.INN, error) {
	var out []company.INN
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		w, err := newWalk(tx, after, true, func(source string) bool { return slices.Contains(sources, source) })
		if err != nil {
			return err
		}
		for len(out) < limit {
			f, ok, err := w.next()
			if err != nil || !ok {
				return err
			}
			out = append(out, company.INN(f.inn))
		}
		return nil
	})
	return out, err
}
