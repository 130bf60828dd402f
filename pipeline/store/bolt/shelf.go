package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// fillSorted is how full pages are packed when keys come in order.
const fillSorted = 0.9

// shelf holds the observations of one source in two trees: those whose key is
// their ИНН, and all others, whose ИНН (or that there is none) stands in the
// index. Seen from outside it is one tree. A key is in one of the two.
type shelf struct {
	source     string
	own, keyed *bbolt.Bucket // nil when nothing was ever written
	index      *bbolt.Bucket
}

// readShelf opens a shelf to read.
func readShelf(tx *bbolt.Tx, source string) shelf {
	name := []byte(source)
	return shelf{
		source: source, index: bucket(tx, bucketIndex),
		own: bucket(tx, bucketOwn).Bucket(name), keyed: bucket(tx, bucketKeyed).Bucket(name),
	}
}

// writeShelf opens a shelf to write.
func writeShelf(tx *bbolt.Tx, source string) (shelf, error) {
	own, err := bucket(tx, bucketOwn).CreateBucketIfNotExists([]byte(source))
	if err != nil {
		return shelf{}, err
	}
	keyed, err := bucket(tx, bucketKeyed).CreateBucketIfNotExists([]byte(source))
	if err != nil {
		return shelf{}, err
	}
	return shelf{source: source, own: own, keyed: keyed, index: bucket(tx, bucketIndex)}, nil
}

func (s shelf) get(key []byte) []byte {
	if s.own != nil {
		if v := s.own.Get(key); v != nil {
			return v
		}
	}
	if s.keyed != nil {
		return s.keyed.Get(key)
	}
	return nil
}

// put writes a record in the place of old, which is nil if there is none.
// Both must stay untouched until the transaction ends.
func (s shelf) put(key, old, record []byte) error {
	inn, err := innOf(record)
	if err != nil {
		return err
	}
	tree, other := s.keyed, s.own
	if string(inn) == string(key) {
		tree, other = s.own, s.keyed
	}
	if old != nil {
		was, err := innOf(old)
		if err != nil {
			return err
		}
		if was == inn {
			return tree.Put(key, record)
		}
		if err := other.Delete(key); err != nil {
			return err
		}
		if err := s.unindex(key, was); err != nil {
			return err
		}
	}
	if string(inn) != string(key) {
		if err := s.index.Put(s.indexKey(key, inn), nil); err != nil {
			return err
		}
	}
	return tree.Put(key, record)
}

// remove deletes a record; old is what stands there.
func (s shelf) remove(key, old []byte) error {
	was, err := innOf(old)
	if err != nil {
		return err
	}
	if string(was) == string(key) {
		return s.own.Delete(key)
	}
	if err := s.unindex(key, was); err != nil {
		return err
	}
	return s.keyed.Delete(key)
}

func (s shelf) unindex(key []byte, inn company.INN) error {
	if string(inn) == string(key) {
		return nil
	}
	return s.index.Delete(s.indexKey(key, inn))
}

func (s shelf) indexKey(key []byte, inn company.INN) []byte {
	return innKey(inn, store.ObservationID{Source: s.source, Key: string(key)})
}

// shelfCursor walks a shelf in the order of keys. It is void after a write.
type shelfCursor struct {
	sides [2]side
}

type side struct {
	cursor     *bbolt.Cursor
	key, value []byte
}

func (s shelf) cursor() *shelfCursor {
	return &shelfCursor{sides: [2]side{{cursor: s.own.Cursor()}, {cursor: s.keyed.Cursor()}}}
}

// seek goes to the first key that is not before the given one.
func (c *shelfCursor) seek(key []byte) {
	for i := range c.sides {
		s := &c.sides[i]
		s.key, s.value = s.cursor.Seek(key)
	}
}

// at returns the present entry, a nil key at the end.
func (c *shelfCursor) at() (key, value []byte) {
	s := c.least()
	return s.key, s.value
}

func (c *shelfCursor) next() {
	if s := c.least(); s.key != nil {
		s.key, s.value = s.cursor.Next()
	}
}

func (c *shelfCursor) least() *side {
	a, b := &c.sides[0], &c.sides[1]
	if a.key == nil || b.key != nil && bytes.Compare(b.key, a.key) < 0 {
		return b
	}
	return a
}
