package memory

import (
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// first is the first Replace of a source: until it has ended, and on the day
// on which it did, Replace makes no events.
type first struct {
	ended bool
	day   company.Date
}

// checkKind refuses a write into a source of the other kind.
func (s *Store) checkKind(w writing) error {
	if s.held[w.source] > 0 && s.annexes[w.source] != w.annex {
		return fmt.Errorf("source %q: %w", w.source, store.ErrKind)
	}
	return nil
}

func (s *Store) beginReplace(w *writing) error {
	if err := s.checkKind(*w); err != nil {
		return err
	}
	if s.held[w.source] == 0 {
		s.firsts[w.source] = first{}
	}
	f, noted := s.firsts[w.source]
	w.silent = w.silent || noted && (!f.ended || f.day == w.day)
	return nil
}

func (s *Store) endReplace(w writing) {
	if f, noted := s.firsts[w.source]; noted && !f.ended {
		s.firsts[w.source] = first{ended: true, day: w.day}
	}
}
