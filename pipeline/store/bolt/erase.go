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

// eraseBatch is how many observations are erased in one transaction at most:
// each may touch pages all over the file, which stay in memory until then.
const eraseBatch = 200

// EraseObservations implements store.Erasure. What people decided goes first,
// since opening makes joins of it; all else of an observation goes in one
// transaction. As to what is left in the file see EraseMemories.
func (s *Store) EraseObservations(ctx context.Context, ids []store.ObservationID) error {
	if err := store.CheckIDs(ids); err != nil {
		return fmt.Errorf("erase observations: %w", err)
	}
	sorted := slices.Compact(slices.SortedFunc(slices.Values(ids), store.ObservationID.Compare))
	for batch := range slices.Chunk(sorted, min(s.batch, eraseBatch)) {
		if err := s.eraseSome(ctx, batch); err != nil {
			return fmt.Errorf("erase %d observations from %v on: %w", len(batch), batch[0], err)
		}
	}
	return nil
}

func (s *Store) eraseSome(ctx context.Context, ids []store.ObservationID) error {
	var alone []company.INN
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		var err error
		alone, err = carriedAlone(tx, ids)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.eraseDecisions(ctx, ids, alone); err != nil {
		return err
	}
	return s.registry.update(ctx, func(tx *bbolt.Tx) error {
		e, err := newEraser(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := e.erase(id); err != nil {
				return err
			}
		}
		return e.finish()
	})
}

// carriedAlone returns the ИНН that only these observations carry.
func carriedAlone(tx *bbolt.Tx, ids []store.ObservationID) ([]company.INN, error) {
	carried := map[company.INN]map[store.ObservationID]bool{}
	for _, id := range ids {
		record := newShelves(tx).record(id)
		if record == nil {
			continue
		}
		inn, err := innOf(record)
		if err != nil {
			return nil, err
		}
		if len(inn) > 0 {
			of := company.INN(inn)
			if carried[of] == nil {
				carried[of] = map[store.ObservationID]bool{}
			}
			carried[of][id] = true
		}
	}
	var out []company.INN
	for inn, by := range carried {
		others, err := carriedByOthers(tx, inn, by)
		if err != nil {
			return nil, err
		}
		if !others {
			out = append(out, inn)
		}
	}
	return out, nil
}

// carriedByOthers tells whether an observation that stands in no annex carries
// the ИНН, and is none of these.
func carriedByOthers(tx *bbolt.Tx, inn company.INN, but map[store.ObservationID]bool) (bool, error) {
	found, own := false, bucket(tx, bucketOwn)
	err := own.ForEachBucket(func(source []byte) error {
		id := store.ObservationID{Source: string(source), Key: string(inn)}
		found = found || !but[id] && own.Bucket(source).Get([]byte(inn)) != nil
		return nil
	})
	if err != nil || found {
		return found, err
	}
	prefix := innPrefix(inn)
	c := bucket(tx, bucketIndex).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		id, err := splitID(k[len(prefix):])
		if err != nil || !but[id] {
			return true, err
		}
	}
	return false, nil
}

// eraseDecisions removes those on these observations and about these ИНН.
func (s *Store) eraseDecisions(ctx context.Context, ids []store.ObservationID, inns []company.INN) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		var keys [][]byte
		b := bucket(tx, bucketDecisions)
		err := b.ForEach(func(k, _ []byte) error {
			end := bytes.LastIndexByte(k, 0)
			id, err := splitID(k[:max(end, 0)])
			if err != nil {
				return err
			}
			_, named := slices.BinarySearchFunc(ids, id, store.ObservationID.Compare)
			if named || slices.Contains(inns, company.INN(k[end+1:])) {
				keys = append(keys, bytes.Clone(k))
			}
			return nil
		})
		if err == nil && len(keys) == 0 {
			return errNothing
		}
		return errors.Join(err, deleteKeys(b, keys))
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}
