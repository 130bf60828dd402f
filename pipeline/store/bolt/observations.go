package bolt

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// Commit implements store.Observations.
func (s *Store) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	items, err := sortedItems(c)
	if err != nil {
		return store.Delta{}, err
	}
	visits, err := admitVisits(c)
	if err != nil {
		return store.Delta{}, err
	}
	var delta store.Delta
	err = s.registry.update(ctx, func(tx *bbolt.Tx) error {
		w, err := newWriter(tx, writing{source: c.Source, day: c.Day, redate: true, silent: c.Silent}, &arena{})
		if err != nil {
			return err
		}
		if err := writeBatch(w, items); err != nil {
			return err
		}
		if err := putVisits(tx, visits); err != nil {
			return err
		}
		delta = w.delta
		return notePull(tx, c.Source, c.Day, c.Batch, delta)
	})
	if err != nil {
		return store.Delta{}, fmt.Errorf("commit %q of source %q: %w", c.Batch.Unit, c.Source, err)
	}
	return delta, nil
}

// sortedItems turns a batch into items in the order of keys.
func sortedItems(c store.Commit) ([]item, error) {
	var mem arena
	var content []byte
	items := make([]item, 0, len(c.Batch.Observations))
	for i := range c.Batch.Observations {
		o := c.Batch.Observations[i]
		if err := store.Admit(c.Source, &o); err != nil {
			return nil, err
		}
		p := record.Pack(content[:0], &o)
		content = p.Content
		items = append(items, packedItem(&mem, &p, c.Day))
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
	for i := 1; i < len(items); i++ {
		if items[i].key == items[i-1].key {
			return nil, fmt.Errorf("source %q: key %q twice in one batch: %w", c.Source, items[i].key, store.ErrObservation)
		}
	}
	return items, nil
}

// packedItem copies a record, with the stamp that it has if it is new.
func packedItem(mem *arena, p *record.Packed, day company.Date) item {
	stored := mem.keep(record.AppendStamp(append(mem.tail(), p.Content...), p.Date, p.Origin, day))
	return item{key: p.Key, content: stored[:len(p.Content)], stored: stored, date: p.Date, origin: p.Origin}
}

// writeBatch looks up all of a batch, then writes it, since a cursor is void
// after a write.
func writeBatch(w *writer, items []item) error {
	if len(items) == 0 {
		return nil
	}
	pairs := make([]pair, len(items))
	for i, in := range items {
		old, has := w.find([]byte(in.key))
		pairs[i] = pair{item: in, old: old, has: has}
	}
	w.expect(items[0].key, items[len(items)-1].key)
	for _, p := range pairs {
		if err := w.write(p.item, p.old, p.has); err != nil {
			return err
		}
	}
	_, err := w.finish()
	return err
}

// Replace implements store.Observations.
func (s *Store) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[record.Packed, error]) (store.Delta, error) {
	var total store.Delta
	var mem arena
	m := merge{
		db: s.registry, name: sourceTree(r.Source), stream: stream{batch: s.batch}, whole: r.Release.Whole,
		begin: func(tx *bbolt.Tx) error { return beginReplace(tx, r) },
		end:   func(tx *bbolt.Tx) error { return endReplace(tx, r) },
		open: func(tx *bbolt.Tx) (tree, error) {
			mem.reset()
			quiet, err := silent(tx, r)
			if err != nil {
				return nil, err
			}
			return newWriter(tx, writing{
				source: r.Source, day: r.Day, annex: r.Annex, sorted: true,
				redate: !r.Release.Whole, quiet: r.Silent, silent: quiet || r.Silent,
			}, &mem)
		},
		done: func(t tree) {
			if w, ok := t.(*writer); ok {
				total = total.Add(w.delta)
			}
		},
	}
	err := m.run(ctx, func(yield func(item, error) bool) {
		for p, err := range seq {
			if err == nil {
				err = store.AdmitPacked(r, &p)
			}
			var in item
			if err == nil {
				in = packedItem(m.mem(), &p, r.Day)
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	})
	return total, err
}
