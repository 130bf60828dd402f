package gate

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestGate(t *testing.T) {
	for _, c := range []struct {
		name         string
		inside, next Kind
		busy, waits  bool
	}{
		{"a reader beside a night", Night, Read, false, false},
		{"a reader beside an erasure", Alone, Read, false, false},
		{"a writer beside a night", Night, Write, false, false},
		{"a second night", Night, Night, true, false},
		{"an erasure beside a night", Night, Alone, true, false},
		{"a night beside an erasure", Alone, Night, true, false},
		{"a writer waits for an erasure", Alone, Write, false, true},
		{"an erasure waits for writers", Write, Alone, false, true},
		{"a night beside writers", Write, Night, false, false},
		{"writers side by side", Write, Write, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := New(time.Now)
				leave, err := g.Enter(t.Context(), Pass{Kind: c.inside, What: "run", Who: "the clock"})
				if err != nil {
					t.Fatal(err)
				}
				entered := make(chan error, 1)
				go func() {
					done, err := g.Enter(t.Context(), Pass{Kind: c.next})
					if err == nil {
						done()
					}
					entered <- err
				}()
				synctest.Wait()
				if c.waits {
					select {
					case err := <-entered:
						t.Fatalf("did not wait: %v", err)
					default:
					}
					leave()
				}
				err = <-entered
				if errors.Is(err, ErrBusy) != c.busy {
					t.Fatalf("got %v, want busy = %v", err, c.busy)
				}
				var busy *BusyError
				if c.busy && (!errors.As(err, &busy) || busy.Holder.What != "run") {
					t.Errorf("%v does not say who holds it", err)
				}
				leave()
				if p, held := g.Holder(); held {
					t.Errorf("%v is still inside", p)
				}
			})
		})
	}
}

// TestGaveUp: an erasure that no longer waits must not shut the gate for ever.
func TestGaveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(time.Now)
		leave, err := g.Enter(t.Context(), Pass{Kind: Write})
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Enter(ctx, Pass{Kind: Alone}); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, want the deadline", err)
		}
		night, err := g.Enter(t.Context(), Pass{Kind: Night})
		if err != nil {
			t.Fatalf("the gate stays shut: %v", err)
		}
		night()
	})
}
