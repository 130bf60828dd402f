package bolt_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

func logIn(t *testing.T, s *bolt.Store) {
	t.Helper()
	at := time.Date(2026, time.November, 16, 9, 0, 0, 0, time.UTC)
	a := store.Account{Name: "anna", Roles: []string{"head"}, Hash: "$argon2id$", Created: at, Changed: at}
	if err := s.PutAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if err := s.PutSession(t.Context(), store.Session{Digest: "d", Account: "anna", Created: at, Seen: at}); err != nil {
		t.Fatal(err)
	}
}

// A state of the version before accounts opens as it is, by that version too, and
// gets its buckets with the first account.
func TestAccountsNeedNoOtherFormat(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	path := filepath.Join(o.Dir, "state.db")
	s := open(t, o)
	if _, err := s.Account(t.Context(), "anna"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	closeStore(t, s)
	edit(t, path, func(tx *bbolt.Tx) error {
		if tx.Bucket([]byte("accounts")) != nil || tx.Bucket([]byte("sessions")) != nil {
			t.Error("buckets nobody needed yet")
		}
		return nil
	})
	s = open(t, o)
	logIn(t, s)
	want := dump(t, s)
	closeStore(t, s)
	edit(t, path, func(tx *bbolt.Tx) error {
		if got := string(tx.Bucket([]byte("meta")).Get([]byte("format"))); got != "2" {
			t.Errorf("format %s, want 2", got)
		}
		return nil
	})
	if got := dump(t, open(t, o)); got != want || !strings.Contains(got, "session {Digest:d") {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

func TestAccountsAreBackedUp(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	logIn(t, s)
	want := dump(t, s)
	dir := filepath.Join(t.TempDir(), "restored")
	if err := restore(t, dir, backup(t, s, false), false); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, open(t, bolt.Options{Dir: dir})); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

func TestCheckFindsInAccounts(t *testing.T) {
	for name, tt := range map[string]struct{ bucket, key, value, says string }{
		"an account of no sense":   {"accounts", "x", "y", "damaged record"},
		"one under another name":   {"accounts", "x", `{"name":"y"}`, "stands under the name"},
		"a session of no sense":    {"sessions", "x", "y", "damaged record"},
		"one of nobody":            {"sessions", "x", `{"digest":"x","account":"vera"}`, "no account"},
		"one under another digest": {"sessions", "x", `{"digest":"y","account":"anna"}`, "stands wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			o := bolt.Options{Dir: t.TempDir()}
			s, err := bolt.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			logIn(t, s)
			closeStore(t, s)
			edit(t, filepath.Join(o.Dir, "state.db"), func(tx *bbolt.Tx) error {
				return tx.Bucket([]byte(tt.bucket)).Put([]byte(tt.key), []byte(tt.value))
			})
			if s, err = bolt.Open(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			defer closeStore(t, s)
			if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
		})
	}
}
