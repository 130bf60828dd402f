package bolt

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
)

// The buckets of who may open the pages. They are made with the first account, so
// that an older state has none and needs no other format.
const (
	bucketAccounts = "accounts"
	bucketSessions = "sessions"
)

// PutAccount implements store.Accounts.
func (s *Store) PutAccount(ctx context.Context, a store.Account) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucketAccounts))
		if err != nil {
			return err
		}
		return putJSON(b, []byte(a.Name), a)
	})
	if err != nil {
		return fmt.Errorf("write account %q: %w", a.Name, err)
	}
	return nil
}

// Account implements store.Accounts.
func (s *Store) Account(ctx context.Context, name string) (store.Account, error) {
	var out store.Account
	err := s.state.view(ctx, func(tx *bbolt.Tx) error { return findJSON(tx, bucketAccounts, name, &out) })
	if err != nil {
		return store.Account{}, fmt.Errorf("account %q: %w", name, err)
	}
	return out, nil
}

// Accounts implements store.Accounts.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	var out []store.Account
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return eachJSON(tx, bucketAccounts, func(_ string, a store.Account) error {
			out = append(out, a)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	return out, nil
}

// DropAccount implements store.Accounts.
func (s *Store) DropAccount(ctx context.Context, name string) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketAccounts)
		if b == nil || b.Get([]byte(name)) == nil {
			return store.ErrNotFound
		}
		if err := b.Delete([]byte(name)); err != nil {
			return err
		}
		_, err := dropSessions(tx, func(one store.Session) bool { return one.Account == name })
		return err
	})
	if err != nil {
		return fmt.Errorf("remove account %q: %w", name, err)
	}
	return nil
}

// PutSession implements store.Accounts.
func (s *Store) PutSession(ctx context.Context, one store.Session) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		accounts := bucket(tx, bucketAccounts)
		if accounts == nil || accounts.Get([]byte(one.Account)) == nil {
			return store.ErrNotFound
		}
		b, err := tx.CreateBucketIfNotExists([]byte(bucketSessions))
		if err != nil {
			return err
		}
		return putJSON(b, []byte(one.Digest), one)
	})
	if err != nil {
		return fmt.Errorf("write a session of %q: %w", one.Account, err)
	}
	return nil
}

// Session implements store.Accounts. Errors do not name the digest: it comes from
// a cookie of whoever asks.
func (s *Store) Session(ctx context.Context, digest string) (store.Session, error) {
	var out store.Session
	err := s.state.view(ctx, func(tx *bbolt.Tx) error { return findJSON(tx, bucketSessions, digest, &out) })
	if err != nil {
		return store.Session{}, fmt.Errorf("session: %w", err)
	}
	return out, nil
}

// Sessions implements store.Accounts.
func (s *Store) Sessions(ctx context.Context) ([]store.Session, error) {
	var out []store.Session
	err := s.state.view(ctx, func(tx *bbolt.Tx) error {
		return eachJSON(tx, bucketSessions, func(_ string, one store.Session) error {
			out = append(out, one)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	return out, nil
}

// DropSession implements store.Accounts.
func (s *Store) DropSession(ctx context.Context, digest string) error {
	err := s.state.update(ctx, func(tx *bbolt.Tx) error {
		b := bucket(tx, bucketSessions)
		if b == nil {
			return nil
		}
		return b.Delete([]byte(digest))
	})
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// DropSessions implements store.Accounts.
func (s *Store) DropSessions(ctx context.Context, hit func(store.Session) bool) (n int, err error) {
	err = s.state.update(ctx, func(tx *bbolt.Tx) error {
		n, err = dropSessions(tx, hit)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	return n, nil
}

func dropSessions(tx *bbolt.Tx, hit func(store.Session) bool) (int, error) {
	var keys [][]byte
	err := eachJSON(tx, bucketSessions, func(digest string, one store.Session) error {
		if hit(one) {
			keys = append(keys, []byte(digest))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if err := bucket(tx, bucketSessions).Delete(key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

// findJSON reads an entry of a bucket that need not be there.
func findJSON(tx *bbolt.Tx, name, key string, v any) error {
	b := bucket(tx, name)
	if b == nil {
		return store.ErrNotFound
	}
	ok, err := getJSON(b, []byte(key), v)
	if err == nil && !ok {
		err = store.ErrNotFound
	}
	return err
}

// eachJSON reads all entries of a bucket that need not be there, by key.
func eachJSON[T any](tx *bbolt.Tx, name string, use func(key string, v T) error) error {
	b := bucket(tx, name)
	if b == nil {
		return nil
	}
	return b.ForEach(func(k, data []byte) error {
		var v T
		if err := json.Unmarshal(data, &v); err != nil {
			return fmt.Errorf("%s: %w: %w", name, errRecord, err)
		}
		return use(string(k), v)
	})
}

// checkAccounts reads all accounts and sessions.
func checkAccounts(tx *bbolt.Tx) error {
	known := map[string]bool{}
	err := eachJSON(tx, bucketAccounts, func(name string, a store.Account) error {
		if a.Name != name {
			return fmt.Errorf("account %q stands under the name %q", a.Name, name)
		}
		known[name] = true
		return nil
	})
	if err != nil {
		return err
	}
	return eachJSON(tx, bucketSessions, func(digest string, one store.Session) error {
		if one.Digest != digest || !known[one.Account] {
			return fmt.Errorf("a session of %q stands wrong or has no account", one.Account)
		}
		return nil
	})
}
