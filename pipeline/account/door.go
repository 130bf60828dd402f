package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"obzvon/pipeline/store"
)

const (
	tokenSize = 32 // bytes
	seenEvery = time.Minute
	maxAgent  = 200 // bytes of what a browser calls itself
)

// Door lets people in and knows who is in. It is safe for concurrent use. A store has
// one Door, since what it counts of wrong logins stands in memory.
type Door struct {
	users      *Users
	store      store.Accounts
	idle, most time.Duration
	guesses    *guesses
	mu         sync.Mutex // a session that ends is not written again
}

// NewDoor returns the door of the accounts. A session ends without a request for idle,
// and after most in any case.
func NewDoor(u *Users, idle, most time.Duration) *Door {
	return &Door{users: u, store: u.store, idle: idle, most: most, guesses: newGuesses(maxTracked)}
}

// Login begins a session. The token is for the cookie and is kept nowhere else.
// address is an IP address; a wrong one counts against it, or its /64. Errors:
// ErrWrong, of which ErrBlocked is one, and *SlowDown. Names are typed as people do.
func (d *Door) Login(ctx context.Context, name, password, address, agent string) (token string, a store.Account, err error) {
	began := d.users.now() // what is changed while the password is looked at ends the session
	if a, err = d.verify(ctx, Name(name), password, address); err != nil {
		return "", store.Account{}, err
	}
	if token, err = d.begin(ctx, began, a.Name, address, agent); err != nil {
		return "", store.Account{}, err
	}
	return token, a, nil
}

// verify checks a password as slowly as wrong ones have made it.
func (d *Door) verify(ctx context.Context, name, password, address string) (store.Account, error) {
	who := guessOf(name, address)
	if wait := d.guesses.begin(who, d.users.now()); wait > 0 {
		return store.Account{}, &SlowDown{Wait: wait}
	}
	a, stale, err := d.look(ctx, name, password)
	switch {
	case errors.Is(err, ErrWrong):
		return store.Account{}, err
	case err != nil: // nothing was found out
		d.guesses.undo(who, d.users.now())
		return store.Account{}, fmt.Errorf("look at a login: %w", err)
	}
	d.guesses.right(who, d.users.now())
	if stale {
		var slow *SlowDown
		if err := d.users.rehash(ctx, a, password); err != nil && !errors.As(err, &slow) {
			return store.Account{}, fmt.Errorf("hash the password of %q anew: %w", name, err)
		}
	}
	return a, nil
}

// look compares a password. Whoever is not there takes as long as who is.
func (d *Door) look(ctx context.Context, name, password string) (a store.Account, stale bool, err error) {
	if len(password) > maxPassword {
		return a, false, ErrWrong
	}
	err = store.ErrNotFound
	if nameForm(name) {
		a, err = d.store.Account(ctx, name)
	}
	if errors.Is(err, store.ErrNotFound) {
		if err := d.users.hash.burn(ctx, password); err != nil {
			return a, false, err
		}
		return a, false, ErrWrong
	}
	if err != nil {
		return a, false, err
	}
	right, stale, err := d.users.hash.check(ctx, password, a.Hash)
	switch {
	case err != nil:
		return a, false, err
	case !right:
		return a, false, ErrWrong
	case a.Blocked:
		return a, false, ErrBlocked
	}
	return a, stale, nil
}

// begin makes a session that is as old as what was found out of the account.
func (d *Door) begin(ctx context.Context, began time.Time, name, address, agent string) (string, error) {
	drawn := make([]byte, tokenSize)
	if _, err := io.ReadFull(d.users.random, drawn); err != nil {
		return "", fmt.Errorf("draw a token: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(drawn)
	err := d.store.PutSession(ctx, store.Session{
		Digest: digest(token), Account: name, Created: began, Seen: began, Address: clip(address), Agent: clip(agent),
	})
	if errors.Is(err, store.ErrNotFound) { // removed meanwhile
		return "", ErrWrong
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// clip makes one short line of what strangers say of themselves.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if !printable(string(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s[:min(len(s), maxAgent)], ""))
	return s
}

// Who tells whose session a token is. Of an account with OneTime nothing should be
// shown but the change of its password. The error is ErrExpired when it is over or
// never was.
func (d *Door) Who(ctx context.Context, token string) (store.Account, store.Session, error) {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenSize) {
		return store.Account{}, store.Session{}, ErrExpired
	}
	s, err := d.store.Session(ctx, digest(token))
	if err != nil {
		return store.Account{}, store.Session{}, expired(err)
	}
	a, err := d.store.Account(ctx, s.Account)
	if err != nil {
		return store.Account{}, store.Session{}, expired(err)
	}
	now := d.users.now()
	if d.late(s, now) || outdated(s, a) {
		return store.Account{}, store.Session{}, errors.Join(ErrExpired, d.Logout(ctx, token))
	}
	if now.Sub(s.Seen) >= min(seenEvery, d.idle/10) {
		switch touched, err := d.seen(ctx, s.Digest, now); {
		case err == nil:
			s = touched
		case errors.Is(err, ErrExpired):
			return store.Account{}, store.Session{}, err
		} // else the next request tries again: a full disk must not shut out who mends it
	}
	return a, s, nil
}

func expired(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return ErrExpired
	}
	return fmt.Errorf("look for a session: %w", err)
}

// late tells whether a session has lived its time.
func (d *Door) late(s store.Session, now time.Time) bool {
	return now.Sub(s.Seen) >= d.idle || now.Sub(s.Created) >= d.most
}

// outdated tells whether its account was changed since.
func outdated(s store.Session, a store.Account) bool {
	return a.Blocked || s.Created.Before(a.Changed)
}

// seen notes a request, unless the session has ended meanwhile.
func (d *Door) seen(ctx context.Context, digest string, now time.Time) (store.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, err := d.store.Session(ctx, digest)
	if err != nil {
		return store.Session{}, expired(err)
	}
	s.Seen = now
	if err := d.store.PutSession(ctx, s); err != nil {
		return store.Session{}, expired(err)
	}
	return s, nil
}

// Logout ends a session; one that is none is no error.
func (d *Door) Logout(ctx context.Context, token string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.store.DropSession(ctx, digest(token))
}

// ChangePassword gives the account of a session the password that its owner wants. All
// its sessions end, and a new one begins in the place of this one, with another token.
// Errors: ErrExpired, ErrWrong when the old one is, *SlowDown, *RuleError.
func (d *Door) ChangePassword(ctx context.Context, token, old, now string) (string, store.Account, error) {
	a, s, err := d.Who(ctx, token)
	if err != nil {
		return "", store.Account{}, err
	}
	if err := CheckPassword(a.Name, now); err != nil {
		return "", store.Account{}, err
	}
	if composed(old) == composed(now) {
		return "", store.Account{}, errSame
	}
	if _, err := d.verify(ctx, a.Name, old, s.Address); err != nil {
		return "", store.Account{}, err
	}
	if _, err := d.users.SetPassword(ctx, a.Name, now, a.Name); err != nil {
		return "", store.Account{}, err
	}
	if a, err = d.store.Account(ctx, a.Name); err != nil {
		return "", store.Account{}, expired(err)
	}
	if token, err = d.begin(ctx, d.users.now(), a.Name, s.Address, s.Agent); err != nil {
		return "", store.Account{}, err
	}
	return token, a, nil
}

// Sweep removes the sessions that are over and tells how many.
func (d *Door) Sweep(ctx context.Context) (int, error) {
	all, err := d.store.Accounts(ctx)
	if err != nil {
		return 0, err
	}
	known := make(map[string]store.Account, len(all))
	for _, a := range all {
		known[a.Name] = a
	}
	now := d.users.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.store.DropSessions(ctx, func(s store.Session) bool {
		a, ok := known[s.Account] // one made since is not known; it has no old sessions
		return d.late(s, now) || ok && outdated(s, a)
	})
}
