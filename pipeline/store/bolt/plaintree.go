package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// plainTree is a bucket to merge into. It implements tree.
type plainTree struct {
	side

	bucket *bbolt.Bucket
	wrote  bool
	room   []byte // for a key: bbolt copies it
}

func newPlainTree(b *bbolt.Bucket) plainTree {
	b.FillPercent = fillSorted
	return plainTree{bucket: b, side: side{cursor: b.Cursor()}}
}

func (t *plainTree) seek(key []byte) { t.key, t.value = t.cursor.Seek(key) }

func (t *plainTree) next() {
	if t.key != nil {
		t.key, t.value = t.cursor.Next()
	}
}

func (t *plainTree) at() (key, value []byte) { return t.key, t.value }

func (t *plainTree) find(key []byte) ([]byte, bool) {
	k, v := t.bucket.Cursor().Seek(key)
	return v, k != nil && bytes.Equal(k, key)
}

func (t *plainTree) expect(_, _ string) {}

func (t *plainTree) write(in item, old []byte, has bool) error {
	if has && bytes.Equal(old, in.content) {
		return nil
	}
	t.wrote = true
	t.room = append(t.room[:0], in.key...)
	return t.bucket.Put(t.room, in.content)
}

func (t *plainTree) remove(key, _ []byte) error {
	t.wrote = true
	return t.bucket.Delete(key)
}

func (t *plainTree) finish() (wrote bool, err error) { return t.wrote, nil }
