package account

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// cheap keeps tests quick; what a hash costs is tested apart.
var cheap = Cost{Memory: 64, Passes: 1, Threads: 1}

const (
	good  = "верный-пароль"
	other = "another good one"
	home  = "192.0.2.7"
)

// world is accounts on a clock that stands still until it is moved.
type world struct {
	*testing.T
	store store.Store
	users *Users
	door  *Door
	at    time.Time
}

func (w *world) later(d time.Duration) { w.at = w.at.Add(d) }

// counting is a source of bytes that never repeats itself.
func counting() io.Reader { return &counter{} }

type counter struct{ n uint64 }

func (c *counter) Read(p []byte) (int, error) {
	c.n++
	return copy(p, bytes.Repeat(binary.BigEndian.AppendUint64(nil, c.n*0x9e3779b97f4a7c15), len(p)/8+1)), nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, store: memory.New(), at: time.Date(2026, time.November, 16, 9, 0, 0, 0, time.UTC)}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	var err error
	w.users, err = NewUsers(Options{Store: w.store, Dir: t.TempDir(), Now: func() time.Time { return w.at }, Random: counting(), Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	w.door = NewDoor(w.users, time.Hour, 12*time.Hour)
	w.add("olga", Operator)
	return w
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) add(name string, roles ...Role) {
	w.Helper()
	n := New{Name: name, Password: good, By: "test"}
	for _, r := range roles {
		n.Roles = append(n.Roles, string(r))
		if r == Manager {
			n.Manager = "manager-1"
		}
	}
	_, err := w.users.Add(w.Context(), n)
	w.ok(err)
}

func (w *world) account(name string) store.Account {
	w.Helper()
	a, err := w.store.Account(w.Context(), name)
	w.ok(err)
	return a
}

func (w *world) login(name string) (token string) {
	w.Helper()
	token, _, err := w.door.Login(w.Context(), name, good, home, "Browser/1")
	w.ok(err)
	return token
}

func (w *world) in(token string) error {
	_, _, err := w.door.Who(w.Context(), token)
	return err
}
