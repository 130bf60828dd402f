package bolt

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// PutRun implements store.Runs.
func (s *Store) PutRun(ctx context.Context, r store.Run) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		return putJSON(bucket(tx, bucketRuns), dayKey(r.Day), r)
	})
	if err != nil {
		return fmt.Errorf("write run of %v: %w", r.Day, err)
	}
	return nil
}

// Run implements store.Runs.
func (s *Store) Run(ctx context.Context, day company.Date) (store.Run, error) {
	var out store.Run
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		ok, err := getJSON(bucket(tx, bucketRuns), dayKey(day), &out)
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		return err
	})
	if err != nil {
		return store.Run{}, fmt.Errorf("run of %v: %w", day, err)
	}
	return out, nil
}

// LastCompleted implements store.Runs.
func (s *Store) LastCompleted(ctx context.Context, before company.Date) (store.Run, error) {
	var out store.Run
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		runs, end := bucket(tx, bucketRuns), dayKey(before)
		c := runs.Cursor()
		for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
			if bytes.Compare(k, end) >= 0 {
				continue
			}
			var r store.Run
			if _, err := getJSON(runs, k, &r); err != nil {
				return err
			}
			if r.Completed {
				out = r
				return nil
			}
		}
		return store.ErrNotFound
	})
	if err != nil {
		return store.Run{}, fmt.Errorf("completed run before %v: %w", before, err)
	}
	return out, nil
}

// Issue implements store.Lists.
func (s *Store) Issue(ctx context.Context, i store.Issue) ([]byte, error) {
	var out []byte
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		lists := bucket(tx, bucketLists)
		if stands := lists.Get(dayKey(i.Day)); stands != nil {
			out = bytes.Clone(stands)
			return nil
		}
		owners := bucket(tx, bucketOwners)
		for inn, manager := range i.Owners {
			if err := owners.Put([]byte(inn), []byte(manager)); err != nil {
				return err
			}
		}
		out = bytes.Clone(i.Data)
		return lists.Put(dayKey(i.Day), append([]byte{}, i.Data...))
	})
	if err != nil {
		return nil, fmt.Errorf("issue the list of %v: %w", i.Day, err)
	}
	return out, nil
}

// List implements store.Lists.
func (s *Store) List(ctx context.Context, day company.Date) ([]byte, error) {
	var out []byte
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		data := bucket(tx, bucketLists).Get(dayKey(day))
		if data == nil {
			return fmt.Errorf("list of %v: %w", day, store.ErrNotFound)
		}
		out = bytes.Clone(data)
		return nil
	})
	return out, err
}

// ListDays implements store.Lists.
func (s *Store) ListDays(ctx context.Context) ([]company.Date, error) {
	var out []company.Date
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketLists).ForEach(func(k, _ []byte) error {
			day, _, err := splitDay(k)
			out = append(out, day)
			return err
		})
	})
	return out, err
}

// Owners implements store.Lists.
func (s *Store) Owners(ctx context.Context) (map[company.INN]string, error) {
	out := map[company.INN]string{}
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketOwners).ForEach(func(k, v []byte) error {
			out[company.INN(k)] = string(v)
			return nil
		})
	})
	return out, err
}
