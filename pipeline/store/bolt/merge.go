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

// item is one entry on its way into a tree. Its bytes must stay untouched until
// its transaction has ended; what follows the content is for observations only.
type item struct {
	key     string
	content []byte
	stored  []byte // the content with the stamp of a new one
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
	// finish writes what was put off, and tells whether anything was written.
	finish() (wrote bool, err error)
}

// errNothing rolls a transaction back that has nothing to write, which saves
// the syncs of a commit.
var errNothing = errors.New("nothing to write")

// merge makes a tree hold exactly the items of a rising sequence, in a run of
// bounded transactions. What the sequence lacks is noted in a bucket of its
// own as it is found, and removed only after the sequence has ended well; so
// memory stays bounded, and a run that was killed and is repeated finds the
// same missing again.
type merge struct {
	db    *database
	name  string                   // of the tree, unique in the file
	batch int                      // entries looked at in one transaction
	whole bool                     // what the sequence lacks goes
	begin func(tx *bbolt.Tx) error // in the first transaction; may be errNothing
	end   func(tx *bbolt.Tx) error // in the last one, after the sequence has ended well
	open  func(tx *bbolt.Tx) (tree, error)
	done  func(t tree) // after each transaction; may be nil
	mem   arena        // of the items that wait

	items []item
	bytes int
	from  []byte // the first key not yet looked at
	found findings
}

// run merges the sequence.
func (m *merge) run(ctx context.Context, seq iter.Seq2[item, error]) error {
	if err := m.prepare(ctx); err != nil {
		return err
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
	for left := m.items; len(left) > 0 || toEnd; {
		err := m.transact(ctx, func(tx *bbolt.Tx, t tree) error {
			m.look(t, left, toEnd)
			return m.note(tx)
		})
		if err != nil {
			return fmt.Errorf("replace %s: %w", m.name, err)
		}
		m.from = m.found.from
		left = left[m.found.taken:]
		toEnd = toEnd && m.found.more
	}
	m.items, m.bytes = m.items[:0], 0
	m.mem.reset()
	return nil
}

// transact opens the tree, runs fn, which fills the findings, and writes them.
func (m *merge) transact(ctx context.Context, fn func(tx *bbolt.Tx, t tree) error) error {
	var t tree
	err := m.db.bulk(ctx, func(tx *bbolt.Tx) error {
		var err error
		if t, err = m.open(tx); err != nil {
			return err
		}
		m.found.clear()
		if err := fn(tx, t); err != nil {
			return err
		}
		return m.apply(t)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return err
	}
	if m.done != nil {
		m.done(t)
	}
	return nil
}

// findings of one look.
type findings struct {
	pairs   []pair
	missing [][]byte
	taken   int    // items that are done
	from    []byte // where to look next
	more    bool   // there is more to look at
	noted   bool   // something was written beside the tree
}

type pair struct {
	item item
	old  []byte
	has  bool
}

func (f *findings) clear() {
	*f = findings{pairs: f.pairs[:0], missing: f.missing[:0]}
}

// look compares items with what is stored, at most a batch.
func (m *merge) look(t tree, items []item, toEnd bool) {
	f := &m.found
	f.from = m.from
	t.seek(m.from)
	for steps := 0; ; steps++ {
		key, value := t.at()
		last := len(items) == f.taken
		switch {
		case last && (!toEnd || key == nil):
			return
		case steps == m.batch:
			f.more = true
			return
		case last || key != nil && string(key) < items[f.taken].key:
			if !m.whole {
				t.seek([]byte(items[f.taken].key))
				continue
			}
			f.missing = append(f.missing, key)
			f.from = append(append(f.from[:0:0], key...), 0)
			t.next()
			continue
		}
		p := pair{item: items[f.taken]}
		if key != nil && string(key) == p.item.key {
			p.old, p.has = value, true
			t.next()
		}
		f.pairs = append(f.pairs, p)
		f.taken++
		if f.taken == len(items) || steps+1 == m.batch {
			f.from = append([]byte(p.item.key), 0)
		}
	}
}

// note writes down what the sequence lacks.
func (m *merge) note(tx *bbolt.Tx) error {
	if len(m.found.missing) == 0 {
		return nil
	}
	m.found.noted = true
	b, err := bucket(tx, bucketMissing).CreateBucketIfNotExists([]byte(m.name))
	if err != nil {
		return err
	}
	b.FillPercent = fillSorted
	for _, key := range m.found.missing {
		if err := b.Put(key, nil); err != nil {
			return err
		}
	}
	return nil
}

// apply writes the pairs that were found.
func (m *merge) apply(t tree) error {
	pairs := m.found.pairs
	if n := len(pairs); n > 0 {
		t.expect(pairs[0].item.key, pairs[n-1].item.key)
	}
	for i := range pairs {
		if err := t.write(pairs[i].item, pairs[i].old, pairs[i].has); err != nil {
			return err
		}
	}
	wrote, err := t.finish()
	if err == nil && !wrote && !m.found.noted {
		return errNothing
	}
	return err
}

// removeMissing removes what was noted, and then the note.
func (m *merge) removeMissing(ctx context.Context) error {
	for more := true; more; {
		err := m.transact(ctx, func(tx *bbolt.Tx, t tree) error {
			b := bucket(tx, bucketMissing).Bucket([]byte(m.name))
			if b == nil {
				more = false
				return nil
			}
			keys := firstKeys(b, m.batch)
			more = len(keys) == m.batch
			m.found.noted = true
			return removeKeys(t, b, keys)
		})
		if err != nil {
			return fmt.Errorf("remove what %s lacks: %w", m.name, err)
		}
	}
	return m.conclude(ctx)
}

func removeKeys(t tree, missing *bbolt.Bucket, keys [][]byte) error {
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
	return nil
}

// prepare begins with nothing missing.
func (m *merge) prepare(ctx context.Context) error {
	err := m.db.update(ctx, func(tx *bbolt.Tx) error {
		err := m.begin(tx)
		if err != nil && !errors.Is(err, errNothing) || bucket(tx, bucketMissing).Bucket([]byte(m.name)) == nil {
			return err
		}
		return dropBucket(bucket(tx, bucketMissing), m.name)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return fmt.Errorf("replace %s: %w", m.name, err)
	}
	return nil
}

// conclude is an update, so that the list of free pages is written, too.
func (m *merge) conclude(ctx context.Context) error {
	err := m.db.update(ctx, func(tx *bbolt.Tx) error {
		if err := dropBucket(bucket(tx, bucketMissing), m.name); err != nil {
			return err
		}
		return m.end(tx)
	})
	if err != nil {
		return fmt.Errorf("replace %s: %w", m.name, err)
	}
	return nil
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
