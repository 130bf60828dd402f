package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// ReplaceRows implements store.ScoreRows.
func (s *Store) ReplaceRows(ctx context.Context, tag string, seq iter.Seq2[store.ScoreRow, error]) error {
	if err := s.setRowsTag(ctx, ""); err != nil {
		return err
	}
	m := merge{
		db: s.registry, name: "score rows", batch: s.batch, whole: true,
		open: func(tx *bbolt.Tx) (tree, error) {
			t := newPlainTree(bucket(tx, bucketRows))
			return &t, nil
		},
	}
	err := m.run(ctx, func(yield func(item, error) bool) {
		for r, err := range seq {
			var in item
			if err == nil {
				in = item{key: string(r.INN), content: m.mem.keep(append(m.mem.tail(), r.Data...))}
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return s.setRowsTag(ctx, tag)
}

func (s *Store) setRowsTag(ctx context.Context, tag string) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		if tag == "" {
			return bucket(tx, bucketMeta).Delete([]byte(metaRowsTag))
		}
		return bucket(tx, bucketMeta).Put([]byte(metaRowsTag), []byte(tag))
	})
	if err != nil {
		return fmt.Errorf("set tag of score rows: %w", err)
	}
	return nil
}

// Rows implements store.ScoreRows.
func (s *Store) Rows(ctx context.Context, after company.INN, limit int) ([]store.ScoreRow, error) {
	var out []store.ScoreRow
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketRows).Cursor()
		for k, v := c.Seek(successor([]byte(after))); k != nil && len(out) < limit; k, v = c.Next() {
			out = append(out, store.ScoreRow{INN: company.INN(k), Data: bytes.Clone(v)})
		}
		return nil
	})
	return out, err
}

// RowsTag implements store.ScoreRows.
func (s *Store) RowsTag(ctx context.Context) (string, error) {
	var out string
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		out = string(bucket(tx, bucketMeta).Get([]byte(metaRowsTag)))
		return nil
	})
	return out, err
}
