package memory

import (
	"bytes"
	"context"
	"maps"
	"reflect"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// RewriteLists implements store.Erasure.
func (s *Store) RewriteLists(ctx context.Context, change func(day company.Date, data []byte) ([]byte, error)) error {
	days, err := s.ListDays(ctx)
	for err == nil && len(days) > 0 {
		var was, now []byte
		if was, err = s.List(ctx, days[0]); err != nil {
			break
		}
		if now, err = change(days[0], slices.Clone(was)); err != nil || now == nil {
			days = days[1:]
			continue
		}
		err = s.do(ctx, func() error {
			if bytes.Equal(s.lists.rows[days[0]], was) { // else once more
				s.lists.put(days[0], slices.Clone(now))
				days = days[1:]
			}
			return nil
		})
	}
	return err
}

// RewriteRuns implements store.Erasure.
func (s *Store) RewriteRuns(ctx context.Context, change func(store.Run) (store.Run, bool)) error {
	var days []company.Date
	err := s.do(ctx, func() error {
		days = slices.Clone(s.runs.keys())
		return nil
	})
	for err == nil && len(days) > 0 {
		var was store.Run
		if was, err = s.Run(ctx, days[0]); err != nil {
			break
		}
		given := was
		given.Report = slices.Clone(was.Report)
		now, changed := change(given)
		err = s.do(ctx, func() error {
			if changed && !reflect.DeepEqual(s.runs.rows[days[0]], was) {
				return nil // once more
			}
			if changed {
				now.Day, now.Report = days[0], slices.Clone(now.Report)
				s.runs.put(days[0], now)
			}
			days = days[1:]
			return nil
		})
	}
	return err
}

// EraseOwner implements store.Erasure.
func (s *Store) EraseOwner(ctx context.Context, inn company.INN) error {
	return s.do(ctx, func() error {
		delete(s.owners, inn)
		return nil
	})
}

// EraseRejects implements store.Erasure.
func (s *Store) EraseRejects(ctx context.Context, hit func(raw string) bool) (int, error) {
	var all map[string][]pipeline.Reject
	err := s.do(ctx, func() error {
		all = maps.Clone(s.rejects)
		return nil
	})
	erased := 0
	for source, rows := range all {
		if err != nil {
			break
		}
		kept := slices.DeleteFunc(slices.Clone(rows), func(r pipeline.Reject) bool { return hit(r.Raw) || hit(r.Detail) })
		err = s.do(ctx, func() error {
			s.rejects[source] = kept
			erased += len(rows) - len(kept)
			return nil
		})
	}
	return erased, err
}

// AddForgotten implements store.Erasure.
func (s *Store) AddForgotten(ctx context.Context, digests []string) error {
	return s.do(ctx, func() error {
		if err := store.CheckDigests(digests); err != nil {
			return err
		}
		for _, d := range digests {
			s.forgotten[d] = true
		}
		return nil
	})
}

// Forgotten implements store.Erasure.
func (s *Store) Forgotten(ctx context.Context) ([]string, error) {
	var out []string
	err := s.do(ctx, func() error {
		out = slices.Sorted(maps.Keys(s.forgotten))
		return nil
	})
	return out, err
}
