package bolt

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// IndexState implements store.Index.
func (s *Store) IndexState(ctx context.Context) (store.IndexState, error) {
	var out store.IndexState
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		state, err := staleOwners().read(tx)
		out = store.IndexState{Tag: string(bucket(tx, bucketMeta).Get([]byte(metaIndexTag))), All: state.all, Mark: state.mark}
		return err
	})
	return out, err
}

// StaleOwners implements store.Index.
func (s *Store) StaleOwners(ctx context.Context, after store.Owner, limit int) ([]store.Owner, error) {
	var from []byte
	if after != (store.Owner{}) {
		from = successor(appendStaleKey(nil, after))
	}
	var out []store.Owner
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketStaleOwners).Cursor()
		for k, _ := c.Seek(from); k != nil && len(out) < limit; k, _ = c.Next() {
			o, err := readStaleKey(k)
			if err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}

// Touch implements store.Index.
func (s *Store) Touch(ctx context.Context, owners []store.Owner) error {
	if err := checkOwners(owners); err != nil {
		return fmt.Errorf("touch: %w", err)
	}
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		n, err := newNoter(tx, staleOwners())
		if err != nil {
			return err
		}
		var room []byte
		for _, o := range owners {
			room = appendStaleKey(room[:0], o)
			n.add(room)
		}
		return n.finish()
	})
	if err != nil {
		return fmt.Errorf("touch owners of tokens: %w", err)
	}
	return nil
}

func checkOwners(owners []store.Owner) error {
	for _, o := range owners {
		if err := o.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Settle implements store.Index.
func (s *Store) Settle(ctx context.Context, mark uint64) error {
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error { return staleOwners().freshen(tx, mark) })
	if err != nil {
		return fmt.Errorf("settle owners of tokens: %w", err)
	}
	return nil
}
