package memory

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// ReplaceRows implements store.ScoreRows.
func (s *Store) ReplaceRows(ctx context.Context, tag string, seq iter.Seq2[store.ScoreRow, error]) error {
	if err := s.do(ctx, func() error { s.rowsTag = ""; return nil }); err != nil {
		return err
	}
	rows := newTable[company.INN, []byte](cmp.Compare[company.INN])
	var last company.INN
	for r, err := range seq {
		if err != nil {
			return err
		}
		if r.INN <= last {
			return fmt.Errorf("score row of %q after %q: %w", r.INN, last, store.ErrOrder)
		}
		last = r.INN
		rows.put(r.INN, slices.Clone(r.Data))
	}
	return s.do(ctx, func() error {
		s.rows, s.rowsTag = rows, tag
		return nil
	})
}

// Rows implements store.ScoreRows.
func (s *Store) Rows(ctx context.Context, after company.INN, limit int) ([]store.ScoreRow, error) {
	var out []store.ScoreRow
	err := s.do(ctx, func() error {
		for _, inn := range s.rows.page(after, limit, all) {
			out = append(out, store.ScoreRow{INN: inn, Data: slices.Clone(s.rows.rows[inn])})
		}
		return nil
	})
	return out, err
}

// RowsTag implements store.ScoreRows.
func (s *Store) RowsTag(ctx context.Context) (string, error) {
	var out string
	err := s.do(ctx, func() error {
		out = s.rowsTag
		return nil
	})
	return out, err
}
