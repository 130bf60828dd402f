package memory

import (
	"context"
	"fmt"
	"iter"
	"slices"

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
func (s *Store) ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error {
	decidedBefore := 0
	err := s.do(ctx, func() error {
		s.joinsNote, decidedBefore = nil, s.decided
		return nil
	})
	if err != nil {
		return err
	}
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
		if err := s.setJoins(joins); err != nil {
			return err
		}
		if s.decided == decidedBefore {
			s.joinsNote = slices.Clone(note)
		}
		return nil
	})
}

func (s *Store) setJoins(joins []store.Join) error {
	old := s.joins
	s.clearJoins()
	for j, err := range store.NewVerdicts(s.allDecisions()).Over(values(joins)) {
		if err != nil {
			return err
		}
		s.putJoin(j)
	}
	for id, was := range old.rows {
		if _, stands := s.joins.get(id); !stands {
			s.staleRows.note(was.INN)
		}
	}
	for id, now := range s.joins.rows {
		was, had := old.get(id)
		if !had || !sameJoin(was, now) {
			s.moved(was, had, now)
		}
	}
	return nil
}

func (s *Store) clearJoins() {
	s.joins = newTable[store.ObservationID, store.Join](store.ObservationID.Compare)
	s.joined = map[company.INN]map[store.ObservationID]bool{}
}

func (s *Store) putJoin(j store.Join) {
	s.removeJoin(j.ID)
	s.joins.put(j.ID, j)
	if s.joined[j.INN] == nil {
		s.joined[j.INN] = map[store.ObservationID]bool{}
	}
	s.joined[j.INN][j.ID] = true
}

func (s *Store) removeJoin(id store.ObservationID) {
	was, ok := s.joins.get(id)
	if !ok {
		return
	}
	s.joins.remove(id)
	if delete(s.joined[was.INN], id); len(s.joined[was.INN]) == 0 {
		delete(s.joined, was.INN)
	}
}

// moved notes whose rows a join makes stale that was one and is another.
func (s *Store) moved(was store.Join, had bool, now store.Join) {
	if had {
		s.staleRows.note(was.INN)
	}
	s.staleRows.note(now.INN)
}

func sameJoin(a, b store.Join) bool {
	return a.INN == b.INN && a.Manual == b.Manual && slices.Equal(a.Evidence, b.Evidence)
}

// JoinsNote implements store.Joins.
func (s *Store) JoinsNote(ctx context.Context) ([]byte, error) {
	var out []byte
	err := s.do(ctx, func() error {
		out = slices.Clone(s.joinsNote)
		return nil
	})
	return out, err
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
		s.decided++
		s.joinsNote = nil
		old, had := s.joins.get(d.ID)
		j, has := store.NewVerdicts(s.allDecisions()).Join(d.ID, old, had)
		switch {
		case has && (!had || !sameJoin(old, j)):
			s.putJoin(j)
			s.moved(old, had, j)
		case had && !has:
			s.removeJoin(d.ID)
			s.staleRows.note(old.INN)
		}
		return nil
	})
}

// Decisions implements store.Joins.
func (s *Store) Decisions(ctx context.Context) ([]store.Decision, error) {
	var out []store.Decision
	err := s.do(ctx, func() error {
		out = s.allDecisions()
		return nil
	})
	return out, err
}

func (s *Store) allDecisions() []store.Decision {
	var out []store.Decision
	for _, k := range s.decisions.keys() {
		out = append(out, s.decisions.rows[k])
	}
	return out
}
