package memory

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// stale is whose rows are stale.
type stale struct {
	all     bool // of whom is not known
	allMark uint64
	mark    uint64
	rows    table[company.INN, uint64]
}

func (s *stale) note(inn company.INN) {
	s.mark++
	switch {
	case s.all:
		s.allMark = s.mark
	case inn != "":
		s.rows.put(inn, s.mark)
	}
}

// forget takes one ИНН, "" for all of them, out of what became stale up to the
// mark.
func (s *stale) forget(inn company.INN, mark uint64) {
	if inn != "" {
		if noted, ok := s.rows.get(inn); ok && noted <= mark {
			s.rows.remove(inn)
		}
		return
	}
	if s.allMark <= mark {
		s.all = false
	}
	for inn, noted := range s.rows.rows {
		if noted <= mark {
			s.rows.remove(inn)
		}
	}
}

// spoil notes that an observation makes the row of its company stale, as it
// was or is now. While all are it does not ask whose.
func (s *Store) spoil(w writing, o *company.Observation) {
	inn := o.INN
	if j, ok := s.joins.get(store.ObservationID{Source: o.Source, Key: o.Key}); ok && inn == "" {
		inn = j.INN
	}
	if s.stale.all || inn != "" && (!w.annex || s.carried(inn)) {
		s.stale.note(inn)
	}
}
