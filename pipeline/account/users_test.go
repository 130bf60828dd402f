package account

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"testing"
	"testing/iotest"
	"time"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

func TestAdd(t *testing.T) {
	w := newWorld(t)
	word, err := w.users.Add(t.Context(), New{Name: "anna", Title: "Анна", Roles: []string{"manager"}, Manager: "manager-1", By: "olga"})
	w.ok(err)
	if !regexp.MustCompile(`^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$`).MatchString(word) || CheckPassword("anna", word) != nil {
		t.Errorf("one-time password %q", word)
	}
	a := w.account("anna")
	if !a.OneTime || a.Title != "Анна" || a.Manager != "manager-1" || a.By != "olga" || a.Created != w.at || a.Changed != w.at {
		t.Errorf("%+v", a)
	}
	w.ok(w.try("anna", word, home))
	for _, tt := range []struct {
		n    New
		want error
	}{
		{New{Name: "anna", Roles: []string{"head"}, Password: good}, ErrExists},
		{New{Name: "Вера", Roles: []string{"head"}, Password: good}, ErrName},
		{New{Name: "vera", Title: "a\nb", Roles: []string{"head"}, Password: good}, ErrName},
		{New{Name: "vera", Roles: []string{"boss"}, Password: good}, ErrRole},
		{New{Name: "vera", Roles: []string{"head"}, Password: "short"}, ErrWeak},
	} {
		if _, err := w.users.Add(t.Context(), tt.n); !errors.Is(err, tt.want) {
			t.Errorf("%+v: error %v, want %v", tt.n, err, tt.want)
		}
	}
	all, err := w.users.List(t.Context())
	w.ok(err)
	if len(all) != 2 || w.account("anna").Title != "Анна" {
		t.Errorf("%+v", all)
	}
}

func TestSetPassword(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	token := w.login("anna")
	w.later(time.Second)
	if _, err := w.users.SetPassword(t.Context(), "anna", "short", "olga"); !errors.Is(err, ErrWeak) {
		t.Errorf("error %v, want ErrWeak", err)
	}
	if _, err := w.users.SetPassword(t.Context(), "vera", other, "olga"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	w.ok(w.in(token))
	word, err := w.users.SetPassword(t.Context(), "anna", "", "olga")
	w.ok(err)
	if a := w.account("anna"); !a.OneTime || a.By != "olga" || !errors.Is(w.in(token), ErrExpired) {
		t.Errorf("%+v", a)
	}
	now, a, err := w.door.Login(t.Context(), "anna", word, home, "")
	w.ok(err)
	if !a.OneTime {
		t.Error("nobody is told to change it")
	}
	_, a, err = w.door.ChangePassword(t.Context(), now, word, other)
	if w.ok(err); a.OneTime {
		t.Error("it must be changed again")
	}
	if word, err = w.users.SetPassword(t.Context(), "anna", good, "olga"); err != nil || word != "" || w.account("anna").OneTime {
		t.Errorf("%q, %v", word, err)
	}
	w.login("anna")
}

func TestSetRoles(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	token := w.login("anna")
	w.later(time.Second)
	w.ok(w.users.SetRoles(t.Context(), "anna", []string{"manager", "analyst"}, "manager-2", "olga"))
	if a := w.account("anna"); !slices.Equal(a.Roles, []string{"manager", "analyst"}) || a.Manager != "manager-2" || a.Changed != w.at {
		t.Errorf("%+v", a)
	}
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("a session with other roles: %v", err)
	}
	if err := w.users.SetRoles(t.Context(), "anna", nil, "", "olga"); !errors.Is(err, ErrRole) {
		t.Errorf("error %v, want ErrRole", err)
	}
	if err := w.users.SetRoles(t.Context(), "vera", []string{"head"}, "", "olga"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

// Somebody can always change accounts.
func TestTheLastOperatorStays(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	w.add("boris", Operator)
	w.ok(w.users.SetBlocked(t.Context(), "boris", true, "olga"))
	for name, do := range map[string]func() error{
		"remove": func() error { return w.users.Remove(t.Context(), "olga") },
		"demote": func() error { return w.users.SetRoles(t.Context(), "olga", []string{"head"}, "", "olga") },
		"block":  func() error { return w.users.SetBlocked(t.Context(), "olga", true, "olga") },
	} {
		if err := do(); !errors.Is(err, ErrLastOperator) {
			t.Errorf("%s: error %v, want ErrLastOperator", name, err)
		}
	}
	if a := w.account("olga"); a.Blocked || !Has(a, Operator) {
		t.Errorf("%+v", a)
	}
	w.ok(w.users.SetRoles(t.Context(), "olga", []string{"operator", "head"}, "", "olga"))
	w.ok(w.users.SetBlocked(t.Context(), "olga", false, "olga"))
	w.ok(w.users.Remove(t.Context(), "anna"))
	w.ok(w.users.Remove(t.Context(), "boris")) // blocked: none that counts
	w.add("vera", Operator)
	w.ok(w.users.Remove(t.Context(), "olga"))
	if err := w.users.Remove(t.Context(), "olga"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

func TestAnAccountMadeAnewInheritsNoSession(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	token := w.login("anna")
	w.ok(w.users.Remove(t.Context(), "anna"))
	w.later(time.Second)
	w.add("anna", Head)
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("error %v, want ErrExpired", err)
	}
}

// Nothing is made of what was not drawn.
func TestWithoutRandomness(t *testing.T) {
	w := newWorld(t)
	empty := iotest.ErrReader(io.ErrUnexpectedEOF)
	w.users.random, w.users.hash.random = empty, empty
	_, given := w.users.Add(t.Context(), New{Name: "anna", Roles: []string{"head"}, Password: good})
	_, drawn := w.users.Add(t.Context(), New{Name: "anna", Roles: []string{"head"}})
	_, first := First(t.Context(), memory.New(), t.TempDir(), w.at, empty)
	for name, err := range map[string]error{"a salt": given, "a password": drawn, "the first": first, "a token": w.try("olga", good, home)} {
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if all, err := w.users.List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
