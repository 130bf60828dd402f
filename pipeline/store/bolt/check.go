package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// Check reads both files whole: bbolt's own consistency, every record, and
// that indexes and what they point to agree. It tells of at most a few faults.
func (s *Store) Check(ctx context.Context) error {
	return errors.Join(
		s.state.check(ctx),
		s.registry.check(ctx),
		s.registry.view(ctx, func(tx *bbolt.Tx) error { return errors.Join(checkShelves(tx), checkJoins(tx), checkEvents(tx)) }),
	)
}

func checkShelves(tx *bbolt.Tx) error {
	indexed, err := countKeys(bucket(tx, bucketIndex)), error(nil)
	walk := func(trees string) func(source []byte) error {
		own := trees == bucketOwn
		return func(source []byte) error {
			return bucket(tx, trees).Bucket(source).ForEach(func(key, record []byte) error {
				id := store.ObservationID{Source: string(source), Key: string(key)}
				o, err := decodeRecord(id, record)
				if err != nil {
					return err
				}
				if own != (string(o.INN) == id.Key) {
					return fmt.Errorf("observation %v stands in the wrong tree", id)
				}
				if own {
					return nil
				}
				indexed--
				if !hasKey(bucket(tx, bucketIndex), innKey(o.INN, id)) {
					return fmt.Errorf("observation %v is not in the index of %q", id, o.INN)
				}
				return nil
			})
		}
	}
	err = errors.Join(bucket(tx, bucketOwn).ForEachBucket(walk(bucketOwn)), bucket(tx, bucketKeyed).ForEachBucket(walk(bucketKeyed)))
	if err == nil && indexed != 0 {
		err = fmt.Errorf("the index has %d entries without an observation", indexed)
	}
	return err
}

func checkJoins(tx *bbolt.Tx) error {
	indexed := countKeys(bucket(tx, bucketJoined))
	err := bucket(tx, bucketJoins).ForEach(func(k, v []byte) error {
		indexed--
		j, err := decodeJoin(k, v)
		if err == nil && !hasKey(bucket(tx, bucketJoined), innKey(j.INN, j.ID)) {
			err = fmt.Errorf("join of %v is not in the index of %q", j.ID, j.INN)
		}
		return err
	})
	if err == nil && indexed != 0 {
		err = fmt.Errorf("the index of joins has %d entries without a join", indexed)
	}
	return err
}

func checkEvents(tx *bbolt.Tx) error {
	return bucket(tx, bucketEvents).ForEach(func(k, v []byte) error {
		_, err := decodeEvent(k, v)
		return err
	})
}

func countKeys(b *bbolt.Bucket) (n int) {
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}

func hasKey(b *bbolt.Bucket, key []byte) bool {
	k, _ := b.Cursor().Seek(key)
	return bytes.Equal(k, key)
}
