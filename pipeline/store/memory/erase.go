package memory

import (
	"context"
	"maps"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// EraseObservations implements store.Erasure.
func (s *Store) EraseObservations(ctx context.Context, ids []store.ObservationID) error {
	return s.do(ctx, func() error {
		if err := store.CheckIDs(ids); err != nil || len(ids) == 0 {
			return err
		}
		e := eraser{s: s, ids: map[store.ObservationID]bool{}, told: map[company.INN]bool{}, named: map[company.INN]bool{}}
		for _, id := range ids {
			e.erase(id)
		}
		e.finish()
		return nil
	})
}

// eraser erases observations.
type eraser struct {
	s       *Store
	ids     map[store.ObservationID]bool
	told    map[company.INN]bool // whose dossiers change
	named   map[company.INN]bool // whose ИНН erased observations carried; true = in no annex
	changed bool                 // an observation that stands in no annex has gone
}

// erase removes everything of one id but its events and decisions.
func (e *eraser) erase(id store.ObservationID) {
	s := e.s
	e.ids[id] = true
	if o, there := s.observations.get(id); there {
		w := writing{source: id.Source, annex: s.annexes[id.Source]}
		if o.INN != "" {
			e.told[o.INN] = true
			e.named[o.INN] = e.named[o.INN] || !w.annex
		}
		e.changed = e.changed || !w.annex
		s.unindex(w, id, o.INN)
		s.observations.remove(id)
	}
	if j, there := s.joins.get(id); there {
		e.told[j.INN] = true
		s.removeJoin(id)
	}
	s.putEntry(store.Entry{Owner: store.Owner{ID: id}})
	s.staleOwners.listed.remove(store.Owner{ID: id})
	s.visits.remove(id)
}

// finish tells of the companies concerned.
func (e *eraser) finish() {
	s := e.s
	forgotten := map[company.INN]bool{}
	for inn := range e.told {
		own, named := e.named[inn]
		switch {
		case named && !s.carried(inn):
			forgotten[inn] = true
			s.forgetCompany(inn)
			continue
		case own:
			owner := store.Owner{INN: inn}
			s.putEntry(store.Entry{Owner: owner})
			s.staleOwners.note(owner)
		}
		s.staleRows.note(inn)
	}
	removeRows(&s.events, func(k eventKey) bool { return e.ids[k.id] })
	removeRows(&s.decisions, func(k decisionKey) bool { return e.ids[k.id] || forgotten[k.inn] })
	if e.changed {
		s.generation++
		s.staleOwners.note(store.Owner{})
	}
	s.decided++ // a ReplaceJoins that is under way sets no note
	s.joinsNote = nil
}

// forgetCompany removes all that names a company but decisions.
func (s *Store) forgetCompany(inn company.INN) {
	for _, id := range slices.Collect(maps.Keys(s.joined[inn])) {
		s.removeJoin(id)
	}
	owner := store.Owner{INN: inn}
	s.putEntry(store.Entry{Owner: owner})
	s.staleOwners.listed.remove(owner)
	s.rows.remove(inn)
	s.staleRows.listed.remove(inn)
	s.staleRows.note("")
}

// EraseEventsWith implements store.Erasure.
func (s *Store) EraseEventsWith(ctx context.Context, hit func(text string) bool) (int, error) {
	var rows []eventRow
	err := s.do(ctx, func() error {
		rows = slices.Collect(maps.Values(s.events.rows))
		return nil
	})
	if err != nil {
		return 0, err
	}
	var hits []eventKey
	for _, row := range rows {
		if row.event.Tells(row.before, hit) {
			hits = append(hits, eventKey{row.event.Day, row.event.ID})
		}
	}
	err = s.do(ctx, func() error {
		for _, k := range hits {
			s.events.remove(k)
		}
		return nil
	})
	return len(hits), err
}
