package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
)

func newTestHasher(t testing.TB, c Cost) *hasher {
	t.Helper()
	h, err := newHasher(c, counting())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHash(t *testing.T) {
	h := newTestHasher(t, Cost{})
	hash, err := h.make(t.Context(), good)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(hash, good) {
		t.Fatalf("%q, %v", hash, err)
	}
	for password, want := range map[string]bool{good: true, good + " ": false, "": false, strings.ToUpper(good): false} {
		if right, stale, err := h.check(t.Context(), password, hash); right != want || stale || err != nil {
			t.Errorf("%q: %v, stale %v, %v", password, right, stale, err)
		}
	}
	if again, err := h.make(t.Context(), good); err != nil || again == hash {
		t.Errorf("one salt twice: %q, %v", again, err)
	}
	_, stale, err := newTestHasher(t, cheap).check(t.Context(), good, hash)
	if err != nil || !stale {
		t.Errorf("another cost: stale %v, %v", stale, err)
	}
}

// The vector for argon2id with one thread is that of the reference implementation
// (github.com/P-H-C/phc-winner-argon2, src/test.c).
func TestHashOfTheReference(t *testing.T) {
	h := newTestHasher(t, cheap)
	right, _, err := h.check(t.Context(), "password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	if !right || err != nil {
		t.Errorf("%v, %v", right, err)
	}
}

// A letter is the same however the keyboard encodes it.
func TestHashOfComposedLetters(t *testing.T) {
	h := newTestHasher(t, cheap)
	hash, err := h.make(t.Context(), "и\u0306од и \u0435\u0308лка")
	if err != nil {
		t.Fatal(err)
	}
	if right, _, err := h.check(t.Context(), "\u0439од и \u0451лка", hash); !right || err != nil {
		t.Errorf("%v, %v", right, err)
	}
}

func TestHashRefuses(t *testing.T) {
	salt, key := strings.Repeat("c", 22-1)+"A", strings.Repeat("k", 43-1)+"A"
	fine := fmt.Sprintf("$argon2id$v=19$m=64,t=1,p=1$%s$%s", salt, key)
	if _, err := parsePHC(fine); err != nil {
		t.Fatal(err)
	}
	h := newTestHasher(t, cheap)
	for _, hash := range []string{
		"", "$", good, fine + "$", " " + fine, fine + "\n", strings.Replace(fine, "argon2id", "argon2i", 1),
		strings.Replace(fine, "v=19", "v=16", 1), strings.Replace(fine, "m=64", "m=4194304", 1), strings.Replace(fine, "m=64", "m=65537", 1),
		strings.Replace(fine, "m=64", "m=7", 1), strings.Replace(fine, "m=64", "m=064", 1), strings.Replace(fine, "m=64", "m=+64", 1),
		strings.Replace(fine, "t=1", "t=0", 1), strings.Replace(fine, "t=1", "t=9", 1), strings.Replace(fine, "t=1", "t=4294967297", 1),
		strings.Replace(fine, "p=1", "p=0", 1), strings.Replace(fine, "p=1", "p=5", 1), strings.Replace(fine, "p=1", "p=257", 1),
		strings.Replace(fine, "m=64,t=1", "t=1,m=64", 1), strings.Replace(fine, ",p=1", "", 1), strings.Replace(fine, ",p=1", ",p=1,x=1", 1),
		strings.Replace(fine, salt, "c29t", 1), strings.Replace(fine, key, "c29t", 1), strings.Replace(fine, salt, salt+"=", 1),
		strings.Replace(fine, salt, strings.Repeat("c", 21)+"B", 1), strings.Replace(fine, key, strings.Repeat("kkkk", 40), 1),
	} {
		if _, _, err := h.check(t.Context(), good, hash); !errors.Is(err, ErrHash) {
			t.Errorf("%q: error %v, want ErrHash", hash, err)
		}
	}
	for _, c := range []Cost{{Memory: 1 << 22, Passes: 1, Threads: 1}, {Memory: 64, Threads: 1}, {Memory: 64, Passes: 1}, {Memory: 15, Passes: 1, Threads: 2}} {
		if _, err := NewUsers(Options{Cost: c}); !errors.Is(err, ErrHash) {
			t.Errorf("%+v: error %v, want ErrHash", c, err)
		}
	}
}

// What is taken for a hash is in bounds, and is written as it was read.
func FuzzParsePHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	f.Add("$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err != nil {
			if !errors.Is(err, ErrHash) {
				t.Errorf("error %v, want ErrHash", err)
			}
			return
		}
		if p.String() != s || !p.cost.sane() || len(p.salt) > 64 || len(p.key) > 64 {
			t.Errorf("%q became %+v", s, p)
		}
	})
}

// Few hashes are computed at a time, some wait, the rest is told to come later; who
// leaves the queue makes room.
func TestHashesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newTestHasher(t, cheap)
		for range atOnce {
			h.turns <- struct{}{}
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		for range inQueue + atOnce {
			go func() { ended <- h.burn(ctx, good) }()
		}
		synctest.Wait()
		var slow *SlowDown
		if err := h.burn(t.Context(), good); !errors.As(err, &slow) || slow.Wait <= 0 {
			t.Errorf("one too many: %v", err)
		}
		cancel()
		for range inQueue + atOnce {
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("left the queue: %v", err)
			}
		}
		<-h.turns
		if err := h.burn(t.Context(), good); err != nil {
			t.Errorf("a free turn: %v", err)
		}
		if err := h.burn(ctx, good); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

// BenchmarkHash tells what a login costs.
func BenchmarkHash(b *testing.B) {
	h := newTestHasher(b, Cost{})
	b.ReportAllocs()
	for b.Loop() {
		if err := h.burn(b.Context(), good); err != nil {
			b.Fatal(err)
		}
	}
}
