package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// bucketBudgets holds what was spent by account·0·day, and in all under day 0. It
// is made with the first debit, so that an older state needs no other format.
const bucketBudgets = "budgets"

func budgetKey(account string, day company.Date) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(account), 0), uint32(day))
}

// Spend implements store.Budgets.
func (s *Store) Spend(ctx context.Context, d store.Debit) (store.Spent, error) {
	if err := d.Check(); err != nil {
		return store.Spent{}, err
	}
	var out store.Spent
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucketBudgets))
		if err != nil {
			return err
		}
		before, err := spentIn(b, d.Account, d.Day)
		if err != nil {
			return err
		}
		if out, err = d.Onto(before); err != nil {
			return err
		}
		if err := putSpent(b, d.Account, d.Day, out.Day); err != nil {
			return err
		}
		return putSpent(b, d.Account, 0, out.InAll)
	})
	if err != nil {
		err = fmt.Errorf("debit %s: %w", d.Account, err)
		if errors.Is(err, store.ErrBudget) {
			return out, err
		}
		return store.Spent{}, err
	}
	return out, nil
}

// SpentBy implements store.Budgets.
func (s *Store) SpentBy(ctx context.Context, account string, day company.Date) (store.Spent, error) {
	var out store.Spent
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucketBudgets))
		if b == nil {
			return nil
		}
		var err error
		out, err = spentIn(b, account, day)
		return err
	})
	return out, err
}

func spentIn(b *bbolt.Bucket, account string, day company.Date) (out store.Spent, err error) {
	if out.Day, err = readSpent(b, account, day); err != nil {
		return out, err
	}
	out.InAll, err = readSpent(b, account, 0)
	return out, err
}

func readSpent(b *bbolt.Bucket, account string, day company.Date) (int64, error) {
	v := b.Get(budgetKey(account, day))
	if v == nil {
		return 0, nil
	}
	n, size := binary.Uvarint(v)
	if size != len(v) || n > 1<<62 {
		return 0, fmt.Errorf("what %s has spent: %w", account, errRecord)
	}
	return int64(n), nil
}

func putSpent(b *bbolt.Bucket, account string, day company.Date, n int64) error {
	return b.Put(budgetKey(account, day), binary.AppendUvarint(nil, uint64(n)))
}
