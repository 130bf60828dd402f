package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// ReplaceRows implements store.ScoreRows.
func (s *Store) ReplaceRows(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	m := merge{
		db: s.registry, name: "score rows", batch: s.batch, whole: true,
		begin: func(tx *bbolt.Tx) error { return bucket(tx, bucketMeta).Delete([]byte(metaRowsTag)) },
		open: func(tx *bbolt.Tx) (tree, error) {
			t := newPlainTree(bucket(tx, bucketRows))
			return &t, nil
		},
		end: func(tx *bbolt.Tx) error {
			if err := freshen(tx, mark); err != nil || tag == "" {
				return err
			}
			return bucket(tx, bucketMeta).Put([]byte(metaRowsTag), []byte(tag))
		},
	}
	return m.run(ctx, func(yield func(item, error) bool) {
		for r, err := range seq {
			var in item
			if err == nil {
				in = rowItem(m.mem(), r)
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	})
}

func rowItem(mem *arena, r store.ScoreRow) item {
	return item{key: string(r.INN), content: mem.keep(append(mem.tail(), r.Data...))}
}

// PatchRows implements store.ScoreRows.
func (s *Store) PatchRows(ctx context.Context, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	var mem arena
	var items []item
	flush := func() error {
		err := s.registry.update(ctx, func(tx *bbolt.Tx) error { return patch(tx, mark, items) })
		mem.reset()
		items = items[:0]
		if err != nil && !errors.Is(err, errNothing) {
			return fmt.Errorf("patch score rows: %w", err)
		}
		return nil
	}
	last := company.INN("")
	for r, err := range seq {
		if err == nil && r.INN <= last {
			err = fmt.Errorf("score row of %q after %q: %w", r.INN, last, store.ErrOrder)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("patch score rows: %w", err), flush())
		}
		last = r.INN
		if items = append(items, rowItem(&mem, r)); len(items) >= s.batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// patch writes rows in one transaction.
func patch(tx *bbolt.Tx, mark uint64, items []item) error {
	t := newPlainTree(bucket(tx, bucketRows))
	for _, in := range items {
		key := []byte(in.key)
		old, has := t.find(key)
		var err error
		switch {
		case len(in.content) > 0:
			err = t.write(in, old, has)
		case has:
			err = t.remove(key, old)
		}
		if err != nil {
			return err
		}
	}
	fresh, err := freshenEach(tx, mark, items)
	if err == nil && !fresh && !t.wrote {
		return errNothing
	}
	return err
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
