package memory

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// replaceBatch is how many observations of a release commit together.
const replaceBatch = 100

// writing is what the writes of one call have in common.
type writing struct {
	source string
	day    company.Date
	annex  bool
	redate bool // what says the same takes the newer date
	silent bool // no events: see first and store.Replacement.Silent
}

// Commit implements store.Observations.
func (s *Store) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	var delta store.Delta
	err := s.do(ctx, func() error {
		w := writing{source: c.Source, day: c.Day, redate: true, silent: c.Silent}
		if err := s.checkKind(w); err != nil {
			return err
		}
		batch := make([]company.Observation, 0, len(c.Batch.Observations))
		keys := map[string]bool{}
		for i := range c.Batch.Observations {
			o := store.CloneObservation(&c.Batch.Observations[i])
			if err := store.Admit(c.Source, &o); err != nil {
				return err
			}
			if keys[o.Key] {
				return fmt.Errorf("source %q: key %q twice in one batch: %w", c.Source, o.Key, store.ErrObservation)
			}
			keys[o.Key] = true
			batch = append(batch, o)
		}
		visits, err := admitVisits(c)
		if err != nil {
			return err
		}
		delta = s.upsertAll(w, batch)
		s.putVisits(visits)
		s.note(c.Source, c.Day, c.Batch, delta)
		return nil
	})
	return delta, err
}

// Replace implements store.Observations.
func (s *Store) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[record.Packed, error]) (store.Delta, error) {
	w := writing{source: r.Source, day: r.Day, annex: r.Annex, redate: !r.Release.Whole, silent: r.Silent}
	if err := s.do(ctx, func() error { return s.beginReplace(&w) }); err != nil {
		return store.Delta{}, err
	}
	var delta store.Delta
	seen := map[string]bool{}
	var batch []company.Observation
	flush := func() error {
		err := s.do(ctx, func() error {
			delta = delta.Add(s.upsertAll(w, batch))
			return nil
		})
		batch = batch[:0]
		return err
	}
	last := ""
	for p, err := range seq {
		if err != nil {
			return delta, errors.Join(err, flush())
		}
		o, err := admit(r, p)
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
	if err := flush(); err != nil {
		return delta, err
	}
	err := s.do(ctx, func() error {
		if r.Release.Whole {
			delta = delta.Add(s.removeUnseen(w, r.Silent, seen))
		}
		if !r.Partial {
			s.endReplace(w)
		}
		return nil
	})
	return delta, err
}

// admit checks a record and makes an observation of it.
func admit(r store.Replacement, p record.Packed) (company.Observation, error) {
	if err := store.AdmitPacked(r, &p); err != nil {
		return company.Observation{}, err
	}
	return p.Unpack()
}

func (s *Store) removeUnseen(w writing, drop bool, seen map[string]bool) (delta store.Delta) {
	for _, id := range s.idsOf(w) {
		if seen[id.Key] {
			continue
		}
		old := s.observations.rows[id]
		s.change(w, &old)
		if drop {
			s.events.remove(eventKey{w.day, id})
			delta.Dropped++
		} else {
			s.record(w, id, &old, nil)
			delta.Gone++
		}
		s.unindex(w, id, old.INN)
		s.observations.remove(id)
	}
	s.counted(w, delta)
	return delta
}

// idsOf copies the ids of a source.
func (s *Store) idsOf(w writing) []store.ObservationID {
	var out []store.ObservationID
	for _, id := range s.observations.keys() {
		if id.Source == w.source {
			out = append(out, id)
		}
	}
	return out
}

func (s *Store) upsertAll(w writing, batch []company.Observation) (delta store.Delta) {
	for i := range batch {
		delta = delta.Add(s.upsert(w, batch[i]))
	}
	s.counted(w, delta)
	return delta
}

// counted notes what follows from writes that were made.
func (s *Store) counted(w writing, d store.Delta) {
	if !w.annex && d.New+d.Changed+d.Gone+d.Dropped > 0 {
		s.generation++
	}
	if d.New+d.Changed > 0 && (s.since == 0 || w.day < s.since) {
		s.since = w.day
	}
}

// upsert writes an observation.
func (s *Store) upsert(w writing, o company.Observation) store.Delta {
	id := store.ObservationID{Source: o.Source, Key: o.Key}
	old, had := s.observations.get(id)
	if had && old.SameContent(&o) {
		if w.redate && o.Date > old.Date {
			old.Date, old.Origin = o.Date, o.Origin
			s.observations.put(id, old)
			s.spoil(w, &old)
		}
		return store.Delta{Unchanged: 1}
	}
	var before *company.Observation
	if had {
		before = &old
		s.change(w, before)
	}
	s.record(w, id, before, &o)
	if had {
		s.unindex(w, id, old.INN)
	}
	s.observations.put(id, o)
	s.index(w, id, o.INN)
	s.change(w, &o)
	if had {
		return store.Delta{Changed: 1}
	}
	return store.Delta{New: 1}
}

func (s *Store) index(w writing, id store.ObservationID, inn company.INN) {
	s.held[w.source]++
	if w.annex {
		s.annexes[w.source] = true
		return
	}
	if ids, ok := s.byINN.get(inn); ok {
		ids[id] = true
		return
	}
	s.byINN.put(inn, map[store.ObservationID]bool{id: true})
}

func (s *Store) unindex(w writing, id store.ObservationID, inn company.INN) {
	if s.held[w.source]--; s.held[w.source] == 0 {
		delete(s.annexes, w.source)
	}
	if w.annex {
		return
	}
	ids, _ := s.byINN.get(inn)
	delete(ids, id)
	if len(ids) == 0 {
		s.byINN.remove(inn)
	}
}

// carried tells whether an observation that stands in no annex carries the ИНН.
func (s *Store) carried(inn company.INN) bool {
	_, ok := s.byINN.get(inn)
	return ok && inn != ""
}
