package bolt

import (
	"bytes"
	"context"
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
