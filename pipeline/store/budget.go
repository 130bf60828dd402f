package store

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
)

// ErrBudget is a debit that would overspend.
var ErrBudget = errors.New("the budget is spent")

// Debit is what is about to be spent.
type Debit struct {
	Account string // lasting name of who pays: "checko"; never the key itself
	Day     company.Date
	Amount  int64 // calls, at least 1
	PerDay  int64 // most for the day; 0 = no bound
	InAll   int64 // most for all days; 0 = no bound
}

// Spent is how much an account has spent.
type Spent struct {
	Day   int64 `json:"day"` // on the day that was asked for
	InAll int64 `json:"in_all"`
}

// Budgets keep what calls to metered services cost. They stand in the state.
type Budgets interface {
	// Spend notes in one transaction, before anything is asked, that the amount is
	// spent, and returns what that comes to. A debit that would go over a bound is
	// ErrBudget; then nothing is noted, and what had been spent is returned. So a
	// kill may lose calls and never overspends.
	Spend(ctx context.Context, d Debit) (Spent, error)
	// SpentBy is how much an account has spent; zero if nothing.
	SpentBy(ctx context.Context, account string, day company.Date) (Spent, error)
}

// Check tells whether a debit can be noted. The error is ErrObservation.
func (d *Debit) Check() error {
	if d.Account == "" || len(d.Account) > MaxKey || d.Amount < 1 || !d.Day.Known() {
		return fmt.Errorf("debit of %d by %q on %v: %w", d.Amount, d.Account, d.Day, ErrObservation)
	}
	return nil
}

// Onto is what was spent with the debit, or ErrBudget.
func (d *Debit) Onto(s Spent) (Spent, error) {
	if d.PerDay > 0 && d.Amount > d.PerDay-s.Day || d.InAll > 0 && d.Amount > d.InAll-s.InAll {
		return s, ErrBudget
	}
	return Spent{Day: s.Day + d.Amount, InAll: s.InAll + d.Amount}, nil
}
