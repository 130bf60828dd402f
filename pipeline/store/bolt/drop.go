package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// DropRegistry implements store.Registry in one transaction, and one more for the
// joins that people confirmed, which Open would bring back, too. The file keeps
// its size until Compact.
func (s *Store) DropRegistry(ctx context.Context, keep []string) error {
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
		if err := spared(keep).dropOthers(tx); err != nil {
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

// spared are the sources that a drop of the registry keeps.
type spared []string

func (k spared) has(source []byte) bool { return slices.Contains(k, string(source)) }

// dropOthers empties the registry but for what came from these sources.
func (k spared) dropOthers(tx *bbolt.Tx) error {
	names, err := topBuckets(tx)
	if err != nil {
		return err
	}
	for _, name := range names {
		switch string(name) {
		case bucketOwn, bucketKeyed, bucketAnnexes, bucketRejects, bucketVisits, bucketFirsts, bucketPulls:
			err = removeEntries(tx.Bucket(name), func(source []byte) bool { return !k.has(source) })
		case bucketClaims:
			err = removeEntries(tx.Bucket(name), func(key []byte) bool {
				_, source, err := splitDay(key)
				return err != nil || !k.has(source)
			})
		default:
			err = tx.DeleteBucket(name)
		}
		if err != nil {
			return err
		}
	}
	if err := registryFile().create(tx); err != nil {
		return err
	}
	return k.index(tx)
}

// index makes the index anew of the observations that were kept.
func (k spared) index(tx *bbolt.Tx) error {
	index, keyed := bucket(tx, bucketIndex), bucket(tx, bucketKeyed)
	for _, source := range k {
		tree := keyed.Bucket([]byte(source))
		if tree == nil {
			continue
		}
		err := tree.ForEach(func(key, record []byte) error {
			inn, err := innOf(record)
			if err != nil {
				return err
			}
			return index.Put(innKey(company.INN(inn), store.ObservationID{Source: source, Key: string(key)}), nil)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// removeEntries removes keys and nested buckets.
func removeEntries(b *bbolt.Bucket, which func(key []byte) bool) error {
	var keys, nested [][]byte
	err := b.ForEach(func(key, value []byte) error {
		switch {
		case !which(key):
		case value == nil:
			nested = append(nested, bytes.Clone(key))
		default:
			keys = append(keys, bytes.Clone(key))
		}
		return nil
	})
	for _, name := range nested {
		err = errors.Join(err, b.DeleteBucket(name))
	}
	return errors.Join(err, deleteKeys(b, keys))
}
