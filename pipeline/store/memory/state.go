package memory

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// PutRun implements store.Runs.
func (s *Store) PutRun(ctx context.Context, r store.Run) error {
	return s.do(ctx, func() error {
		r.Report = slices.Clone(r.Report)
		s.runs.put(r.Day, r)
		return nil
	})
}

// Run implements store.Runs.
func (s *Store) Run(ctx context.Context, day company.Date) (store.Run, error) {
	var out store.Run
	err := s.do(ctx, func() error {
		r, ok := s.runs.get(day)
		if !ok {
			return fmt.Errorf("run of %v: %w", day, store.ErrNotFound)
		}
		out = r
		out.Report = slices.Clone(r.Report)
		return nil
	})
	return out, err
}

// LastCompleted implements store.Runs.
func (s *Store) LastCompleted(ctx context.Context, before company.Date) (store.Run, error) {
	var out store.Run
	err := s.do(ctx, func() error {
		for _, day := range slices.Backward(s.runs.keys()) {
			if r := s.runs.rows[day]; day < before && r.Completed {
				out = r
				out.Report = slices.Clone(r.Report)
				return nil
			}
		}
		return fmt.Errorf("completed run before %v: %w", before, store.ErrNotFound)
	})
	return out, err
}

// Issue implements store.Lists.
func (s *Store) Issue(ctx context.Context, i store.Issue) ([]byte, error) {
	var out []byte
	err := s.do(ctx, func() error {
		if _, ok := s.lists.get(i.Day); !ok {
			s.lists.put(i.Day, append([]byte{}, i.Data...))
			maps.Copy(s.owners, i.Owners)
		}
		out = slices.Clone(s.lists.rows[i.Day])
		return nil
	})
	return out, err
}

// List implements store.Lists.
func (s *Store) List(ctx context.Context, day company.Date) ([]byte, error) {
	var out []byte
	err := s.do(ctx, func() error {
		data, ok := s.lists.get(day)
		if !ok {
			return fmt.Errorf("list of %v: %w", day, store.ErrNotFound)
		}
		out = slices.Clone(data)
		return nil
	})
	return out, err
}

// ListDays implements store.Lists.
func (s *Store) ListDays(ctx context.Context) ([]company.Date, error) {
	var out []company.Date
	err := s.do(ctx, func() error {
		out = slices.Clone(s.lists.keys())
		return nil
	})
	return out, err
}

// Owners implements store.Lists.
func (s *Store) Owners(ctx context.Context) (map[company.INN]string, error) {
	var out map[company.INN]string
	err := s.do(ctx, func() error {
		out = maps.Clone(s.owners)
		return nil
	})
	return out, err
}

// AddStops implements store.Stops.
func (s *Store) AddStops(ctx context.Context, stops []store.Stop) (int, error) {
	added := 0
	err := s.do(ctx, func() error {
		for _, stop := range stops {
			k := stopKey{stop.Kind, stop.Value, stop.Reason}
			stands, there := s.stops.get(k)
			if !there {
				added++
			}
			if !there || stop.Earlier(&stands) {
				s.stops.put(k, stop)
			}
		}
		return nil
	})
	return added, err
}

// RemoveStop implements store.Stops.
func (s *Store) RemoveStop(ctx context.Context, kind store.StopKind, value, reason string) error {
	return s.do(ctx, func() error {
		found := false
		for _, k := range slices.Clone(s.stops.keys()) {
			if k.kind == kind && k.value == value && (reason == "" || k.reason == reason) {
				s.stops.remove(k)
				found = true
			}
		}
		if !found {
			return fmt.Errorf("stop %s %q: %w", kind, value, store.ErrNotFound)
		}
		return nil
	})
}

// StopList implements store.Stops.
func (s *Store) StopList(ctx context.Context) ([]store.Stop, error) {
	var out []store.Stop
	err := s.do(ctx, func() error {
		for _, k := range s.stops.keys() {
			out = append(out, s.stops.rows[k])
		}
		return nil
	})
	return out, err
}
