package bolt

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// fillSorted is how full pages are packed when keys come in order.
const fillSorted = 0.9

// shelf holds the observations of one source in two trees: those whose key is
// their ИНН, and all others, whose ИНН (or that there is none) stands in the
// index. Seen from outside it is one tree. A key is in one of the two.
//
// An annex has one tree, in the place of own, and no index: its keys are ИНН.
type shelf struct {
	source     string
	own, keyed *bbolt.Bucket // nil when nothing was ever written
	index      *bbolt.Bucket
	annex      bool
}

// readShelf opens a shelf to read.
func readShelf(tx *bbolt.Tx, source string) shelf {
	name := []byte(source)
	if annex := bucket(tx, bucketAnnexes).Bucket(name); holds(annex) {
		return shelf{source: source, own: annex, annex: true}
	}
	return shelf{
		source: source, index: bucket(tx, bucketIndex),
		own: bucket(tx, bucketOwn).Bucket(name), keyed: bucket(tx, bucketKeyed).Bucket(name),
	}
}

// writeShelf opens a shelf to write. A source that holds observations of the
// other kind is store.ErrKind.
func writeShelf(tx *bbolt.Tx, source string, annex bool) (shelf, error) {
	if s := readShelf(tx, source); s.annex != annex && s.holds() {
		return s, fmt.Errorf("source %q: %w", source, store.ErrKind)
	}
	if annex {
		tree, err := bucket(tx, bucketAnnexes).CreateBucketIfNotExists([]byte(source))
		return shelf{source: source, own: tree, annex: true}, err
	}
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

// holds tells whether anything stands in the shelf.
func (s shelf) holds() bool { return holds(s.own) || holds(s.keyed) }

func holds(tree *bbolt.Bucket) bool {
	if tree == nil {
		return false
	}
	key, _ := tree.Cursor().First()
	return key != nil
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
	own := bytes.Equal(inn, key)
	if old != nil {
		if err := s.move(key, old, inn, own); err != nil {
			return err
		}
	}
	if own {
		return s.own.Put(key, record)
	}
	if old == nil || !bytes.HasPrefix(old, record[:1+len(inn)]) {
		if err := s.index.Put(s.indexKey(key, inn), nil); err != nil {
			return err
		}
	}
	return s.keyed.Put(key, record)
}

// move takes away what stood for a record under another ИНН.
func (s shelf) move(key, old, inn []byte, own bool) error {
	was, err := innOf(old)
	if err != nil || bytes.Equal(was, inn) {
		return err
	}
	if bytes.Equal(was, key) {
		return s.own.Delete(key)
	}
	if err := s.index.Delete(s.indexKey(key, was)); err != nil || !own {
		return err
	}
	return s.keyed.Delete(key)
}

// remove deletes a record; old is what stands there.
func (s shelf) remove(key, old []byte) error {
	was, err := innOf(old)
	if err != nil {
		return err
	}
	if bytes.Equal(was, key) {
		return s.own.Delete(key)
	}
	if err := s.index.Delete(s.indexKey(key, was)); err != nil {
		return err
	}
	return s.keyed.Delete(key)
}

func (s shelf) indexKey(key, inn []byte) []byte {
	return innKey(company.INN(inn), store.ObservationID{Source: s.source, Key: string(key)})
}

// shelfCursor walks a shelf in the order of keys. It is void after a write.
type shelfCursor struct {
	sides []side // one or two
}

type side struct {
	cursor     *bbolt.Cursor
	key, value []byte
	begun      bool // by follow
}

func (s shelf) cursor() *shelfCursor {
	c := &shelfCursor{sides: []side{{cursor: s.own.Cursor()}}}
	if s.keyed != nil {
		c.sides = append(c.sides, side{cursor: s.keyed.Cursor()})
	}
	return c
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
	a, b := &c.sides[0], &c.sides[len(c.sides)-1]
	if a.key == nil || b.key != nil && bytes.Compare(b.key, a.key) < 0 {
		return b
	}
	return a
}

// steps is how often follow goes to the next key before it looks for one from
// the root: that is as dear as some ten of them.
const steps = 8

// follow goes to the first key that is not before the given one. Keys that are
// given must rise.
func (s *side) follow(key []byte) {
	if s.begun {
		for range steps {
			if s.key == nil || bytes.Compare(s.key, key) >= 0 {
				return
			}
			s.key, s.value = s.cursor.Next()
		}
	}
	s.begun = true
	s.key, s.value = s.cursor.Seek(key)
}
