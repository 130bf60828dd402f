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
			fresh, err := putStop(b, stop)
			if err != nil {
				return err
			}
			if fresh {
				added++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("add stops: %w", err)
	}
	return added, nil
}

// putStop writes an entry where none stands, or a later one.
func putStop(b *bbolt.Bucket, stop store.Stop) (fresh bool, err error) {
	key := stopKey(stop.Kind, stop.Value, stop.Reason)
	was := b.Get(key)
	if was != nil {
		stands, err := decodeStop(key, was)
		if err != nil || !stop.Earlier(&stands) {
			return false, err
		}
	}
	return was == nil, putJSON(b, key, stop)
}

func decodeStop(key, value []byte) (stop store.Stop, err error) {
	if err := json.Unmarshal(value, &stop); err != nil {
		return stop, fmt.Errorf("stop %q: %w: %w", key, errRecord, err)
	}
	return stop, nil
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
			stop, err := decodeStop(k, v)
			out = append(out, stop)
			return err
		})
	})
	return out, err
}
