package bolt

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Commit implements store.Observations.
func (s *Store) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	items, err := sortedItems(c)
	if err != nil {
		return store.Delta{}, err
	}
	var delta store.Delta
	err = s.registry.update(ctx, func(tx *bbolt.Tx) error {
		w, err := newWriter(tx, c.Source, c.Day, &arena{}, false)
		if err != nil {
			return err
		}
		w.redate = true
		if err := writeBatch(w, items); err != nil {
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
	items := make([]item, 0, len(c.Batch.Observations))
	for i := range c.Batch.Observations {
		o := c.Batch.Observations[i]
		in, err := admit(&mem, c.Source, &o)
		if err != nil {
			return nil, err
		}
		items = append(items, in)
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
	for i := 1; i < len(items); i++ {
		if items[i].key == items[i-1].key {
			return nil, fmt.Errorf("source %q: key %q twice in one batch: %w", c.Source, items[i].key, store.ErrObservation)
		}
	}
	return items, nil
}

// admit checks an observation and encodes its content.
func admit(mem *arena, source string, o *company.Observation) (item, error) {
	if err := store.Admit(source, o); err != nil {
		return item{}, err
	}
	content, err := appendContent(mem.tail(), o)
	if err != nil {
		return item{}, fmt.Errorf("encode key %q of source %q: %w", o.Key, source, err)
	}
	return item{key: o.Key, content: mem.keep(content), inn: o.INN, date: o.Date, origin: o.Origin}, nil
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
func (s *Store) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[company.Observation, error]) (store.Delta, error) {
	var total store.Delta
	m := merge{
		db: s.registry, name: "source " + r.Source, batch: s.batch, whole: r.Release.Whole,
	}
	var mem arena
	m.open = func(tx *bbolt.Tx) (tree, error) {
		mem.reset()
		w, err := newWriter(tx, r.Source, r.Day, &mem, true)
		if err != nil {
			return nil, err
		}
		w.quiet, w.redate = r.Refiltered, !r.Release.Whole
		return w, nil
	}
	m.done = func(t tree) {
		if w, ok := t.(*writer); ok {
			total = total.Add(w.delta)
		}
	}
	err := m.run(ctx, func(yield func(item, error) bool) {
		for o, err := range seq {
			var in item
			if err == nil {
				in, err = admit(&m.mem, r.Source, &o)
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	})
	return total, err
}
