package bolt

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"
)

// DropRegistry removes all that can be pulled and computed again; the state
// stays. Joins that people confirmed come back at once. The file keeps its
// size until Compact.
func (s *Store) DropRegistry(ctx context.Context) error {
	kind := registryFile()
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		for _, name := range kind.buckets {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return kind.create(tx)
	})
	if err == nil {
		err = s.applyDecisions(ctx)
	}
	if err != nil {
		return fmt.Errorf("drop the registry: %w", err)
	}
	return nil
}
