package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// resultRoom is for how many results of a page there is room from the first.
const resultRoom = 5000

// PutResults implements store.Results.
func (s *Store) PutResults(ctx context.Context, results []store.Result) (int, error) {
	added := 0
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketResults)
		for _, r := range results {
			if err := store.AdmitResult(&r); err != nil {
				return err
			}
			key := resultKey(r.Key())
			if b.Get(key) != nil {
				continue
			}
			if err := b.Put(key, appendResult(nil, &r)); err != nil {
				return err
			}
			added++
		}
		if added == 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return 0, fmt.Errorf("put results: %w", err)
	}
	return added, nil
}

// Results implements store.Results.
func (s *Store) Results(ctx context.Context, inn company.INN) ([]store.Result, error) {
	var out []store.Result
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		prefix := innPrefix(inn)
		c := bucket(tx, bucketResults).Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			r, err := decodeResult(k, v)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// ResultsAfter implements store.Results.
func (s *Store) ResultsAfter(ctx context.Context, after store.ResultKey, limit int) ([]store.Result, error) {
	var from []byte
	if after != (store.ResultKey{}) {
		from = successor(resultKey(after))
	}
	out := make([]store.Result, 0, min(max(limit, 0), resultRoom))
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		c := bucket(tx, bucketResults).Cursor()
		for k, v := c.Seek(from); k != nil && len(out) < limit; k, v = c.Next() {
			r, err := decodeResult(k, v)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// ReplaceResults implements store.Results.
func (s *Store) ReplaceResults(ctx context.Context, by map[store.ResultKey]*store.Result) error {
	admitted, err := store.AdmitReplacements(by)
	if err != nil {
		return fmt.Errorf("replace results: %w", err)
	}
	err = s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketResults)
		for k, r := range admitted {
			key := resultKey(k)
			if b.Get(key) == nil {
				continue
			}
			if err := replaceResult(b, key, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("replace results: %w", err)
	}
	return nil
}

func replaceResult(b *bbolt.Bucket, key []byte, r *store.Result) error {
	if r == nil {
		return b.Delete(key)
	}
	return b.Put(key, appendResult(nil, r))
}

// checkResults reads all results and marks.
func checkResults(tx *bbolt.Tx) error {
	results := bucket(tx, bucketResults).ForEach(func(k, v []byte) error {
		_, err := decodeResult(k, v)
		return err
	})
	return errors.Join(results, bucket(tx, bucketMarks).ForEach(func(k, v []byte) error {
		_, err := decodeMark(k, v)
		return err
	}))
}
