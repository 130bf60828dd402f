package account

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"obzvon/pipeline/store"
)

func TestLogin(t *testing.T) {
	w := newWorld(t)
	token, a, err := w.door.Login(t.Context(), " Olga ", good, home, "Browser/1\x00\xff"+strings.Repeat("x", 300))
	w.ok(err)
	if a.Name != "olga" || len(token) != 43 {
		t.Errorf("%+v, token of %d", a, len(token))
	}
	who, s, err := w.door.Who(t.Context(), token)
	w.ok(err)
	if who.Name != "olga" || s.Address != home || s.Created != w.at || !strings.HasPrefix(s.Agent, "Browser/1x") || len(s.Agent) > maxAgent {
		t.Errorf("%+v, %+v", who, s)
	}
	if strings.Contains(s.Digest, token) || len(s.Digest) != 64 {
		t.Errorf("digest %q of token %q", s.Digest, token)
	}
	if w.login("olga") == token {
		t.Error("one token twice")
	}
	for _, wrong := range []struct{ name, password string }{
		{"olga", other}, {"olga", ""}, {"olga", strings.Repeat("x", maxPassword+1)}, {"nobody", good}, {"", good}, {"a b@c", good},
	} {
		_, _, err := w.door.Login(t.Context(), wrong.name, wrong.password, "", "")
		if err != ErrWrong { //nolint:errorlint // nothing may tell one from another
			t.Errorf("%q: error %v, want ErrWrong itself", wrong.name, err)
		}
		w.later(longest)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := w.door.Login(ended, "olga", good, home, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Who is not there costs a hash as well: while nobody gets a turn to compute one,
// nobody is answered.
func TestNobodyTakesAsLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		for range atOnce {
			w.users.hash.turns <- struct{}{}
		}
		for _, name := range []string{"olga", "nobody", "no such name"} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			if _, _, err := w.door.Login(ctx, name, "wrong password", home, ""); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: answered without a hash: %v", name, err)
			}
			cancel()
		}
	})
}

func TestBlockedLooksLikeWrong(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	token := w.login("anna")
	w.ok(w.users.SetBlocked(t.Context(), "anna", true, "olga"))
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("error %v, want ErrExpired", err)
	}
	if err := w.try("anna", good, home); !errors.Is(err, ErrBlocked) || !errors.Is(err, ErrWrong) {
		t.Errorf("error %v, want ErrBlocked", err)
	}
	if err := w.try("anna", other, home); errors.Is(err, ErrBlocked) || !errors.Is(err, ErrWrong) {
		t.Errorf("error %v, want ErrWrong", err)
	}
	w.ok(w.users.SetBlocked(t.Context(), "anna", false, "olga"))
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("an old session is back: %v", err)
	}
	w.login("anna")
}

// A password that is changed while the old one is looked at lets nobody in.
func TestLoginDuringAChange(t *testing.T) {
	for name, change := range map[string]func(*world) error{
		"password": func(w *world) error { _, err := w.users.SetPassword(t.Context(), "olga", other, "olga"); return err },
		"roles": func(w *world) error {
			return w.users.SetRoles(t.Context(), "olga", []string{"operator", "head"}, "", "olga")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.users.random = &meanwhile{w.users.random, func() {
				w.later(time.Millisecond)
				w.ok(change(w))
				w.later(time.Millisecond)
			}}
			token, _, err := w.door.Login(t.Context(), "olga", good, home, "")
			w.ok(err)
			if err := w.in(token); !errors.Is(err, ErrExpired) {
				t.Errorf("what was right before the change lets in: %v", err)
			}
		})
	}
}

// meanwhile draws the token of a session when something has happened.
type meanwhile struct {
	io.Reader

	happens func()
}

func (m *meanwhile) Read(p []byte) (int, error) {
	m.happens()
	return m.Reader.Read(p)
}

func TestSessionsEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		steps []time.Duration // between requests
		in    bool
	}{
		"at once":          {[]time.Duration{0}, true},
		"short of idle":    {[]time.Duration{time.Hour - 1}, true},
		"idle":             {[]time.Duration{time.Hour}, false},
		"kept up":          {[]time.Duration{50 * time.Minute, 50 * time.Minute, 50 * time.Minute}, true},
		"seconds and idle": {[]time.Duration{30 * time.Second, time.Hour - time.Second}, false}, // roughly
		"a clock put back": {[]time.Duration{-time.Hour, 0}, true},
		"however kept up":  {[]time.Duration{50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 50 * time.Minute, 20 * time.Minute}, false},
	} {
		w := newWorld(t)
		token := w.login("olga")
		var err error
		for i, step := range tt.steps {
			if err != nil {
				t.Errorf("%s: over before step %d: %v", name, i, err)
			}
			w.later(step)
			err = w.in(token)
		}
		if tt.in != (err == nil) || !tt.in && !errors.Is(err, ErrExpired) {
			t.Errorf("%s: %v", name, err)
		}
		if _, stands := w.store.Session(t.Context(), digest(token)); !tt.in && !errors.Is(stands, store.ErrNotFound) {
			t.Errorf("%s: one that is over stands: %v", name, stands)
		}
	}
}

func TestWhoKnowsNobody(t *testing.T) {
	w := newWorld(t)
	token := w.login("olga")
	for _, wrong := range []string{"", token + "x", token[:42], strings.Repeat("A", 43), digest(token)} {
		if err := w.in(wrong); !errors.Is(err, ErrExpired) {
			t.Errorf("%q: error %v, want ErrExpired", wrong, err)
		}
	}
	w.ok(w.door.Logout(t.Context(), token))
	w.ok(w.door.Logout(t.Context(), token))
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("after logout: %v", err)
	}
}

// writes counts what a session costs the disk, and can be told to fail.
type writes struct {
	store.Store
	sessions int
	fail     error
}

func (c *writes) PutSession(ctx context.Context, s store.Session) error {
	if c.sessions++; c.fail != nil {
		return c.fail
	}
	return c.Store.PutSession(ctx, s)
}

func TestSeenIsWrittenOnceAMinute(t *testing.T) {
	w := newWorld(t)
	token := w.login("olga")
	counted := &writes{Store: w.store}
	w.door.store = counted
	for range 600 {
		w.later(time.Second)
		w.ok(w.in(token))
	}
	if counted.sessions != 10 {
		t.Errorf("%d writes in ten minutes", counted.sessions)
	}
	counted.fail = errors.New("disk is full")
	w.later(time.Minute)
	w.ok(w.in(token))
	counted.fail = store.ErrNotFound
	if err := w.in(token); !errors.Is(err, ErrExpired) {
		t.Errorf("an account that went meanwhile: %v", err)
	}
}

func TestChangePassword(t *testing.T) {
	w := newWorld(t)
	_, err := w.users.Add(t.Context(), New{Name: "anna", Roles: []string{"head"}, Password: good})
	w.ok(err)
	mine, elsewhere, olga := w.login("anna"), w.login("anna"), w.login("olga")
	w.later(time.Minute)
	if _, _, err := w.door.ChangePassword(t.Context(), mine, other, "yet another one"); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong old one: %v", err)
	}
	for _, weak := range []string{"short", good} {
		if _, _, err := w.door.ChangePassword(t.Context(), mine, good, weak); !errors.Is(err, ErrWeak) {
			t.Errorf("%q: error %v, want ErrWeak", weak, err)
		}
	}
	w.ok(w.in(elsewhere))
	now, a, err := w.door.ChangePassword(t.Context(), mine, good, other)
	w.ok(err)
	if a.Name != "anna" || a.Changed != w.at || a.By != "anna" {
		t.Errorf("%+v", a)
	}
	for _, over := range []string{mine, elsewhere} {
		if err := w.in(over); !errors.Is(err, ErrExpired) {
			t.Errorf("error %v, want ErrExpired", err)
		}
	}
	w.ok(w.in(now))
	w.ok(w.in(olga))
	if err := w.try("anna", good, home); !errors.Is(err, ErrWrong) {
		t.Errorf("the old password: %v", err)
	}
	w.ok(w.try("anna", other, home))
	if _, _, err := w.door.ChangePassword(t.Context(), mine, other, good); !errors.Is(err, ErrExpired) {
		t.Errorf("without a session: %v", err)
	}
	for range freeTries {
		if _, _, err := w.door.ChangePassword(t.Context(), now, "a thief guesses", good); !errors.Is(err, ErrWrong) {
			t.Errorf("error %v, want ErrWrong", err)
		}
	}
	var slow *SlowDown
	if _, _, err = w.door.ChangePassword(t.Context(), now, other, good); !errors.As(err, &slow) {
		t.Errorf("guesses within a session: %v", err)
	}
}

func TestRehash(t *testing.T) {
	w := newWorld(t)
	token, before := w.login("olga"), w.account("olga")
	w.later(time.Minute)
	var err error
	w.users.hash, err = newHasher(Cost{Memory: 128, Passes: 1, Threads: 1}, counting())
	w.ok(err)
	w.refused(w.try("olga", other, home))
	if w.account("olga").Hash != before.Hash {
		t.Error("a wrong password was hashed anew")
	}
	w.login("olga")
	after := w.account("olga")
	if !strings.Contains(after.Hash, "m=128,") || after.Changed != before.Changed {
		t.Errorf("%+v", after)
	}
	w.ok(w.in(token))
	w.login("olga")
	if w.account("olga").Hash != after.Hash {
		t.Error("hashed again without need")
	}
}

func TestSweep(t *testing.T) {
	w := newWorld(t)
	w.add("anna", Head)
	idle := w.login("olga")
	w.later(40 * time.Minute)
	kept, annas := w.login("olga"), w.login("anna")
	a := w.account("anna")
	a.Blocked = true // as another program would: its sessions stand
	w.ok(w.store.PutAccount(t.Context(), a))
	w.later(20 * time.Minute)
	n, err := w.door.Sweep(t.Context())
	w.ok(err)
	if n != 2 {
		t.Errorf("%d swept, want 2", n)
	}
	for token, want := range map[string]error{idle: store.ErrNotFound, annas: store.ErrNotFound, kept: nil} {
		if _, err := w.store.Session(t.Context(), digest(token)); !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
	}
}
