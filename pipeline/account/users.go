package account

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"obzvon/pipeline/store"
)

// Options are what accounts stand on.
type Options struct {
	Store  store.Accounts
	Dir    string           // where First has written; "" = nowhere
	Now    func() time.Time // nil = time.Now
	Random io.Reader        // of salts, tokens, one-time passwords; nil = crypto/rand
	Cost   Cost             // of new hashes
}

// Users changes accounts. Whatever is changed but the title ends the sessions of that
// account. It is safe for concurrent use.
type Users struct {
	store  store.Accounts
	dir    string
	now    func() time.Time
	random io.Reader
	hash   *hasher
	mu     sync.Mutex // from reading an account to writing it
}

// NewUsers returns the accounts of a store. The error is a Cost that cannot be paid.
func NewUsers(o Options) (*Users, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	hash, err := newHasher(o.Cost, o.Random)
	if err != nil {
		return nil, err
	}
	return &Users{
		store: o.Store, dir: o.Dir, random: o.Random, hash: hash,
		now: func() time.Time { return o.Now().UTC() },
	}, nil
}

// New is an account to be made.
type New struct {
	Name     string
	Title    string
	Roles    []string
	Manager  string // id in the config, which is for the caller to check
	Password string // "" = one for one time is made
	By       string
}

// Add makes an account and returns its one-time password, "" if it was given one.
// Errors: *RuleError, ErrExists.
func (u *Users) Add(ctx context.Context, n New) (oneTime string, err error) {
	if err := errors.Join(CheckName(n.Name), checkTitle(n.Title)); err != nil {
		return "", err
	}
	a := store.Account{Name: n.Name, Title: n.Title, Manager: n.Manager, By: n.By}
	if a.Roles, err = rolesOf(n.Roles, n.Manager); err != nil {
		return "", err
	}
	if oneTime, err = u.setPassword(ctx, &a, n.Password); err != nil {
		return "", err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	switch _, err := u.store.Account(ctx, n.Name); {
	case err == nil:
		return "", fmt.Errorf("%q: %w", n.Name, ErrExists)
	case !errors.Is(err, store.ErrNotFound):
		return "", fmt.Errorf("look for account %q: %w", n.Name, err)
	}
	a.Created = u.now()
	a.Changed = a.Created
	if err := u.store.PutAccount(ctx, a); err != nil {
		return "", err
	}
	return oneTime, nil
}

// setPassword gives an account a password or, if none is given, one for one time,
// which is returned.
func (u *Users) setPassword(ctx context.Context, a *store.Account, password string) (oneTime string, err error) {
	if password == "" {
		if oneTime, err = drawPassword(u.random); err != nil {
			return "", err
		}
		password = oneTime
	} else if err := CheckPassword(a.Name, password); err != nil {
		return "", err
	}
	a.OneTime = oneTime != ""
	if a.Hash, err = u.hash.make(ctx, password); err != nil {
		return "", fmt.Errorf("hash the password of %q: %w", a.Name, err)
	}
	return oneTime, nil
}

// SetPassword gives an account another password; "" = one for one time, which is
// returned. Errors: *RuleError, store.ErrNotFound.
func (u *Users) SetPassword(ctx context.Context, name, password, by string) (oneTime string, err error) {
	if _, err := u.store.Account(ctx, name); err != nil {
		return "", err
	}
	set := store.Account{Name: name}
	if oneTime, err = u.setPassword(ctx, &set, password); err != nil {
		return "", err
	}
	_, err = u.change(ctx, name, by, func(a *store.Account) error {
		a.Hash, a.OneTime = set.Hash, set.OneTime
		return u.forgetFirst(name)
	})
	if err != nil {
		return "", err
	}
	return oneTime, nil
}

// SetRoles gives an account other roles. Errors: *RuleError, store.ErrNotFound,
// ErrLastOperator.
func (u *Users) SetRoles(ctx context.Context, name string, roles []string, manager, by string) error {
	ordered, err := rolesOf(roles, manager)
	if err != nil {
		return err
	}
	_, err = u.change(ctx, name, by, func(a *store.Account) error {
		a.Roles, a.Manager = ordered, manager
		if Has(*a, Operator) {
			return nil
		}
		return u.notLast(ctx, name)
	})
	return err
}

// SetBlocked shuts an account out, or lets it in again. Errors: store.ErrNotFound,
// ErrLastOperator.
func (u *Users) SetBlocked(ctx context.Context, name string, blocked bool, by string) error {
	_, err := u.change(ctx, name, by, func(a *store.Account) error {
		a.Blocked = blocked
		if !blocked {
			return nil
		}
		return u.notLast(ctx, name)
	})
	return err
}

// Remove removes an account with its sessions. Errors: store.ErrNotFound,
// ErrLastOperator.
func (u *Users) Remove(ctx context.Context, name string) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, err := u.store.Account(ctx, name); err != nil {
		return err
	}
	if err := errors.Join(u.notLast(ctx, name), u.forgetFirst(name)); err != nil {
		return err
	}
	return u.store.DropAccount(ctx, name)
}

// Known tells whether an account has the name. One that cannot be looked for is none.
func (u *Users) Known(ctx context.Context, name string) bool {
	if !nameForm(name) {
		return false
	}
	_, err := u.store.Account(ctx, name)
	return err == nil
}

// List returns all accounts by name.
func (u *Users) List(ctx context.Context) ([]store.Account, error) { return u.store.Accounts(ctx) }

// change reads an account, changes it, writes it and ends its sessions.
func (u *Users) change(ctx context.Context, name, by string, change func(*store.Account) error) (store.Account, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	a, err := u.store.Account(ctx, name)
	if err != nil {
		return store.Account{}, err
	}
	if err := change(&a); err != nil {
		return store.Account{}, err
	}
	a.Changed, a.By = u.now(), by
	if err := u.store.PutAccount(ctx, a); err != nil {
		return store.Account{}, err
	}
	// They are over by Changed; but a clock that was put back must not revive them.
	if _, err := u.store.DropSessions(ctx, func(s store.Session) bool { return s.Account == name }); err != nil {
		return store.Account{}, err
	}
	return a, nil
}

// notLast refuses when nobody but the account of a name could change accounts.
func (u *Users) notLast(ctx context.Context, name string) error {
	all, err := u.store.Accounts(ctx)
	if err != nil {
		return err
	}
	mine := false
	for _, a := range all {
		if !Has(a, Operator) || a.Blocked {
			continue
		}
		if a.Name != name {
			return nil
		}
		mine = true
	}
	if !mine { // it is none, and nobody loses one
		return nil
	}
	return fmt.Errorf("%q: %w", name, ErrLastOperator)
}

// rehash keeps a password that was right under today's cost. Sessions go on.
func (u *Users) rehash(ctx context.Context, was store.Account, password string) error {
	hash, err := u.hash.make(ctx, password)
	if err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	a, err := u.store.Account(ctx, was.Name)
	if err != nil || a.Hash != was.Hash {
		return err
	}
	a.Hash = hash
	return u.store.PutAccount(ctx, a)
}
