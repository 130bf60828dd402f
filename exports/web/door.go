package web

import (
	"context"
	"errors"
	"fmt"
	"time"

	"obzvon/exports/web/page"
)

// Errors of a Door.
var (
	ErrWrong   = errors.New("wrong name or password") // never which of the two
	ErrExpired = errors.New("not logged in any more")
)

// WrongError is ErrWrong with whose login was tried, for the log alone; "" = there is
// no such account.
type WrongError struct{ Account string }

func (e *WrongError) Error() string { return ErrWrong.Error() }

// Is makes errors.Is(err, ErrWrong) hold.
func (e *WrongError) Is(target error) bool { return target == ErrWrong }

// SlowDown is that too many wrong passwords came; even the right one is refused
// until Wait is over.
type SlowDown struct {
	Account string // as of WrongError
	Wait    time.Duration
}

func (e *SlowDown) Error() string { return fmt.Sprintf("too many attempts, wait %v", e.Wait) }

// WeakError is that a new password will not do.
type WeakError struct{ Text string } // Russian: what it must be like

func (e *WeakError) Error() string { return "password refused: " + e.Text }

// Caller is where a request comes from.
type Caller struct{ Address, Agent string }

// Door knows who may come in.
type Door interface {
	// Login gives a token for a right name and password: *WrongError, *SlowDown.
	Login(ctx context.Context, name, password string, from Caller) (token string, u page.User, err error)
	// Who tells whose token that is: ErrExpired.
	Who(ctx context.Context, token string) (page.User, error)
	// Logout ends a token; one that is over is none.
	Logout(ctx context.Context, token string) error
	// Change sets another password, ends all logins and begins a new one: *WrongError, *SlowDown,
	// *WeakError.
	Change(ctx context.Context, token, old, fresh string) (another string, err error)
}
