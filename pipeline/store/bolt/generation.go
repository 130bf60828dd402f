package bolt

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Generation implements store.Observations.
func (s *Store) Generation(ctx context.Context) (uint64, error) {
	var out uint64
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		var err error
		out, err = readGeneration(tx)
		return err
	})
	return out, err
}

func readGeneration(tx *bbolt.Tx) (uint64, error) {
	b := bucket(tx, bucketMeta).Get([]byte(metaGeneration))
	switch len(b) {
	case 0:
		return 0, nil
	case 8:
		return binary.BigEndian.Uint64(b), nil
	}
	return 0, fmt.Errorf("generation: %w", errRecord)
}

func raiseGeneration(tx *bbolt.Tx) error {
	n, err := readGeneration(tx)
	if err != nil {
		return err
	}
	return bucket(tx, bucketMeta).Put([]byte(metaGeneration), sequenceKey(n+1))
}
