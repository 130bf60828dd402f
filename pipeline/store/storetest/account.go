package storetest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/store"
)

func accountOf(name string) store.Account {
	return store.Account{
		Name: name, Title: "Анна", Roles: []string{"manager", "head"}, Manager: "m1", Hash: "$argon2id$" + name,
		OneTime: true, Blocked: true, Created: noon, Changed: noon.Add(time.Minute), By: "глава",
	}
}

func sessionOf(name string, n int) store.Session {
	return store.Session{
		Digest: strconv.Itoa(n), Account: name, Created: noon, Seen: noon.Add(time.Minute),
		Address: "192.0.2.7", Agent: "Браузер/1.0",
	}
}

// notThere wants ErrNotFound.
func notThere(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%s: error %v, want ErrNotFound", what, err)
	}
}

// sessionsOf are the digests of those that hold, with whose they are.
func sessionsOf(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	all := must(s.Sessions(t.Context()))(t)
	for _, one := range all {
		out[one.Digest] = one.Account
	}
	same(t, "one of each digest", len(out), len(all))
	same(t, "by digest", slices.IsSortedFunc(all, func(a, b store.Session) int { return strings.Compare(a.Digest, b.Digest) }), true)
	return out
}

func withSessions(t *testing.T, s store.Store) {
	t.Helper()
	for _, name := range []string{"boris", "anna"} {
		ok(t, s.PutAccount(t.Context(), accountOf(name)))
	}
	for n, name := range []string{"anna", "boris", "anna"} {
		ok(t, s.PutSession(t.Context(), sessionOf(name, n)))
	}
}

var accountTests = []test{
	{"accounts by name", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "none", must(s.Accounts(t.Context()))(t), []store.Account(nil))
		_, err := s.Account(t.Context(), "anna")
		notThere(t, "account", err)
		anna, boris, plain := accountOf("anna"), accountOf("boris"), store.Account{Name: "c"}
		for _, a := range []store.Account{boris, plain, anna} {
			ok(t, s.PutAccount(t.Context(), a))
		}
		same(t, "all", must(s.Accounts(t.Context()))(t), []store.Account{anna, boris, plain})
		anna.Roles, anna.Hash, anna.OneTime = []string{"operator"}, "$other", false
		ok(t, s.PutAccount(t.Context(), anna))
		same(t, "one", must(s.Account(t.Context(), "anna"))(t), anna)
		same(t, "in its place", must(s.Accounts(t.Context()))(t), []store.Account{anna, boris, plain})
		_, err = s.Account(t.Context(), "ann")
		notThere(t, "a beginning", err)
	}},
	{"what is given and returned is the caller's", func(t *testing.T, open Open) {
		s := open(t)
		given, want := accountOf("anna"), accountOf("anna")
		ok(t, s.PutAccount(t.Context(), given))
		given.Roles[0] = "x"
		must(s.Account(t.Context(), "anna"))(t).Roles[0] = "y"
		must(s.Accounts(t.Context()))(t)[0].Roles[1] = "z"
		same(t, "account", must(s.Account(t.Context(), "anna"))(t), want)
	}},
	{"sessions", func(t *testing.T, open Open) {
		s := open(t)
		_, err := s.Session(t.Context(), "1")
		notThere(t, "session", err)
		notThere(t, "of nobody", s.PutSession(t.Context(), sessionOf("anna", 1)))
		ok(t, s.DropSession(t.Context(), "1"))
		same(t, "none", len(sessionsOf(t, s)), 0)
		withSessions(t, s)
		notThere(t, "of another", s.PutSession(t.Context(), sessionOf("vera", 0)))
		one := sessionOf("anna", 0)
		same(t, "as given", must(s.Session(t.Context(), "0"))(t), one)
		one.Seen = noon.Add(time.Hour)
		ok(t, s.PutSession(t.Context(), one))
		same(t, "in its place", must(s.Session(t.Context(), "0"))(t), one)
		ok(t, s.DropSession(t.Context(), "0"))
		ok(t, s.DropSession(t.Context(), "0"))
		_, err = s.Session(t.Context(), "0")
		notThere(t, "dropped", err)
		same(t, "the others", sessionsOf(t, s), map[string]string{"1": "boris", "2": "anna"})
		ok(t, s.PutAccount(t.Context(), accountOf("anna")))
		same(t, "an account written anew keeps its sessions", len(sessionsOf(t, s)), 2)
	}},
	{"sessions go with their account", func(t *testing.T, open Open) {
		s := open(t)
		notThere(t, "none", s.DropAccount(t.Context(), "anna"))
		withSessions(t, s)
		notThere(t, "another", s.DropAccount(t.Context(), "vera"))
		same(t, "all stay", len(sessionsOf(t, s)), 3)
		ok(t, s.DropAccount(t.Context(), "anna"))
		_, err := s.Account(t.Context(), "anna")
		notThere(t, "account", err)
		same(t, "sessions", sessionsOf(t, s), map[string]string{"1": "boris"})
		notThere(t, "again", s.DropAccount(t.Context(), "anna"))
		ok(t, s.PutAccount(t.Context(), accountOf("anna")))
		same(t, "one of that name inherits none", len(sessionsOf(t, s)), 1)
	}},
	{"sessions that are hit", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "of none", must(s.DropSessions(t.Context(), func(store.Session) bool { return true }))(t), 0)
		withSessions(t, s)
		same(t, "hit", must(s.DropSessions(t.Context(), func(one store.Session) bool { return one.Account == "anna" }))(t), 2)
		same(t, "left", sessionsOf(t, s), map[string]string{"1": "boris"})
		same(t, "accounts", len(must(s.Accounts(t.Context()))(t)), 2)
	}},
	{"a registry that is dropped leaves them alone", func(t *testing.T, open Open) {
		s := open(t)
		withSessions(t, s)
		fill(t, s, 3)
		ok(t, s.DropRegistry(t.Context(), nil))
		same(t, "accounts", len(must(s.Accounts(t.Context()))(t)), 2)
		same(t, "sessions", len(sessionsOf(t, s)), 3)
	}},
	{"at the same time", func(t *testing.T, open Open) {
		s := open(t)
		withSessions(t, s)
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				one := sessionOf("boris", 100+n)
				if err := s.PutSession(t.Context(), one); err != nil {
					t.Error(err)
				}
				if got, err := s.Session(t.Context(), one.Digest); err != nil || got != one {
					t.Errorf("%+v, %v", got, err)
				}
				if n%2 == 0 {
					if _, err := s.DropSessions(t.Context(), func(other store.Session) bool { return other.Digest == one.Digest }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		same(t, "left", len(sessionsOf(t, s)), 3+4)
	}},
}

// accounts and what they are logged in with; nothing is written of none.
func (d *dump) accounts() error {
	accounts, err := d.s.Accounts(d.ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		d.line("account", a)
	}
	sessions, err := d.s.Sessions(d.ctx)
	for _, one := range sessions {
		d.line("session", one)
	}
	return err
}
