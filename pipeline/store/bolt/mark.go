package bolt

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func markKey(inn company.INN, kind store.MarkKind) []byte {
	return append(innPrefix(inn), kind...)
}

// PutMarks implements store.Marks.
func (s *Store) PutMarks(ctx context.Context, marks []store.Mark) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		for _, m := range marks {
			if err := store.AdmitMark(&m); err != nil {
				return err
			}
			if err := putJSON(bucket(tx, bucketMarks), markKey(m.INN, m.Kind), m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("put marks: %w", err)
	}
	return nil
}

// DropMark implements store.Marks.
func (s *Store) DropMark(ctx context.Context, inn company.INN, kind store.MarkKind) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b, key := bucket(tx, bucketMarks), markKey(inn, kind)
		if b.Get(key) == nil {
			return store.ErrNotFound
		}
		return b.Delete(key)
	})
	if err != nil {
		return fmt.Errorf("drop mark %q on %q: %w", kind, inn, err)
	}
	return nil
}

// Marks implements store.Marks.
func (s *Store) Marks(ctx context.Context) ([]store.Mark, error) {
	var out []store.Mark
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketMarks).ForEach(func(k, v []byte) error {
			m, err := decodeMark(k, v)
			out = append(out, m)
			return err
		})
	})
	return out, err
}

func decodeMark(key, value []byte) (store.Mark, error) {
	var m store.Mark
	if err := json.Unmarshal(value, &m); err != nil {
		return m, fmt.Errorf("mark %q: %w: %w", key, errRecord, err)
	}
	return m, nil
}
