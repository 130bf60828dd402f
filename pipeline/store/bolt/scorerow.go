package bolt

import (
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
		db: s.registry, name: rowsTree, stream: stream{batch: s.batch}, whole: true,
		begin: func(tx *bbolt.Tx) error { return bucket(tx, bucketMeta).Delete([]byte(metaRowsTag)) },
		open: func(tx *bbolt.Tx) (tree, error) {
			t := newPlainTree(bucket(tx, bucketRows))
			return &t, nil
		},
		end: func(tx *bbolt.Tx) error {
			if err := staleRows().freshen(tx, mark); err != nil || tag == "" {
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
	fresh, err := staleRows().freshenEach(tx, mark, items)
	if err == nil && !fresh && !t.wrote {
		return errNothing
	}
	return err
}

// Rows implements store.ScoreRows. The rows of a page share two pieces of
// memory, one for all ИНН and one for all data.
func (s *Store) Rows(ctx context.Context, after company.INN, limit int) ([]store.ScoreRow, error) {
	var p rowPage
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketRows).Cursor()
		for k, v := c.Seek(successor([]byte(after))); k != nil && len(p.ends) < limit; k, v = c.Next() {
			if p.ends == nil {
				p.expect(min(limit, largePage), len(k), len(v))
			}
			p.add(k, v)
		}
		return nil
	})
	return p.rows(), err
}

type rowPage struct {
	keys, data []byte
	ends       [][2]int // of each row, in keys and data
}

// largePage is for how many rows of a page memory is taken beforehand.
const largePage = 10_000

func (p *rowPage) expect(n, key, data int) {
	p.keys, p.data, p.ends = make([]byte, 0, n*key), make([]byte, 0, n*data), make([][2]int, 0, n)
}

func (p *rowPage) add(key, data []byte) {
	p.keys, p.data = append(p.keys, key...), append(p.data, data...)
	p.ends = append(p.ends, [2]int{len(p.keys), len(p.data)})
}

func (p *rowPage) rows() []store.ScoreRow {
	if len(p.ends) == 0 {
		return nil
	}
	keys, from := string(p.keys), [2]int{}
	out := make([]store.ScoreRow, len(p.ends))
	for i, to := range p.ends {
		out[i] = store.ScoreRow{INN: company.INN(keys[from[0]:to[0]]), Data: p.data[from[1]:to[1]:to[1]]}
		from = to
	}
	return out
}
