package account

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func first(t *testing.T, w *world) string {
	t.Helper()
	path, err := First(t.Context(), w.store, w.users.dir, w.at, counting())
	w.ok(err)
	return path
}

// emptyWorld has no accounts yet.
func emptyWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.ok(w.store.DropAccount(t.Context(), "olga"))
	return w
}

func firstPassword(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), "Одноразовый пароль: ")
	password, _, _ := strings.Cut(after, "\n")
	return password
}

func TestFirstStart(t *testing.T) {
	w := emptyWorld(t)
	path := first(t, w)
	if path != filepath.Join(w.users.dir, FirstFile) {
		t.Errorf("path %q", path)
	}
	if info, err := os.Lstat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	a := w.account(FirstName)
	if !a.OneTime || !slices.Equal(a.Roles, []string{"analyst", "head", "operator"}) || a.Manager != "" {
		t.Errorf("%+v", a)
	}
	password := firstPassword(t, path)
	if again := first(t, w); again != path || firstPassword(t, path) != password {
		t.Errorf("the second start: %q", again)
	}
	token, a, err := w.door.Login(t.Context(), FirstName, password, home, "")
	w.ok(err)
	if _, err := os.Stat(path); err != nil || !a.OneTime {
		t.Errorf("a login alone: %v", err)
	}
	if _, _, err := w.door.ChangePassword(t.Context(), token, password, "short"); err == nil {
		t.Error("a weak one was taken")
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("nothing was changed: %v", err)
	}
	_, _, err = w.door.ChangePassword(t.Context(), token, password, other)
	w.ok(err)
	if left, err := os.ReadDir(w.users.dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if path := first(t, w); path != "" || w.account(FirstName).OneTime {
		t.Errorf("a later start: %q", path)
	}
}

func TestFirstStartWithAccounts(t *testing.T) {
	w := newWorld(t)
	stale := filepath.Join(w.users.dir, FirstFile)
	w.ok(os.WriteFile(stale, []byte("of another time"), 0o600))
	if path := first(t, w); path != "" {
		t.Errorf("%q", path)
	}
	if _, err := os.Stat(stale); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a password that lets nobody in stands: %v", err)
	}
	all, err := w.users.List(t.Context())
	if w.ok(err); len(all) != 1 {
		t.Errorf("%+v", all)
	}
}

// What stands there is replaced, not written into: somebody may have it open, or it
// points elsewhere.
func TestFirstStartReplacesWhatStandsThere(t *testing.T) {
	w := emptyWorld(t)
	path := filepath.Join(w.users.dir, FirstFile)
	elsewhere := filepath.Join(t.TempDir(), "x")
	w.ok(os.WriteFile(path+".tmp", []byte("left by a kill"), 0o644))
	w.ok(os.WriteFile(elsewhere, []byte("theirs"), 0o644))
	w.ok(os.Symlink(elsewhere, path))
	first(t, w)
	if info, err := os.Lstat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if theirs, err := os.ReadFile(elsewhere); err != nil || string(theirs) != "theirs" {
		t.Errorf("%q, %v", theirs, err)
	}
	w.ok(w.try(FirstName, firstPassword(t, path), home))
}

func TestFirstPasswordGoesWhoeverChangesIt(t *testing.T) {
	for name, change := range map[string]func(w *world) error{
		"password": func(w *world) error {
			_, err := w.users.SetPassword(t.Context(), FirstName, "", "olga")
			return err
		},
		"remove": func(w *world) error { return w.users.Remove(t.Context(), FirstName) },
	} {
		w := emptyWorld(t)
		path := first(t, w)
		w.add("olga", Operator)
		if _, err := w.users.SetPassword(t.Context(), "olga", other, "olga"); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("another's password: %v", err)
		}
		w.ok(change(w))
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
		if again := first(t, w); again != "" {
			t.Errorf("%s: %q", name, again)
		}
	}
}

// Without a place for the password there is no account that nobody could open.
func TestFirstStartWithoutAFolder(t *testing.T) {
	w := emptyWorld(t)
	if _, err := First(t.Context(), w.store, filepath.Join(t.TempDir(), "none"), w.at, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if all, err := w.users.List(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
}
