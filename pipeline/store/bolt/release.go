package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Release implements store.Visits.
func (s *Store) Release(ctx context.Context, source string, day company.Date, before []store.Visit) (int, error) {
	released := 0
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketVisits).Bucket([]byte(source))
		if b == nil || source == "" {
			return errNothing
		}
		for _, v := range before {
			gave, err := giveBack(b, source, day, v)
			if err != nil {
				return err
			}
			if gave {
				released++
			}
		}
		if released == 0 {
			return errNothing
		}
		return unspend(tx, source, day, released)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return 0, fmt.Errorf("release visits of source %q: %w", source, err)
	}
	return released, nil
}

// giveBack tells whether the visit was one of the day.
func giveBack(b *bbolt.Bucket, source string, day company.Date, v store.Visit) (bool, error) {
	if v.ID == "" {
		return false, nil
	}
	now, has, err := getVisit(b, source, v.ID)
	if err != nil || !has || now.Day != day || v.Day == day {
		return false, err
	}
	old, was := v.Unclaimed(append([]byte(nil), now.Memory...))
	if !was {
		return true, b.Delete([]byte(v.ID))
	}
	return true, b.Put([]byte(v.ID), appendVisit(nil, &old))
}

// unspend takes claims of a day back, as far as they are still counted.
func unspend(tx *bbolt.Tx, source string, day company.Date, released int) error {
	before, err := spent(tx, source, day)
	if err != nil {
		return err
	}
	key, left := claimKey(source, day), before-min(before, uint64(released))
	if left == 0 {
		return bucket(tx, bucketClaims).Delete(key)
	}
	return bucket(tx, bucketClaims).Put(key, sequenceKey(left))
}
