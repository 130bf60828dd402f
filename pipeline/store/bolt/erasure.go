package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// RewriteLists implements store.Erasure.
func (s *Store) RewriteLists(ctx context.Context, change func(day company.Date, data []byte) ([]byte, error)) error {
	err := s.rewriteState(ctx, bucketLists, func(key, data []byte) ([]byte, error) {
		day, _, err := splitDay(key)
		if err != nil {
			return nil, err
		}
		return change(day, data)
	})
	if err != nil {
		return fmt.Errorf("rewrite lists: %w", err)
	}
	return nil
}

// RewriteRuns implements store.Erasure.
func (s *Store) RewriteRuns(ctx context.Context, change func(store.Run) (store.Run, bool)) error {
	err := s.rewriteState(ctx, bucketRuns, func(_, data []byte) ([]byte, error) {
		var r store.Run
		if err := json.Unmarshal(data, &r); err != nil {
			return nil, fmt.Errorf("%w: %w", errRecord, err)
		}
		now, changed := change(r)
		if !changed {
			return nil, nil
		}
		now.Day = r.Day
		return json.Marshal(now)
	})
	if err != nil {
		return fmt.Errorf("rewrite runs: %w", err)
	}
	return nil
}

// errMeanwhile is a value that somebody else has written while it was changed.
var errMeanwhile = errors.New("written meanwhile")

// rewriteState hands a copy of each value of a bucket to change, outside of
// transactions, and keeps what that returns; nil = the value stays.
func (s *Store) rewriteState(ctx context.Context, name string, change func(key, value []byte) ([]byte, error)) error {
	for from := []byte(nil); ; {
		key, value, err := s.stateEntry(ctx, name, from)
		if err != nil || key == nil {
			return err
		}
		now, err := change(key, bytes.Clone(value))
		if err == nil && now != nil && !bytes.Equal(now, value) {
			err = s.swapState(ctx, name, key, value, now)
		}
		switch {
		case errors.Is(err, errMeanwhile):
			from = key // once more
		case err != nil:
			return err
		default:
			from = successor(key)
		}
	}
}

// stateEntry copies the first entry of a bucket from a key on, a nil key at the
// end.
func (s *Store) stateEntry(ctx context.Context, name string, from []byte) (key, value []byte, err error) {
	err = s.state.view(ctx, func(tx *bbolt.Tx) error {
		k, v := bucket(tx, name).Cursor().Seek(from)
		key, value = bytes.Clone(k), bytes.Clone(v)
		return nil
	})
	return key, value, err
}

func (s *Store) swapState(ctx context.Context, name string, key, was, now []byte) error {
	return s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, name)
		if !bytes.Equal(b.Get(key), was) {
			return errMeanwhile
		}
		return b.Put(key, bytes.Clone(now))
	})
}

// EraseOwner implements store.Erasure.
func (s *Store) EraseOwner(ctx context.Context, inn company.INN) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketOwners).Delete([]byte(inn))
	})
	if err != nil {
		return fmt.Errorf("erase the manager of %q: %w", inn, err)
	}
	return nil
}

// AddForgotten implements store.Erasure.
func (s *Store) AddForgotten(ctx context.Context, digests []string) error {
	err := store.CheckDigests(digests)
	if err == nil {
		err = s.state.update(ctx, func(tx *bbolt.Tx) error {
			for _, d := range digests {
				if err := bucket(tx, bucketForgotten).Put([]byte(d), nil); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("remember what was forgotten: %w", err)
	}
	return nil
}

// Forgotten implements store.Erasure.
func (s *Store) Forgotten(ctx context.Context) ([]string, error) {
	var out []string
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketForgotten).ForEach(func(k, _ []byte) error {
			out = append(out, string(k))
			return nil
		})
	})
	return out, err
}
