package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// DropRegistry removes all that can be pulled and computed again; the state
// stays. Joins that people confirmed come back at once. The file keeps its
// size until Compact.
func (s *Store) DropRegistry(ctx context.Context) error {
	kind := registryFile()
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		generation, err := readGeneration(tx)
		if err != nil {
			return err
		}
		stale, err := readStaleState(tx)
		if err != nil {
			return err
		}
		if err := kind.empty(tx); err != nil {
			return err
		}
		// Both must not come back to what they were.
		anew := staleState{all: true, since: stale.mark + 1, mark: stale.mark + 1}
		return errors.Join(anew.write(tx), bucket(tx, bucketMeta).Put([]byte(metaGeneration), sequenceKey(generation+1)))
	})
	if err == nil {
		err = s.applyDecisions(ctx)
	}
	if err != nil {
		return fmt.Errorf("drop the registry: %w", err)
	}
	return nil
}
