package memory

import (
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

type decisionKey struct {
	id  store.ObservationID
	inn company.INN
}

func (k decisionKey) compare(other decisionKey) int {
	a, b := store.Decision{ID: k.id, INN: k.inn}, store.Decision{ID: other.id, INN: other.inn}
	return a.Compare(b)
}

// ReplaceJoins implements store.Joins.
func (s *Store) ReplaceJoins(ctx context.Context, seq iter.Seq2[store.Join, error]) error {
	var joins []store.Join
	var last store.ObservationID
	for j, err := range seq {
		if err != nil {
			return err
		}
		if err := j.ID.Check(); err != nil {
			return err
		}
		if j.ID.Compare(last) <= 0 {
			return fmt.Errorf("join of %v after %v: %w", j.ID, last, store.ErrOrder)
		}
		last = j.ID
		joins = append(joins, store.CloneJoin(j))
	}
	return s.do(ctx, func() error {
		s.joins = newTable[store.ObservationID, store.Join](store.ObservationID.Compare)
		for j, err := range store.NewVerdicts(s.decided()).Over(values(joins)) {
			if err != nil {
				return err
			}
			s.joins.put(j.ID, j)
		}
		return nil
	})
}

func values(joins []store.Join) iter.Seq2[store.Join, error] {
	return func(yield func(store.Join, error) bool) {
		for _, j := range joins {
			if !yield(j, nil) {
				return
			}
		}
	}
}

// Joins implements store.Joins.
func (s *Store) Joins(ctx context.Context, after store.ObservationID, limit int) ([]store.Join, error) {
	var out []store.Join
	err := s.do(ctx, func() error {
		for _, id := range s.joins.page(after, limit, all) {
			out = append(out, store.CloneJoin(s.joins.rows[id]))
		}
		return nil
	})
	return out, err
}

// Decide implements store.Joins.
func (s *Store) Decide(ctx context.Context, d store.Decision) error {
	if err := d.ID.Check(); err != nil {
		return err
	}
	return s.do(ctx, func() error {
		s.decisions.put(decisionKey{d.ID, d.INN}, d)
		j, has := s.joins.get(d.ID)
		j, has = store.NewVerdicts(s.decided()).Join(d.ID, j, has)
		if !has {
			s.joins.remove(d.ID)
			return nil
		}
		s.joins.put(d.ID, j)
		return nil
	})
}

// Decisions implements store.Joins.
func (s *Store) Decisions(ctx context.Context) ([]store.Decision, error) {
	var out []store.Decision
	err := s.do(ctx, func() error {
		out = s.decided()
		return nil
	})
	return out, err
}

func (s *Store) decided() []store.Decision {
	var out []store.Decision
	for _, k := range s.decisions.keys() {
		out = append(out, s.decisions.rows[k])
	}
	return out
}
