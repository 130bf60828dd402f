package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// A visit is stored as its day, the second before which it is not to be asked
// for, counted from 1970, and its memory.
const visitSize = 4 + 8

func appendVisit(b []byte, v *store.Visit) []byte {
	b = append(b, dayKey(v.Day)...)
	b = binary.BigEndian.AppendUint64(b, uint64(v.Again.Unix()))
	return append(b, v.Memory...)
}

// decodeVisit reads a stored visit. Its memory is not copied.
func decodeVisit(source, id string, stored []byte) (store.Visit, error) {
	v := store.Visit{Source: source, ID: id}
	if len(stored) < visitSize {
		return v, fmt.Errorf("visit %q of source %q: %w", id, source, errRecord)
	}
	day, rest, err := splitDay(stored)
	v.Day = day
	v.Again = time.Unix(int64(binary.BigEndian.Uint64(rest)), 0).UTC()
	v.Memory = rest[visitSize-4:]
	return v, err
}

// visitTree opens the visits of a source to write.
func visitTree(tx *bbolt.Tx, source string) (*bbolt.Bucket, error) {
	return bucket(tx, bucketVisits).CreateBucketIfNotExists([]byte(source))
}

// getVisit returns a stored visit, false if there is none.
func getVisit(b *bbolt.Bucket, source, id string) (store.Visit, bool, error) {
	stored := b.Get([]byte(id))
	if stored == nil {
		return store.Visit{}, false, nil
	}
	v, err := decodeVisit(source, id, stored)
	return v, err == nil, err
}

// Claim implements store.Visits.
func (s *Store) Claim(ctx context.Context, c store.Claim) ([]store.Visit, error) {
	claims := make([]store.Visit, 0, len(c.IDs))
	for _, id := range c.IDs {
		v := store.Visit{ID: id, Day: c.Day, Again: c.Again}
		if err := store.AdmitVisit(c.Source, &v); err != nil {
			return nil, err
		}
		claims = append(claims, v)
	}
	var out []store.Visit
	err := s.registry.update(ctx, func(tx *bbolt.Tx) error {
		for _, v := range claims {
			before, claimed, err := claim(tx, v)
			if err != nil {
				return err
			}
			if claimed {
				out = append(out, before)
			}
		}
		if len(out) == 0 {
			return errNothing
		}
		return spend(tx, c, len(out))
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, fmt.Errorf("claim visits of source %q: %w", c.Source, err)
	}
	return out, nil
}

// claim returns the visit as it was, false if it was claimed for its day before.
func claim(tx *bbolt.Tx, v store.Visit) (store.Visit, bool, error) {
	b, err := visitTree(tx, v.Source)
	if err != nil {
		return store.Visit{}, false, err
	}
	old, has, err := getVisit(b, v.Source, v.ID)
	if err != nil || has && old.Day == v.Day {
		return store.Visit{}, false, err
	}
	old.Source, old.ID, old.Memory = v.Source, v.ID, append([]byte(nil), old.Memory...)
	v.Memory = old.Memory
	return old, true, b.Put([]byte(v.ID), appendVisit(nil, &v))
}

func claimKey(source string, day company.Date) []byte { return append(dayKey(day), source...) }

// spend counts claims of a day, and forgets those of days long past.
func spend(tx *bbolt.Tx, c store.Claim, claimed int) error {
	before, err := spent(tx, c.Source, c.Day)
	if err != nil {
		return err
	}
	b := bucket(tx, bucketClaims)
	if err := b.Put(claimKey(c.Source, c.Day), sequenceKey(before+uint64(claimed))); err != nil {
		return err
	}
	var old [][]byte
	cursor, end := b.Cursor(), dayKey(c.Day-store.ClaimsKept)
	for k, _ := cursor.First(); k != nil && bytes.Compare(k, end) < 0; k, _ = cursor.Next() {
		old = append(old, bytes.Clone(k))
	}
	return deleteKeys(b, old)
}

func spent(tx *bbolt.Tx, source string, day company.Date) (uint64, error) {
	b := bucket(tx, bucketClaims).Get(claimKey(source, day))
	switch len(b) {
	case 0:
		return 0, nil
	case 8:
		return binary.BigEndian.Uint64(b), nil
	}
	return 0, fmt.Errorf("claims of source %q for %v: %w", source, day, errRecord)
}

// Claimed implements store.Visits.
func (s *Store) Claimed(ctx context.Context, source string, day company.Date) (int64, error) {
	var out int64
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		n, err := spent(tx, source, day)
		out = int64(n)
		return err
	})
	return out, err
}

// Visit implements store.Visits.
func (s *Store) Visit(ctx context.Context, source, id string) (store.Visit, error) {
	var out store.Visit
	err := s.registry.view(ctx, func(tx *bbolt.Tx) error {
		has := false
		if b := bucket(tx, bucketVisits).Bucket([]byte(source)); b != nil && id != "" {
			var err error
			if out, has, err = getVisit(b, source, id); err != nil {
				return err
			}
		}
		if !has {
			return fmt.Errorf("visit %q of source %q: %w", id, source, store.ErrNotFound)
		}
		out.Memory = append([]byte(nil), out.Memory...)
		return nil
	})
	return out, err
}

// admitVisits returns the visits of a batch as they are stored.
func admitVisits(c store.Commit) ([]store.Visit, error) {
	out := make([]store.Visit, 0, len(c.Visits))
	for _, v := range c.Visits {
		if err := store.AdmitVisit(c.Source, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// putVisits writes what came of visits; those that were claimed keep their day.
func putVisits(tx *bbolt.Tx, visits []store.Visit) error {
	for _, v := range visits {
		b, err := visitTree(tx, v.Source)
		if err != nil {
			return err
		}
		old, has, err := getVisit(b, v.Source, v.ID)
		if err != nil {
			return err
		}
		if has {
			v.Day = old.Day
		}
		if stored := appendVisit(nil, &v); !bytes.Equal(stored, b.Get([]byte(v.ID))) {
			if err := b.Put([]byte(v.ID), stored); err != nil {
				return err
			}
		}
	}
	return nil
}
