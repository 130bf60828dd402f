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

// mergeBytes ends a batch early when its entries are large.
const mergeBytes = 8 << 20

// item is one entry on its way into a tree. Its content must stay untouched
// until its transaction has ended; the rest is only used for observations.
type item struct {
	key     string
	content []byte
	inn     company.INN
	date    company.Date
	origin  string
}

// tree is what a merge writes to, in one transaction. Its cursor is void after
// a write, so the merge first looks and then writes.
type tree interface {
	seek(key []byte)
	next()
	at() (key, value []byte)

	// expect tells the least and the greatest key that will be written.
	expect(least, greatest string)
	// write puts an item where old stands (has) or nothing does.
	write(in item, old []byte, has bool) error
	// remove deletes what stands at key.
	remove(key, old []byte) error
	// find returns what stands at key.
	find(key []byte) (old []byte, has bool)
	// finish writes what was put off.
	finish() error
}

// merge makes a tree hold exactly the items of a rising sequence, in a run of
// bounded transactions. What the sequence lacks is noted in a bucket of its
// own as it is found, and removed only after the sequence has ended well; so
// memory stays bounded, and a run that was killed and is repeated finds the
// same missing again.
type merge struct {
	db    *database
	name  string // of the tree, unique in the file
	batch int    // entries looked at in one transaction
	whole bool   // what the sequence lacks goes
	open  func(tx *bbolt.Tx) (tree, error)

	items []item
	bytes int
	from  []byte // the first key not yet looked at
}

// run merges the sequence.
func (m *merge) run(ctx context.Context, seq iter.Seq2[item, error]) error {
	if err := m.db.update(ctx, func(tx *bbolt.Tx) error { return dropBucket(bucket(tx, bucketMissing), m.name) }); err != nil {
		return fmt.Errorf("begin to replace %s: %w", m.name, err)
	}
	last := ""
	for in, err := range seq {
		if err == nil && in.key <= last {
			err = fmt.Errorf("key %q after %q: %w", in.key, last, store.ErrOrder)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("replace %s: %w", m.name, err), m.flush(ctx, false))
		}
		last = in.key
		m.items = append(m.items, in)
		if m.bytes += len(in.content); len(m.items) >= m.batch || m.bytes >= mergeBytes {
			if err := m.flush(ctx, false); err != nil {
				return err
			}
		}
	}
	if err := m.flush(ctx, m.whole); err != nil {
		return err
	}
	return m.removeMissing(ctx)
}

// flush writes the waiting items; toEnd also looks at all that is stored
// after them.
func (m *merge) flush(ctx context.Context, toEnd bool) error {
	for len(m.items) > 0 || toEnd {
		var taken int
		var more bool
		from := m.from
		err := m.db.bulk(ctx, func(tx *bbolt.Tx) error {
			t, err := m.open(tx)
			if err != nil {
				return err
			}
			found := m.look(t, toEnd)
			taken, more, from = found.taken, found.more, found.from
			return m.apply(tx, t, found)
		})
		if err != nil {
			return fmt.Errorf("replace %s: %w", m.name, err)
		}
		m.from = from
		m.items = m.items[taken:]
		toEnd = toEnd && more
	}
	m.items, m.bytes = m.items[:0], 0
	return nil
}

// look compares the waiting items with what is stored, at most a batch.
func (m *merge) look(t tree, toEnd bool) (f findings) {
	f.from = m.from
	t.seek(m.from)
	for steps := 0; ; steps++ {
		key, value := t.at()
		switch {
		case len(m.items) == f.taken && (!toEnd || key == nil):
			return f
		case steps == m.batch:
			f.more = true
			return f
		case len(m.items) == f.taken || key != nil && string(key) < m.items[f.taken].key:
			if m.whole {
				f.missing = append(f.missing, key)
				f.from = successor(key)
				t.next()
			} else {
				t.seek([]byte(m.items[f.taken].key))
			}
			continue
		}
		in := m.items[f.taken]
		p := pair{item: in}
		if key != nil && string(key) == in.key {
			p.old, p.has = value, true
			t.next()
		}
		f.pairs = append(f.pairs, p)
		f.from = successor([]byte(in.key))
		f.taken++
	}
}

// findings of one look.
type findings struct {
	pairs   []pair
	missing [][]byte
	taken   int    // items that are done
	from    []byte // where to look next
	more    bool   // there is more to look at
}

type pair struct {
	item item
	old  []byte
	has  bool
}

func (m *merge) apply(tx *bbolt.Tx, t tree, f findings) error {
	if len(f.missing) > 0 {
		b, err := bucket(tx, bucketMissing).CreateBucketIfNotExists([]byte(m.name))
		if err != nil {
			return err
		}
		b.FillPercent = fillSorted
		for _, key := range f.missing {
			if err := b.Put(bytes.Clone(key), nil); err != nil {
				return err
			}
		}
	}
	if n := len(f.pairs); n > 0 {
		t.expect(f.pairs[0].item.key, f.pairs[n-1].item.key)
	}
	for _, p := range f.pairs {
		if err := t.write(p.item, p.old, p.has); err != nil {
			return err
		}
	}
	return t.finish()
}

// removeMissing removes what was noted, and then the note.
func (m *merge) removeMissing(ctx context.Context) error {
	for more := true; more; {
		err := m.db.bulk(ctx, func(tx *bbolt.Tx) error {
			b := bucket(tx, bucketMissing).Bucket([]byte(m.name))
			if b == nil {
				more = false
				return nil
			}
			keys := firstKeys(b, m.batch)
			more = len(keys) == m.batch
			return m.removeKeys(tx, b, keys)
		})
		if err != nil {
			return fmt.Errorf("remove what %s lacks: %w", m.name, err)
		}
	}
	// An update, so that the list of free pages is written again.
	return m.db.update(ctx, func(tx *bbolt.Tx) error { return dropBucket(bucket(tx, bucketMissing), m.name) })
}

func (m *merge) removeKeys(tx *bbolt.Tx, missing *bbolt.Bucket, keys [][]byte) error {
	t, err := m.open(tx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if old, has := t.find(key); has {
			if err := t.remove(key, old); err != nil {
				return err
			}
		}
		if err := missing.Delete(key); err != nil {
			return err
		}
	}
	return t.finish()
}

// firstKeys copies up to n keys.
func firstKeys(b *bbolt.Bucket, n int) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.First(); k != nil && len(keys) < n; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// dropBucket deletes a nested bucket if it is there.
func dropBucket(parent *bbolt.Bucket, name string) error {
	if parent.Bucket([]byte(name)) == nil {
		return nil
	}
	return parent.DeleteBucket([]byte(name))
}
