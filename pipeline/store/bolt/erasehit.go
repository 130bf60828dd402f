package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
)

// entry is a key and what stands there, both copied.
type entry struct{ key, value []byte }

// entriesFrom copies up to limit entries of a bucket.
func entriesFrom(b *bbolt.Bucket, from []byte, limit int) (page []entry) {
	c := b.Cursor()
	for k, v := c.Seek(from); k != nil && len(page) < limit; k, v = c.Next() {
		page = append(page, entry{bytes.Clone(k), bytes.Clone(v)})
	}
	return page
}

// EraseEventsWith implements store.Erasure. As to what it leaves in the file see
// EraseMemories.
func (s *Store) EraseEventsWith(ctx context.Context, hit func(text string) bool) (int, error) {
	erased := 0
	for from, more := []byte(nil), true; more; {
		var page []entry
		err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
			page = entriesFrom(bucket(tx, bucketEvents), from, s.batch)
			return nil
		})
		if err == nil && len(page) > 0 {
			from = successor(page[len(page)-1].key)
		}
		more = len(page) == s.batch
		n := 0
		if err == nil {
			n, err = s.eraseEvents(ctx, page, hit)
		}
		if erased += n; err != nil {
			return erased, fmt.Errorf("erase events: %w", err)
		}
	}
	return erased, nil
}

// eraseEvents erases those of a page that are hit.
func (s *Store) eraseEvents(ctx context.Context, page []entry, hit func(text string) bool) (int, error) {
	var keys [][]byte
	for _, one := range page {
		tells, err := eventTells(one, hit)
		if err != nil {
			return 0, err
		}
		if tells {
			keys = append(keys, one.key)
		}
	}
	if len(keys) == 0 {
		return 0, nil
	}
	return len(keys), s.registry.update(ctx, func(tx *bbolt.Tx) error {
		return deleteKeys(bucket(tx, bucketEvents), keys)
	})
}

func eventTells(one entry, hit func(text string) bool) (bool, error) {
	e, err := decodeEvent(one.key, one.value)
	if err != nil {
		return false, err
	}
	var h happening
	if _, err := h.UnmarshalMsg(one.value); err != nil {
		return false, fmt.Errorf("event of %v: %w", e.ID, errors.Join(errRecord, err))
	}
	if len(h.Before) == 0 {
		return e.Tells(nil, hit), nil
	}
	var before company.Observation
	if err := decodeInto(&before, e.ID, h.Before); err != nil {
		return false, err
	}
	return e.Tells(&before, hit), nil
}

// EraseRejects implements store.Erasure.
func (s *Store) EraseRejects(ctx context.Context, hit func(raw string) bool) (int, error) {
	var sources []string
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketRejects).ForEachBucket(func(source []byte) error {
			sources = append(sources, string(source))
			return nil
		})
	})
	erased := 0
	for i := 0; err == nil && i < len(sources); i++ {
		var hits []entry
		if hits, err = s.hitRejects(ctx, sources[i], hit); err != nil || len(hits) == 0 {
			continue
		}
		n := 0
		err = s.registry.update(ctx, func(tx *bbolt.Tx) error {
			n, err = removeRejects(tx, sources[i], hits)
			return err
		})
		if err == nil {
			erased += n
		}
	}
	if err != nil {
		return erased, fmt.Errorf("erase rejected rows: %w", err)
	}
	return erased, nil
}

// hitRejects returns the rows of a source that are hit.
func (s *Store) hitRejects(ctx context.Context, source string, hit func(raw string) bool) (hits []entry, err error) {
	for from, more := []byte(nil), true; more; {
		var page []entry
		err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
			if b := bucket(tx, bucketRejects).Bucket([]byte(source)); b != nil {
				page = entriesFrom(b, from, s.batch)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, one := range page {
			r, err := decodeReject(one.value)
			if err != nil {
				return nil, err
			}
			if hit(r.Raw) || hit(r.Detail) {
				hits = append(hits, one)
			}
			from = successor(one.key)
		}
		more = len(page) == s.batch
	}
	return hits, nil
}

// removeRejects removes rows, given in their order, and numbers the others anew,
// since they are read by their number. A row that is another one by now stays.
func removeRejects(tx *bbolt.Tx, source string, hits []entry) (removed int, err error) {
	b := bucket(tx, bucketRejects).Bucket([]byte(source))
	if b == nil {
		return 0, nil
	}
	var kept [][]byte
	err = b.ForEach(func(k, v []byte) error {
		at, found := slices.BinarySearchFunc(hits, k, func(e entry, k []byte) int { return bytes.Compare(e.key, k) })
		if found && bytes.Equal(hits[at].value, v) {
			removed++
		} else {
			kept = append(kept, bytes.Clone(v))
		}
		return nil
	})
	if err == nil {
		err = bucket(tx, bucketRejects).DeleteBucket([]byte(source))
	}
	if err != nil || len(kept) == 0 {
		return removed, err
	}
	if b, err = bucket(tx, bucketRejects).CreateBucket([]byte(source)); err != nil {
		return 0, err
	}
	return removed, appendRejects(b, kept)
}
