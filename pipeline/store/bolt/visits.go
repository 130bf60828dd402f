package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// Visits implements store.Visits.
func (s *Store) Visits(ctx context.Context, after store.ObservationID, limit int) ([]store.Visit, error) {
	var out []store.Visit
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		visits := bucket(tx, bucketVisits)
		sources := visits.Cursor()
		for source, _ := sources.Seek([]byte(after.Source)); source != nil && len(out) < limit; source, _ = sources.Next() {
			from := successor(nil)
			if string(source) == after.Source {
				from = successor([]byte(after.Key))
			}
			c := visits.Bucket(source).Cursor()
			for id, stored := c.Seek(from); id != nil && len(out) < limit; id, stored = c.Next() {
				v, err := decodeVisit(string(source), string(id), stored)
				if err != nil {
					return err
				}
				v.Memory = append([]byte(nil), v.Memory...)
				out = append(out, v)
			}
		}
		return nil
	})
	return out, err
}

// EraseMemories implements store.Visits. Pages that held them are free and are
// written over sooner or later; Compact leaves nothing of them.
func (s *Store) EraseMemories(ctx context.Context, source string, ids []string) (int, error) {
	erased := 0
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketVisits).Bucket([]byte(source))
		for _, id := range ids {
			if b == nil {
				break
			}
			stored := b.Get([]byte(id))
			if len(stored) <= visitSize {
				continue
			}
			if err := b.Put([]byte(id), bytes.Clone(stored[:visitSize])); err != nil {
				return err
			}
			erased++
		}
		if erased == 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return 0, fmt.Errorf("erase what visits of source %q remember: %w", source, err)
	}
	return erased, nil
}

func checkVisits(tx *bbolt.Tx) error {
	visits := bucket(tx, bucketVisits)
	err := visits.ForEachBucket(func(source []byte) error {
		return visits.Bucket(source).ForEach(func(id, stored []byte) error {
			_, err := decodeVisit(string(source), string(id), stored)
			return err
		})
	})
	return errors.Join(err, bucket(tx, bucketClaims).ForEach(func(key, _ []byte) error {
		day, source, err := splitDay(key)
		if err != nil {
			return err
		}
		_, err = spent(tx, string(source), day)
		return err
	}))
}
