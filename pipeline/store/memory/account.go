package memory

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/store"
)

// PutAccount implements store.Accounts.
func (s *Store) PutAccount(ctx context.Context, a store.Account) error {
	return s.do(ctx, func() error {
		a.Roles = slices.Clone(a.Roles)
		s.accounts.put(a.Name, a)
		return nil
	})
}

// Account implements store.Accounts.
func (s *Store) Account(ctx context.Context, name string) (store.Account, error) {
	var out store.Account
	err := s.do(ctx, func() error {
		a, ok := s.accounts.get(name)
		if !ok {
			return fmt.Errorf("account %q: %w", name, store.ErrNotFound)
		}
		out = a
		out.Roles = slices.Clone(a.Roles)
		return nil
	})
	return out, err
}

// Accounts implements store.Accounts.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	var out []store.Account
	err := s.do(ctx, func() error {
		for _, name := range s.accounts.keys() {
			a := s.accounts.rows[name]
			a.Roles = slices.Clone(a.Roles)
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// DropAccount implements store.Accounts.
func (s *Store) DropAccount(ctx context.Context, name string) error {
	return s.do(ctx, func() error {
		if _, ok := s.accounts.get(name); !ok {
			return fmt.Errorf("account %q: %w", name, store.ErrNotFound)
		}
		s.accounts.remove(name)
		s.dropSessions(func(one store.Session) bool { return one.Account == name })
		return nil
	})
}

// PutSession implements store.Accounts.
func (s *Store) PutSession(ctx context.Context, one store.Session) error {
	return s.do(ctx, func() error {
		if _, ok := s.accounts.get(one.Account); !ok {
			return fmt.Errorf("session of %q: %w", one.Account, store.ErrNotFound)
		}
		s.sessions.put(one.Digest, one)
		return nil
	})
}

// Session implements store.Accounts.
func (s *Store) Session(ctx context.Context, digest string) (store.Session, error) {
	var out store.Session
	err := s.do(ctx, func() error {
		one, ok := s.sessions.get(digest)
		if !ok {
			return fmt.Errorf("session: %w", store.ErrNotFound)
		}
		out = one
		return nil
	})
	return out, err
}

// Sessions implements store.Accounts.
func (s *Store) Sessions(ctx context.Context) ([]store.Session, error) {
	var out []store.Session
	err := s.do(ctx, func() error {
		for _, digest := range s.sessions.keys() {
			out = append(out, s.sessions.rows[digest])
		}
		return nil
	})
	return out, err
}

// DropSession implements store.Accounts.
func (s *Store) DropSession(ctx context.Context, digest string) error {
	return s.do(ctx, func() error {
		s.sessions.remove(digest)
		return nil
	})
}

// DropSessions implements store.Accounts.
func (s *Store) DropSessions(ctx context.Context, hit func(store.Session) bool) (int, error) {
	n := 0
	err := s.do(ctx, func() error {
		n = s.dropSessions(hit)
		return nil
	})
	return n, err
}

func (s *Store) dropSessions(hit func(store.Session) bool) (n int) {
	for _, digest := range slices.Clone(s.sessions.keys()) {
		if hit(s.sessions.rows[digest]) {
			s.sessions.remove(digest)
			n++
		}
	}
	return n
}
