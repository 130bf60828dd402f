package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

func stopKey(kind store.StopKind, value, reason string) []byte {
	return []byte(string(kind) + "\x00" + value + "\x00" + reason)
}

// AddStops implements store.Stops.
func (s *Store) AddStops(ctx context.Context, stops []store.Stop) (int, error) {
	added := 0
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketStops)
		for _, stop := range stops {
			key := stopKey(stop.Kind, stop.Value, stop.Reason)
			if b.Get(key) != nil {
				continue
			}
			if err := putJSON(b, key, stop); err != nil {
				return err
			}
			added++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("add stops: %w", err)
	}
	return added, nil
}

// RemoveStop implements store.Stops.
func (s *Store) RemoveStop(ctx context.Context, kind store.StopKind, value, reason string) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketStops)
		keys := [][]byte{stopKey(kind, value, reason)}
		if reason == "" {
			keys = keysUnder(b, stopKey(kind, value, ""))
		}
		if len(keys) == 0 || b.Get(keys[0]) == nil {
			return store.ErrNotFound
		}
		for _, key := range keys {
			if err := b.Delete(key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("remove stop %s %q: %w", kind, value, err)
	}
	return nil
}

// keysUnder copies the keys that begin with a prefix.
func keysUnder(b *bbolt.Bucket, prefix []byte) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// StopList implements store.Stops.
func (s *Store) StopList(ctx context.Context) ([]store.Stop, error) {
	var out []store.Stop
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketStops).ForEach(func(k, v []byte) error {
			var stop store.Stop
			if err := json.Unmarshal(v, &stop); err != nil {
				return fmt.Errorf("stop %q: %w: %w", k, errRecord, err)
			}
			out = append(out, stop)
			return nil
		})
	})
	return out, err
}
