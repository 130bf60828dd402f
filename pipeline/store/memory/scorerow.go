package memory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// RowState implements store.ScoreRows.
func (s *Store) RowState(ctx context.Context) (store.RowState, error) {
	var out store.RowState
	err := s.do(ctx, func() error {
		out = store.RowState{Tag: s.rowsTag, All: s.staleRows.all, Mark: s.staleRows.mark}
		return nil
	})
	return out, err
}

// StaleRows implements store.ScoreRows.
func (s *Store) StaleRows(ctx context.Context, after company.INN, limit int) ([]company.INN, error) {
	var out []company.INN
	err := s.do(ctx, func() error {
		out = s.staleRows.listed.page(after, limit, all)
		return nil
	})
	return out, err
}

// ReplaceRows implements store.ScoreRows.
func (s *Store) ReplaceRows(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	if err := s.do(ctx, func() error { s.rowsTag = ""; return nil }); err != nil {
		return err
	}
	rows, err := collectRows(seq)
	if err != nil {
		return err
	}
	return s.do(ctx, func() error {
		s.rows = newTable[company.INN, []byte](cmp.Compare[company.INN])
		for _, r := range rows {
			s.rows.put(r.INN, r.Data)
		}
		s.rowsTag = tag
		s.staleRows.settle(mark)
		return nil
	})
}

// PatchRows implements store.ScoreRows.
func (s *Store) PatchRows(ctx context.Context, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	rows, broken := collectRows(seq)
	err := s.do(ctx, func() error {
		for _, r := range rows {
			if len(r.Data) == 0 {
				s.rows.remove(r.INN)
			} else {
				s.rows.put(r.INN, r.Data)
			}
			s.staleRows.forget(r.INN, mark)
		}
		return nil
	})
	return errors.Join(broken, err)
}

// collectRows copies rows up to the first error.
func collectRows(seq iter.Seq2[store.ScoreRow, error]) (rows []store.ScoreRow, err error) {
	var last company.INN
	for r, err := range seq {
		if err != nil {
			return rows, err
		}
		if r.INN <= last {
			return rows, fmt.Errorf("score row of %q after %q: %w", r.INN, last, store.ErrOrder)
		}
		last = r.INN
		rows = append(rows, store.ScoreRow{INN: r.INN, Data: slices.Clone(r.Data)})
	}
	return rows, nil
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
