package bolt

import (
	"bytes"
	"context"

	"go.etcd.io/bbolt"
)

// The names of the trees that are merged into.
const (
	joinsTree = "joins"
	rowsTree  = "score rows"
)

func sourceTree(source string) string { return "source " + source }

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
			return err
		}
	}
	return nil
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
