package memory

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// replaceBatch is how many observations of a release commit together.
const replaceBatch = 100

// Commit implements store.Observations.
func (s *Store) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	var delta store.Delta
	err := s.do(ctx, func() error {
		batch := make([]company.Observation, 0, len(c.Batch.Observations))
		keys := map[string]bool{}
		for i := range c.Batch.Observations {
			o, err := admit(c.Source, &c.Batch.Observations[i])
			if err != nil {
				return err
			}
			if keys[o.Key] {
				return fmt.Errorf("source %q: key %q twice in one batch: %w", c.Source, o.Key, store.ErrObservation)
			}
			keys[o.Key] = true
			batch = append(batch, o)
		}
		for i := range batch {
			delta = delta.Add(s.upsert(c.Day, batch[i], true))
		}
		s.note(c.Source, c.Day, c.Batch, delta)
		return nil
	})
	return delta, err
}

// Replace implements store.Observations.
func (s *Store) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[company.Observation, error]) (store.Delta, error) {
	var delta store.Delta
	seen := map[string]bool{}
	var batch []company.Observation
	flush := func() error {
		err := s.do(ctx, func() error {
			for _, o := range batch {
				delta = delta.Add(s.upsert(r.Day, o, !r.Release.Whole))
			}
			return nil
		})
		batch = batch[:0]
		return err
	}
	last := ""
	for given, err := range seq {
		if err != nil {
			return delta, errors.Join(err, flush())
		}
		o, err := admit(r.Source, &given)
		if err == nil && o.Key <= last {
			err = fmt.Errorf("source %q: key %q after %q: %w", r.Source, o.Key, last, store.ErrOrder)
		}
		if err != nil {
			return delta, errors.Join(err, flush())
		}
		last, seen[o.Key] = o.Key, true
		if batch = append(batch, o); len(batch) == replaceBatch {
			if err := flush(); err != nil {
				return delta, err
			}
		}
	}
	if err := flush(); err != nil || !r.Release.Whole {
		return delta, err
	}
	err := s.do(ctx, func() error {
		delta = delta.Add(s.removeUnseen(r, seen))
		return nil
	})
	return delta, err
}

func (s *Store) removeUnseen(r store.Replacement, seen map[string]bool) (delta store.Delta) {
	for _, id := range s.observations.keys() {
		if id.Source == r.Source && !seen[id.Key] {
			old := s.observations.rows[id]
			if r.Refiltered {
				s.events.remove(eventKey{r.Day, id})
				delta.Dropped++
			} else {
				s.record(r.Day, id, &old, nil)
				delta.Gone++
			}
			s.unindex(id, old.INN)
			s.observations.remove(id)
		}
	}
	return delta
}

// admit checks an observation and copies it.
func admit(source string, given *company.Observation) (company.Observation, error) {
	o := store.CloneObservation(given)
	return o, store.Admit(source, &o)
}

// upsert writes an observation; with redate one that says the same takes the
// newer date.
func (s *Store) upsert(day company.Date, o company.Observation, redate bool) store.Delta {
	id := store.ObservationID{Source: o.Source, Key: o.Key}
	old, had := s.observations.get(id)
	if had && old.SameContent(&o) {
		if redate && o.Date > old.Date {
			old.Date, old.Origin = o.Date, o.Origin
			s.observations.put(id, old)
		}
		return store.Delta{Unchanged: 1}
	}
	var before *company.Observation
	if had {
		before = &old
	}
	s.record(day, id, before, &o)
	if had {
		s.unindex(id, old.INN)
	}
	s.observations.put(id, o)
	s.index(id, o.INN)
	if had {
		return store.Delta{Changed: 1}
	}
	return store.Delta{New: 1}
}

func (s *Store) index(id store.ObservationID, inn company.INN) {
	if ids, ok := s.byINN.get(inn); ok {
		ids[id] = true
		return
	}
	s.byINN.put(inn, map[store.ObservationID]bool{id: true})
}

func (s *Store) unindex(id store.ObservationID, inn company.INN) {
	ids, _ := s.byINN.get(inn)
	delete(ids, id)
	if len(ids) == 0 {
		s.byINN.remove(inn)
	}
}
