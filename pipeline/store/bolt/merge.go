package bolt

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
)

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
	stream // its batch is also how many entries are looked at in one transaction

	db    *database
	name  string                   // of the tree, unique in the file
	whole bool                     // what the sequence lacks goes
	begin func(tx *bbolt.Tx) error // in the first transaction; may be errNothing
	end   func(tx *bbolt.Tx) error // in the last one, after the sequence has ended well
	open  func(tx *bbolt.Tx) (tree, error)
	done  func(t tree) // after each transaction; may be nil

	from  []byte // the first key not yet looked at
	found findings
}

// run merges the sequence. It is drained here; a goroutine beside it writes.
func (m *merge) run(ctx context.Context, seq iter.Seq2[item, error]) (err error) {
	if err := m.prepare(ctx); err != nil {
		return err
	}
	if err := m.write(seq, func(items []item) error { return m.flush(ctx, items, false) }); err != nil {
		return fmt.Errorf("replace %s: %w", m.name, err)
	}
	if m.whole {
		if err := m.flush(ctx, nil, true); err != nil {
			return fmt.Errorf("replace %s: %w", m.name, err)
		}
		if err := m.removeMissing(ctx); err != nil {
			return fmt.Errorf("remove what %s lacks: %w", m.name, err)
		}
	}
	return m.conclude(ctx)
}

// flush writes items; toEnd also looks at all that is stored after them.
func (m *merge) flush(ctx context.Context, items []item, toEnd bool) error {
	for len(items) > 0 || toEnd {
		err := m.transact(ctx, func(tx *bbolt.Tx, t tree) error {
			m.look(t, items, toEnd)
			return m.note(tx)
		})
		if err != nil {
			return err
		}
		m.from = m.found.from
		items = items[m.found.taken:]
		toEnd = toEnd && m.found.more
	}
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
