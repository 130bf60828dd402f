package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Check reads both files whole: bbolt's own consistency, every record, and
// that indexes and what they point to agree. It tells of at most a few faults.
func (s *Store) Check(ctx context.Context) error {
	return errors.Join(
		s.state.check(ctx),
		s.state.view(ctx, checkResults),
		s.state.view(ctx, checkAccounts),
		s.registry.check(ctx),
		s.registry.view(ctx, func(tx *bbolt.Tx) error {
			return errors.Join(checkShelves(tx), checkAnnexes(tx), checkJoins(tx), checkEvents(tx),
				staleRows().check(tx), staleOwners().check(tx), checkEntries(tx), checkVisits(tx), checkMeta(tx))
		}),
	)
}

func checkShelves(tx *bbolt.Tx) error {
	indexed := countKeys(bucket(tx, bucketIndex))
	err := errors.Join(
		checkRecords(bucket(tx, bucketOwn), func(id store.ObservationID, o *company.Observation) error {
			if string(o.INN) != id.Key {
				return fmt.Errorf("observation %v stands in the wrong tree", id)
			}
			return nil
		}),
		checkRecords(bucket(tx, bucketKeyed), func(id store.ObservationID, o *company.Observation) error {
			if string(o.INN) == id.Key {
				return fmt.Errorf("observation %v stands in the wrong tree", id)
			}
			indexed--
			if !hasKey(bucket(tx, bucketIndex), innKey(o.INN, id)) {
				return fmt.Errorf("observation %v is not in the index of %q", id, o.INN)
			}
			return nil
		}),
	)
	if err == nil && indexed != 0 {
		err = fmt.Errorf("the index has %d entries without an observation", indexed)
	}
	return err
}

func checkAnnexes(tx *bbolt.Tx) error {
	return checkRecords(bucket(tx, bucketAnnexes), func(id store.ObservationID, o *company.Observation) error {
		if string(o.INN) != id.Key {
			return fmt.Errorf("observation %v of an annex has the ИНН %q", id, o.INN)
		}
		if holds(bucket(tx, bucketOwn).Bucket([]byte(id.Source))) || holds(bucket(tx, bucketKeyed).Bucket([]byte(id.Source))) {
			return fmt.Errorf("source %q has observations of both kinds", id.Source)
		}
		return nil
	})
}

// checkRecords reads all records of the sources' trees.
func checkRecords(trees *bbolt.Bucket, check func(id store.ObservationID, o *company.Observation) error) error {
	return trees.ForEachBucket(func(source []byte) error {
		return trees.Bucket(source).ForEach(func(key, stored []byte) error {
			id := store.ObservationID{Source: string(source), Key: string(key)}
			o, err := decodeRecord(id, stored)
			if err != nil {
				return err
			}
			return check(id, &o)
		})
	})
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

func checkMeta(tx *bbolt.Tx) error {
	_, generation := readGeneration(tx)
	_, since := readSince(tx)
	return errors.Join(generation, since, bucket(tx, bucketFirsts).ForEach(func(source, _ []byte) error {
		_, err := readFirst(tx, string(source))
		return err
	}))
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
