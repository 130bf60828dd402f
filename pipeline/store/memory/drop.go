package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// DropRegistry implements store.Registry.
func (s *Store) DropRegistry(ctx context.Context, keep []string) error {
	return s.do(ctx, func() error {
		gone := func(source string) bool { return !slices.Contains(keep, source) }
		s.dropObservations(gone)
		s.events = newTable[eventKey, eventRow](eventKey.compare)
		s.since = 0
		s.generation++
		removeRows(&s.pulls, gone)
		maps.DeleteFunc(s.rejects, func(source string, _ []pipeline.Reject) bool { return gone(source) })
		maps.DeleteFunc(s.firsts, func(source string, _ first) bool { return gone(source) })
		removeRows(&s.visits, func(id store.ObservationID) bool { return gone(id.Source) })
		maps.DeleteFunc(s.claimed, func(k claimKey, _ int64) bool { return gone(k.source) })
		s.rows, s.rowsTag = newTable[company.INN, []byte](cmp.Compare[company.INN]), ""
		s.staleRows.drop()
		s.entries, s.indexTag = newTable[store.Owner, store.Entry](compareOwners), ""
		s.carriers = map[uint64]store.Carriers{}
		s.staleOwners.drop()
		s.joinsNote = nil
		return s.setJoins(nil)
	})
}

func (s *Store) dropObservations(gone func(source string) bool) {
	for _, id := range slices.Clone(s.observations.keys()) {
		if gone(id.Source) {
			o := s.observations.rows[id]
			s.unindex(writing{source: id.Source, annex: s.annexes[id.Source]}, id, o.INN)
			s.observations.remove(id)
		}
	}
}

func removeRows[K comparable, V any](t *table[K, V], which func(K) bool) {
	for _, k := range slices.Clone(t.keys()) {
		if which(k) {
			t.remove(k)
		}
	}
}
