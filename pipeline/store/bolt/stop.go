package bolt

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

func stopKey(kind store.StopKind, value string) []byte {
	return []byte(string(kind) + "\x00" + value)
}

// AddStops implements store.Stops.
func (s *Store) AddStops(ctx context.Context, stops []store.Stop) (int, error) {
	added := 0
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketStops)
		for _, stop := range stops {
			key := stopKey(stop.Kind, stop.Value)
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
func (s *Store) RemoveStop(ctx context.Context, kind store.StopKind, value string) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b, key := bucket(tx, bucketStops), stopKey(kind, value)
		if b.Get(key) == nil {
			return store.ErrNotFound
		}
		return b.Delete(key)
	})
	if err != nil {
		return fmt.Errorf("remove stop %s %q: %w", kind, value, err)
	}
	return nil
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
