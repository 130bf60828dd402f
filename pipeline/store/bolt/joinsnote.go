package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// beginJoins takes the note of the joins away and notes that they are being
// replaced: a decision takes that away again, so that endJoins knows.
func beginJoins(tx *bbolt.Tx) error {
	meta := bucket(tx, bucketMeta)
	return errors.Join(meta.Delete([]byte(metaJoinsNote)), meta.Put([]byte(metaJoinsRun), nil))
}

// endJoins sets the note unless someone decided meanwhile.
func (s *Store) endJoins(ctx context.Context, note []byte) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		meta := bucket(tx, bucketMeta)
		if !hasKey(meta, []byte(metaJoinsRun)) {
			return errNothing
		}
		if err := meta.Delete([]byte(metaJoinsRun)); err != nil || note == nil {
			return err
		}
		return meta.Put([]byte(metaJoinsNote), bytes.Clone(note))
	})
	if err != nil && !errors.Is(err, errNothing) {
		return fmt.Errorf("set the note of joins: %w", err)
	}
	return nil
}

func (s *Store) dropJoinsNote(ctx context.Context) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		meta := bucket(tx, bucketMeta)
		if !hasKey(meta, []byte(metaJoinsNote)) && !hasKey(meta, []byte(metaJoinsRun)) {
			return errNothing
		}
		return errors.Join(meta.Delete([]byte(metaJoinsNote)), meta.Delete([]byte(metaJoinsRun)))
	})
	if err != nil && !errors.Is(err, errNothing) {
		return fmt.Errorf("drop the note of joins: %w", err)
	}
	return nil
}

// JoinsNote implements store.Joins.
func (s *Store) JoinsNote(ctx context.Context) ([]byte, error) {
	var out []byte
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		out = bytes.Clone(bucket(tx, bucketMeta).Get([]byte(metaJoinsNote)))
		return nil
	})
	return out, err
}
