package memory

import (
	"cmp"
	"context"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

type eventKey struct {
	day company.Date
	id  store.ObservationID
}

func (k eventKey) compare(other eventKey) int {
	return cmp.Or(cmp.Compare(k.day, other.day), k.id.Compare(other.id))
}

type eventRow struct {
	event  store.Event
	before *company.Observation // as it was before the day's first write
}

// record stamps now and folds the step from old to now into the day's event.
// Either may be nil.
func (s *Store) record(w writing, id store.ObservationID, old, now *company.Observation) {
	key := eventKey{w.day, id}
	before := old
	if row, ok := s.events.get(key); ok {
		before = row.before
	}
	if now != nil {
		store.Stamp(now, w.day, old, before)
	}
	e, ok := store.Net(w.day, before, now)
	if w.annex && (e.Kind != store.EventChanged || !s.carried(e.INN)) {
		ok = false
	}
	if !ok || w.silent {
		s.events.remove(key)
		return
	}
	s.events.put(key, eventRow{event: e, before: before})
}

// Events implements store.Events.
func (s *Store) Events(ctx context.Context, since company.Date, after store.Event, limit int) ([]store.Event, error) {
	var out []store.Event
	err := s.do(ctx, func() error {
		from := eventKey{after.Day, after.ID}
		// The first key of the day after since stands before all its events.
		if first := (eventKey{day: since + 1}); from.compare(first) < 0 {
			from = first
		}
		for _, k := range s.events.page(from, limit, all) {
			e := s.events.rows[k].event
			e.Changes = slices.Clone(e.Changes)
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// Since implements store.Events.
func (s *Store) Since(ctx context.Context) (company.Date, error) {
	var out company.Date
	err := s.do(ctx, func() error {
		out = s.since
		return nil
	})
	return out, err
}

// DropEvents implements store.Events.
func (s *Store) DropEvents(ctx context.Context, before company.Date) error {
	return s.removeEvents(ctx, func(k eventKey) bool { return k.day < before })
}

// EraseEvents implements store.Events.
func (s *Store) EraseEvents(ctx context.Context, source string) error {
	return s.removeEvents(ctx, func(k eventKey) bool { return k.id.Source == source })
}

func (s *Store) removeEvents(ctx context.Context, which func(eventKey) bool) error {
	return s.do(ctx, func() error {
		for _, k := range slices.Clone(s.events.keys()) {
			if which(k) {
				s.events.remove(k)
			}
		}
		return nil
	})
}
