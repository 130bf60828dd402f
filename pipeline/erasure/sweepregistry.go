package erasure

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// observations first finds what is concerned, then erases and writes anew.
func (s *Sweep) observations(ctx context.Context) error {
	gone, less := map[store.ObservationID]bool{}, map[store.ObservationID]company.Observation{}
	sources := map[string]bool{}
	for _, name := range s.Sources {
		sources[name] = true
	}
	pick := func(o *company.Observation) bool {
		probe := *o
		return s.Forgotten.observation(&probe) != stays
	}
	err := observations(ctx, s.Store, pick, func(_ company.INN, o company.Observation) {
		sources[o.Source] = true
		if s.Forgotten.observation(&o) == goes {
			gone[idOf(&o)] = true
		} else {
			less[idOf(&o)] = o
		}
	})
	if err != nil {
		return err
	}
	s.count.Observations, s.count.Changed = len(gone), len(less)
	if s.Dry {
		return nil
	}
	for _, inn := range s.Soles {
		for name := range sources { // annexes keep what nobody else carries
			gone[store.ObservationID{Source: name, Key: string(inn)}] = true
		}
	}
	// A source's own remark where it stands is no part of what it says: written
	// over the old one it would not be taken for a change.
	var again []store.ObservationID
	for id, o := range less {
		was, err := s.Store.Get(ctx, id)
		if err != nil {
			return err
		}
		if was.Origin != o.Origin {
			again = append(again, id)
		}
	}
	if err := s.Store.EraseObservations(ctx, slices.Concat(slices.Collect(maps.Keys(gone)), again)); err != nil {
		return err
	}
	return s.writeAnew(ctx, less)
}

// writeAnew puts observations in the place of what stood there.
func (s *Sweep) writeAnew(ctx context.Context, less map[store.ObservationID]company.Observation) error {
	by := map[string][]company.Observation{}
	for _, id := range slices.SortedFunc(maps.Keys(less), store.ObservationID.Compare) {
		by[id.Source] = append(by[id.Source], less[id])
	}
	for source, all := range by {
		cursor := ""
		p, err := s.Store.Pull(ctx, source)
		switch {
		case err == nil:
			cursor = p.Cursor // of a pull that goes on
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
		for some := range slices.Chunk(all, page) {
			_, err := s.Store.Commit(ctx, store.Commit{
				Source: source, Day: s.Day, Silent: true,
				Batch: pipeline.Batch{Unit: "forget", Observations: some, Cursor: cursor},
			})
			if errors.Is(err, store.ErrKind) { // an annex takes no single records
				err = s.Store.EraseObservations(ctx, idsOf(some))
			}
			if err != nil {
				return err
			}
			if err := s.unindex(ctx, some); err != nil {
				return err
			}
		}
	}
	return nil
}

func idsOf(some []company.Observation) []store.ObservationID {
	out := make([]store.ObservationID, len(some))
	for i := range some {
		out[i] = idOf(&some[i])
	}
	return out
}

// unindex removes what was made of the old content: a token is a hash that anybody
// can make of a number. The owners are stale, so the next night makes it anew.
func (s *Sweep) unindex(ctx context.Context, some []company.Observation) error {
	owners := map[store.Owner]bool{}
	for i := range some {
		if some[i].INN != "" {
			owners[store.Owner{INN: some[i].INN}] = true
		} else {
			owners[store.Owner{ID: idOf(&some[i])}] = true
		}
	}
	return s.clear(ctx, slices.SortedFunc(maps.Keys(owners), store.Owner.Compare))
}

// clear removes the entries of owners, which rise.
func (s *Sweep) clear(ctx context.Context, owners []store.Owner) error {
	if err := s.Store.Touch(ctx, owners); err != nil {
		return err
	}
	return s.Store.PatchIndex(ctx, func(yield func(store.Entry, error) bool) {
		for _, o := range owners {
			if !yield(store.Entry{Owner: o}, nil) {
				return
			}
		}
	})
}

// index clears the entries of listings whose note names what was forgotten: it tells
// of the companies that a listing was held against.
func (s *Sweep) index(ctx context.Context) error {
	for after := (store.ObservationID{}); ; {
		some, err := s.Store.ListingEntries(ctx, after, page)
		if err != nil {
			return err
		}
		var owners []store.Owner
		for _, e := range some {
			if has(s.Forgotten, e.Note, loose) {
				owners = append(owners, e.Owner)
			}
		}
		if s.count.Entries += len(owners); len(owners) > 0 && !s.Dry {
			if err := s.clear(ctx, owners); err != nil {
				return err
			}
		}
		if len(some) < page {
			return nil
		}
		after = some[len(some)-1].Owner.ID
	}
}

// joins writes those anew of which the evidence names what was forgotten.
func (s *Sweep) joins(ctx context.Context) error {
	for j, err := range eachJoin(ctx, s.Store) {
		if err != nil {
			return err
		}
		if s.redactJoin(&j) {
			s.count.Joins++
		}
	}
	note, err := s.Store.JoinsNote(ctx)
	if err != nil || s.Dry || s.count.Joins == 0 && !has(s.Forgotten, note, loose) {
		return err
	}
	return s.Store.ReplaceJoins(ctx, nil, func(yield func(store.Join, error) bool) {
		for j, err := range eachJoin(ctx, s.Store) {
			s.redactJoin(&j)
			if !yield(j, err) {
				return
			}
		}
	})
}

func (s *Sweep) redactJoin(j *store.Join) bool {
	id := j.ID
	changed := redactIn(s.Forgotten, j)
	j.ID = id
	return changed
}

func eachJoin(ctx context.Context, s store.Joins) iter.Seq2[store.Join, error] {
	return func(yield func(store.Join, error) bool) {
		for after := (store.ObservationID{}); ; {
			some, err := s.Joins(ctx, after, page)
			if err != nil {
				yield(store.Join{}, err)
				return
			}
			for _, j := range some {
				id := j.ID
				if !yield(store.CloneJoin(j), nil) {
					return
				}
				after = id
			}
			if len(some) < page {
				return
			}
		}
	}
}

func (s *Sweep) rejects(ctx context.Context) error {
	if !s.Dry {
		n, err := s.Store.EraseRejects(ctx, s.Forgotten.Has)
		s.count.Rejects = n
		return err
	}
	for _, name := range s.Sources {
		for after := 0; ; after += page {
			some, err := s.Store.Rejects(ctx, name, after, page)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			for _, r := range some {
				if s.Forgotten.Has(r.Raw) || s.Forgotten.Has(r.Detail) {
					s.count.Rejects++
				}
			}
			if len(some) < page {
				break
			}
		}
	}
	return nil
}

// pulls writes those anew whose state names what was forgotten: in a gap, an error,
// a cursor.
func (s *Sweep) pulls(ctx context.Context) error {
	for _, name := range s.Sources {
		p, err := s.Store.Pull(ctx, name)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if !redactIn(s.Forgotten, &p) {
			continue
		}
		s.count.Pulls++
		if s.Dry {
			continue
		}
		if err := s.putPull(ctx, p); err != nil {
			return fmt.Errorf("pull of %s: %w", name, err)
		}
	}
	return nil
}

func (s *Sweep) putPull(ctx context.Context, p store.Pull) error {
	var rejects []pipeline.Reject
	for {
		some, err := s.Store.Rejects(ctx, p.Source, len(rejects), page)
		if err != nil {
			return err
		}
		rejects = append(rejects, some...)
		if len(some) < page {
			break
		}
	}
	if err := s.Store.BeginPull(ctx, p); err != nil {
		return err
	}
	batch := pipeline.Batch{Release: p.Release, Counts: p.Counts, Gaps: p.Gaps, Rejects: rejects, Cursor: p.Cursor}
	if err := s.Store.NotePull(ctx, p.Source, batch); err != nil || p.Ended.IsZero() {
		return err
	}
	return s.Store.EndPull(ctx, p.Source, store.PullEnd{At: p.Ended, Complete: p.Complete, Error: p.Error, Delta: p.Delta})
}
