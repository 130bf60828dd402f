package memory

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// stale is what is stale: rows by ИНН, or owners of tokens.
type stale[K comparable] struct {
	all     bool // of whom is not known
	allMark uint64
	mark    uint64
	listed  table[K, uint64]
}

func newStale[K comparable](compare func(a, b K) int) stale[K] {
	return stale[K]{all: true, listed: newTable[K, uint64](compare)}
}

// note takes the zero key for somebody who is not known.
func (s *stale[K]) note(key K) {
	var nobody K
	s.mark++
	switch {
	case s.all:
		s.allMark = s.mark
	case key != nobody:
		s.listed.put(key, s.mark)
	}
}

// drop makes all stale, and lists none.
func (s *stale[K]) drop() {
	s.mark++
	s.all, s.allMark = true, s.mark
	s.listed = newTable[K, uint64](s.listed.compare)
}

// forget takes one key off the list if it became stale up to the mark.
func (s *stale[K]) forget(key K, mark uint64) {
	if noted, ok := s.listed.get(key); ok && noted <= mark {
		s.listed.remove(key)
	}
}

// settle forgets all that became stale up to the mark.
func (s *stale[K]) settle(mark uint64) {
	if s.allMark <= mark {
		s.all = false
	}
	for key := range s.listed.rows {
		s.forget(key, mark)
	}
}

// spoil notes that an observation makes the row of its company stale, as it
// was or is now. While all are it does not ask whose.
func (s *Store) spoil(w writing, o *company.Observation) {
	inn := o.INN
	if j, ok := s.joins.get(store.ObservationID{Source: o.Source, Key: o.Key}); ok && inn == "" {
		inn = j.INN
	}
	if s.staleRows.all || inn != "" && (!w.annex || s.carried(inn)) {
		s.staleRows.note(inn)
	}
}

// change is spoil for one whose content changes: its owner's tokens become
// stale, too.
func (s *Store) change(w writing, o *company.Observation) {
	s.spoil(w, o)
	switch {
	case w.annex:
	case o.INN != "":
		s.staleOwners.note(store.Owner{INN: o.INN})
	default:
		s.staleOwners.note(store.Owner{ID: store.ObservationID{Source: o.Source, Key: o.Key}})
	}
}
