package account

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"
)

func (w *world) try(name, password, address string) error {
	_, _, err := w.door.Login(w.Context(), name, password, address, "")
	return err
}

// refused returns how long a login must wait, 0 if it was looked at.
func (w *world) refused(err error) time.Duration {
	w.Helper()
	var slow *SlowDown
	if errors.As(err, &slow) {
		return slow.Wait
	}
	if err != nil && !errors.Is(err, ErrWrong) {
		w.Error(err)
	}
	return 0
}

func TestWrongLoginsOfAnAccountSlowItDown(t *testing.T) {
	w := newWorld(t)
	from := func(n int) string { return fmt.Sprintf("192.0.2.%d", n) }
	for n := range freeTries {
		if err := w.try("olga", "wrong password", from(n)); !errors.Is(err, ErrWrong) {
			t.Fatalf("try %d: %v", n, err)
		}
	}
	for n, want := range []time.Duration{5, 10, 20, 40, 80, 160, 320, 640, 900, 900} {
		want *= time.Second
		if got := w.refused(w.try("olga", good, from(100+n))); got != want {
			t.Fatalf("the right one after %d wrong: wait %v, want %v", freeTries+n, got, want)
		}
		w.later(want - time.Second)
		if got := w.refused(w.try("olga", good, from(200))); got != time.Second {
			t.Fatalf("too early: wait %v", got)
		}
		w.later(time.Second)
		if err := w.try("olga", "wrong password", from(100+n)); !errors.Is(err, ErrWrong) {
			t.Fatalf("after the wait: %v", err)
		}
	}
	if err := w.try("nobody", good, home); !errors.Is(err, ErrWrong) {
		t.Errorf("another account: %v", err)
	}
	w.later(longest)
	w.ok(w.try("olga", good, from(1)))
	if err := w.try("olga", "wrong password", from(1)); !errors.Is(err, ErrWrong) {
		t.Errorf("the right one forgives all: %v", err)
	}
}

func TestWrongLoginsFromAnAddressSlowItDown(t *testing.T) {
	for name, tt := range map[string]struct{ first, second, elsewhere string }{
		"IPv4":             {"192.0.2.7", "192.0.2.7:4711", "192.0.2.8"},
		"IPv4 in IPv6":     {"::ffff:192.0.2.7", "192.0.2.7", "::ffff:192.0.2.8"},
		"IPv6 of a subnet": {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9%eth0", "2001:db8:1:3::1"},
		"no address":       {"", "unknown", "192.0.2.8"},
	} {
		w := newWorld(t)
		for n := range freeTries {
			if err := w.try(fmt.Sprintf("user%d", n), good, tt.first); !errors.Is(err, ErrWrong) {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if got := w.refused(w.try("olga", good, tt.second)); got != firstWait {
			t.Errorf("%s: wait %v", name, got)
		}
		w.ok(w.try("olga", good, tt.elsewhere))
		w.later(firstWait)
		w.ok(w.try("olga", good, tt.second))
	}
}

// Who has an account cannot wash an address clean with it; slips of people who then
// get in slow nobody beside them down.
func TestARightLoginForgivesOnlyItsOwnSlips(t *testing.T) {
	w := newWorld(t)
	w.add("eve", Analyst)
	for range 3 {
		w.refused(w.try("olga", "wrong password", home))
		w.refused(w.try("olga", "wrong password", home))
		w.ok(w.try("olga", good, home))
	}
	for range freeTries - 1 {
		w.refused(w.try("victim", "a guess of eve", home))
		w.ok(w.try("eve", good, home))
	}
	w.refused(w.try("victim", "a guess of eve", home))
	if got := w.refused(w.try("eve", good, home)); got != firstWait {
		t.Errorf("wait %v", got)
	}
}

// Logins at the same time are counted before they are looked at.
func TestGuessesAtTheSameTime(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	looked := 0
	var group sync.WaitGroup
	for range 4 * freeTries {
		group.Go(func() {
			if err := w.try("olga", "wrong password", home); errors.Is(err, ErrWrong) {
				mu.Lock()
				looked++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if looked != freeTries {
		t.Errorf("%d guesses were looked at, want %d", looked, freeTries)
	}
}

// What was not looked at is no guess.
func TestAnErrorIsNoGuess(t *testing.T) {
	w := newWorld(t)
	a := w.account("olga")
	hash := a.Hash
	a.Hash = "damaged"
	w.ok(w.store.PutAccount(t.Context(), a))
	for range 2 * freeTries {
		if err := w.try("olga", good, home); !errors.Is(err, ErrHash) || errors.Is(err, ErrWrong) {
			t.Fatalf("error %v, want ErrHash", err)
		}
	}
	a.Hash = hash
	w.ok(w.store.PutAccount(t.Context(), a))
	w.ok(w.try("olga", good, home))
}

func TestTriesAreForgotten(t *testing.T) {
	at := time.Date(2026, time.November, 16, 9, 0, 0, 0, time.UTC)
	g := newGuesses(3)
	who := func(n int) guess { return guessOf(fmt.Sprintf("user%d", n), fmt.Sprintf("192.0.2.%d", n)) }
	for range freeTries {
		g.begin(who(0), at)
	}
	if got := g.begin(who(0), at.Add(-time.Hour)); got != firstWait {
		t.Errorf("a clock that was put back: wait %v", got)
	}
	for n := range 100 {
		g.begin(who(1+n%2), at)
		if len(g.accounts.rows) > 3 || g.accounts.order.Len() != len(g.accounts.rows) || len(g.addresses.rows) > 3 || len(g.pairs.rows) > 3 {
			t.Fatal("more are remembered than may be")
		}
	}
	if got := g.begin(who(0), at); got != firstWait {
		t.Errorf("who is remembered: wait %v", got)
	}
	g.begin(who(3), at)
	if got := g.begin(who(0), at); got != 0 {
		t.Errorf("who was wrong longest ago makes room: wait %v", got)
	}
	for range freeTries {
		g.begin(who(3), at.Add(time.Minute))
	}
	if got := g.begin(who(3), at.Add(time.Minute)); got == 0 {
		t.Error("no wait")
	}
	if got := g.begin(who(3), at.Add(time.Minute+forgetting)); got != 0 || g.accounts.rows["user3"].Value.(*try[string]).wrong != 1 {
		t.Errorf("a day later: wait %v", got)
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "[2001:db8::1]:80": "2001:db8::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := network(address); got != netip.MustParsePrefix(want) {
			t.Errorf("%q: %v", address, got)
		}
	}
	for _, wrong := range []string{"", "x", "192.0.2", "192.0.2.7/8"} {
		if got := network(wrong); got.IsValid() {
			t.Errorf("%q: %v", wrong, got)
		}
	}
}
