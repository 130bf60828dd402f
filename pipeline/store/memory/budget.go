package memory

import (
	"context"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Spend implements store.Budgets.
func (s *Store) Spend(ctx context.Context, d store.Debit) (store.Spent, error) {
	if err := d.Check(); err != nil {
		return store.Spent{}, err
	}
	var out store.Spent
	err := s.do(ctx, func() error {
		var err error
		if out, err = d.Onto(s.spentBy(d.Account, d.Day)); err != nil {
			return fmt.Errorf("debit %s: %w", d.Account, err)
		}
		s.spent[spending{d.Account, d.Day}] = out.Day
		s.spent[spending{d.Account, 0}] = out.InAll
		return nil
	})
	return out, err
}

// SpentBy implements store.Budgets.
func (s *Store) SpentBy(ctx context.Context, account string, day company.Date) (store.Spent, error) {
	var out store.Spent
	err := s.do(ctx, func() error {
		out = s.spentBy(account, day)
		return nil
	})
	return out, err
}

// spending is whose, and on which day; day 0 = in all.
type spending struct {
	account string
	day     company.Date
}

func (s *Store) spentBy(account string, day company.Date) store.Spent {
	return store.Spent{Day: s.spent[spending{account, day}], InAll: s.spent[spending{account, 0}]}
}
