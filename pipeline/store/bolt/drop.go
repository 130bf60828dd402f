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
		rows, err := staleRows().read(tx)
		if err != nil {
			return err
		}
		owners, err := staleOwners().read(tx)
		if err != nil {
			return err
		}
		if err := kind.empty(tx); err != nil {
			return err
		}
		// None of them must come back to what it was.
		return errors.Join(
			staleRows().write(tx, rows.anew()), staleOwners().write(tx, owners.anew()),
			bucket(tx, bucketMeta).Put([]byte(metaGeneration), sequenceKey(generation+1)),
		)
	})
	if err == nil {
		err = s.applyDecisions(ctx)
	}
	if err != nil {
		return fmt.Errorf("drop the registry: %w", err)
	}
	return nil
}
