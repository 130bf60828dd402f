package memory

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// BeginPull implements store.Pulls.
func (s *Store) BeginPull(ctx context.Context, p store.Pull) error {
	return s.do(ctx, func() error {
		s.pulls.put(p.Source, p.Begun())
		delete(s.rejects, p.Source)
		return nil
	})
}

// NotePull implements store.Pulls.
func (s *Store) NotePull(ctx context.Context, source string, batch pipeline.Batch) error {
	return s.do(ctx, func() error {
		s.note(source, 0, batch, store.Delta{})
		return nil
	})
}

func (s *Store) note(source string, day company.Date, batch pipeline.Batch, delta store.Delta) {
	p, ok := s.pulls.get(source)
	if !ok {
		p = store.Pull{Source: source, Day: day}
	}
	p.Gaps = slices.Clone(p.Gaps)
	p.Note(batch, delta)
	s.pulls.put(source, p)
	s.rejects[source] = append(s.rejects[source], batch.Rejects...)
}

// EndPull implements store.Pulls.
func (s *Store) EndPull(ctx context.Context, source string, end store.PullEnd) error {
	return s.do(ctx, func() error {
		p, ok := s.pulls.get(source)
		if !ok {
			return fmt.Errorf("pull of source %q: %w", source, store.ErrNotFound)
		}
		p.End(end)
		s.pulls.put(source, p)
		return nil
	})
}

// Pull implements store.Pulls.
func (s *Store) Pull(ctx context.Context, source string) (store.Pull, error) {
	var out store.Pull
	err := s.do(ctx, func() error {
		p, ok := s.pulls.get(source)
		if !ok {
			return fmt.Errorf("pull of source %q: %w", source, store.ErrNotFound)
		}
		out = p
		out.Gaps = slices.Clone(p.Gaps)
		return nil
	})
	return out, err
}

// Rejects implements store.Pulls.
func (s *Store) Rejects(ctx context.Context, source string, after, limit int) ([]pipeline.Reject, error) {
	var out []pipeline.Reject
	err := s.do(ctx, func() error {
		all := s.rejects[source]
		from := min(max(after, 0), len(all))
		out = slices.Clone(all[from:min(from+max(limit, 0), len(all))])
		return nil
	})
	return out, err
}
