package storetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var budgetTests = []test{
	{"what is spent adds up by day and in all", func(t *testing.T, open Open) {
		s := open(t)
		monday := company.NewDate(2026, 11, 23)
		spend := func(account string, day company.Date, amount int64) (store.Spent, error) {
			return s.Spend(t.Context(), store.Debit{Account: account, Day: day, Amount: amount, PerDay: 10, InAll: 15})
		}
		same(t, "before", must(s.SpentBy(t.Context(), "checko", monday))(t), store.Spent{})
		same(t, "4", must(spend("checko", monday, 4))(t), store.Spent{Day: 4, InAll: 4})
		same(t, "6", must(spend("checko", monday, 6))(t), store.Spent{Day: 10, InAll: 10})
		got, err := spend("checko", monday, 1)
		if !errors.Is(err, store.ErrBudget) {
			t.Errorf("over the day: %v", err)
		}
		same(t, "over the day", got, store.Spent{Day: 10, InAll: 10})
		same(t, "the next day", must(spend("checko", monday+1, 5))(t), store.Spent{Day: 5, InAll: 15})
		if _, err := spend("checko", monday+1, 1); !errors.Is(err, store.ErrBudget) {
			t.Errorf("over all: %v", err)
		}
		same(t, "another's", must(spend("check", monday, 1))(t), store.Spent{Day: 1, InAll: 1})
		same(t, "the first day still", must(s.SpentBy(t.Context(), "checko", monday))(t), store.Spent{Day: 10, InAll: 15})
		same(t, "without bounds", must(s.Spend(t.Context(), store.Debit{Account: "checko", Day: monday, Amount: 1000}))(t), store.Spent{Day: 1010, InAll: 1015})
	}},
	{"a debit that is none is refused", func(t *testing.T, open Open) {
		s := open(t)
		for _, d := range []store.Debit{
			{Day: 1, Amount: 1}, {Account: "a", Amount: 1}, {Account: "a", Day: 1}, {Account: "a", Day: 1, Amount: -1},
		} {
			if _, err := s.Spend(t.Context(), d); !errors.Is(err, store.ErrObservation) {
				t.Errorf("%+v: %v", d, err)
			}
		}
	}},
	{"many at once do not overspend", func(t *testing.T, open Open) {
		s := open(t)
		day := company.NewDate(2026, 11, 23)
		var paid atomic.Int64
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 5 {
					if _, err := s.Spend(context.WithoutCancel(t.Context()), store.Debit{Account: "a", Day: day, Amount: 1, PerDay: 23}); err == nil {
						paid.Add(1)
					}
				}
			})
		}
		all.Wait()
		same(t, "paid", paid.Load(), 23)
		same(t, "spent", must(s.SpentBy(t.Context(), "a", day))(t), store.Spent{Day: 23, InAll: 23})
	}},
}
