package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// carriers tell whether an observation that stands in no annex carries an ИНН.
// The ИНН that are asked for must rise, and nothing may be written meanwhile
// to the trees of observations.
type carriers struct {
	own    []side
	index  side
	prefix []byte
}

func newCarriers(tx *bbolt.Tx) (*carriers, error) {
	c := &carriers{index: side{cursor: bucket(tx, bucketIndex).Cursor()}}
	own := bucket(tx, bucketOwn)
	err := own.ForEachBucket(func(name []byte) error {
		c.own = append(c.own, side{cursor: own.Bucket(name).Cursor()})
		return nil
	})
	return c, err
}

func (c *carriers) has(inn []byte) bool {
	for i := range c.own {
		if s := &c.own[i]; s.reaches(inn) {
			return true
		}
	}
	c.prefix = append(append(c.prefix[:0], inn...), 0)
	c.index.follow(c.prefix)
	return bytes.HasPrefix(c.index.key, c.prefix)
}

func (s *side) reaches(key []byte) bool {
	s.follow(key)
	return bytes.Equal(s.key, key)
}
