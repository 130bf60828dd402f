package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Events implements store.Events.
func (s *Store) Events(ctx context.Context, since company.Date, after store.Event, limit int) ([]store.Event, error) {
	var out []store.Event
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		if since == math.MaxInt32 {
			return nil // no day comes after it
		}
		from := dayKey(since + 1)
		if k := successor(eventKey(after.Day, after.ID)); after.ID != (store.ObservationID{}) && bytes.Compare(from, k) < 0 {
			from = k
		}
		c := bucket(tx, bucketEvents).Cursor()
		for k, v := c.Seek(from); k != nil && len(out) < limit; k, v = c.Next() {
			e, err := decodeEvent(k, v)
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// Since implements store.Events.
func (s *Store) Since(ctx context.Context) (company.Date, error) {
	var out company.Date
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		var err error
		out, err = readSince(tx)
		return err
	})
	return out, err
}

func readSince(tx *bbolt.Tx) (company.Date, error) {
	b := bucket(tx, bucketMeta).Get([]byte(metaSince))
	if b == nil {
		return 0, nil
	}
	day, _, err := splitDay(b)
	return day, err
}

// noteSince notes the day of a write of observations.
func noteSince(tx *bbolt.Tx, day company.Date) error {
	since, err := readSince(tx)
	if err != nil || day == 0 || since != 0 && since <= day {
		return err
	}
	return bucket(tx, bucketMeta).Put([]byte(metaSince), dayKey(day))
}

// DropEvents implements store.Events.
func (s *Store) DropEvents(ctx context.Context, before company.Date) error {
	for more := true; more; {
		err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
			var keys [][]byte
			b, end := bucket(tx, bucketEvents), dayKey(before)
			c := b.Cursor()
			for k, _ := c.First(); k != nil && bytes.Compare(k, end) < 0 && len(keys) < s.batch; k, _ = c.Next() {
				keys = append(keys, bytes.Clone(k))
			}
			more = len(keys) == s.batch
			if len(keys) == 0 {
				return errNothing
			}
			return deleteKeys(b, keys)
		})
		if err != nil && !errors.Is(err, errNothing) {
			return fmt.Errorf("drop events before %v: %w", before, err)
		}
	}
	return nil
}

// EraseEvents implements store.Events. As to what it leaves in the file see
// EraseMemories.
func (s *Store) EraseEvents(ctx context.Context, source string) error {
	for from := []byte{}; from != nil; {
		err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
			var keys [][]byte
			b := bucket(tx, bucketEvents)
			c := b.Cursor()
			k, _ := c.Seek(from)
			for ; k != nil && len(keys) < s.batch; k, _ = c.Next() {
				_, id, err := splitEventKey(k)
				if err != nil {
					return err
				}
				if id.Source == source {
					keys = append(keys, bytes.Clone(k))
				}
			}
			from = bytes.Clone(k)
			if len(keys) == 0 {
				return errNothing
			}
			return deleteKeys(b, keys)
		})
		if err != nil && !errors.Is(err, errNothing) {
			return fmt.Errorf("erase events of source %q: %w", source, err)
		}
	}
	return nil
}

func deleteKeys(b *bbolt.Bucket, keys [][]byte) error {
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
