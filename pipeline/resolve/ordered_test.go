package resolve

import (
	"context"
	"errors"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errBad = errors.New("bad")

func numbers(n int, failAt int) func(yield func(int, error) bool) {
	return func(yield func(int, error) bool) {
		for i := range n {
			if i == failAt {
				yield(0, errBad)
				return
			}
			if !yield(i, nil) {
				return
			}
		}
	}
}

func TestOrdered(t *testing.T) {
	square := func(_ context.Context, n int) (int, error) { return n * n, nil }
	for _, workers := range []int{1, 2, 7} {
		next := 0
		for got, err := range ordered(t.Context(), workers, numbers(300, -1), square) {
			if err != nil || got != next*next {
				t.Fatalf("%d workers: %d, %v at %d", workers, got, err, next)
			}
			next++
		}
		if next != 300 {
			t.Errorf("%d workers: %d of 300", workers, next)
		}
		for _, err := range ordered(t.Context(), workers, numbers(300, -1), square) {
			if err != nil {
				t.Error(err)
			}
			break // nobody is left behind
		}
	}
}

func TestOrderedEndsWithTheFirstError(t *testing.T) {
	fails := func(_ context.Context, n int) (int, error) {
		if n == 40 {
			return 0, errBad
		}
		return n, nil
	}
	for name, seq := range map[string]func(yield func(int, error) bool){
		"work":  ordered(t.Context(), 3, numbers(100, -1), fails),
		"input": ordered(t.Context(), 3, numbers(100, 40), func(_ context.Context, n int) (int, error) { return n, nil }),
	} {
		got, failed := 0, 0
		for n, err := range seq {
			switch {
			case err == nil && n == got:
				got++
			case errors.Is(err, errBad):
				failed++
			default:
				t.Errorf("%s: %d, %v", name, n, err)
			}
		}
		if failed != 1 || got > 40 {
			t.Errorf("%s: %d before %d errors", name, got, failed)
		}
	}
}

func TestOrderedIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	last := error(nil)
	for n, err := range ordered(ctx, 2, numbers(1000, -1), func(ctx context.Context, n int) (int, error) { return n, ctx.Err() }) {
		if last = err; n == 10 {
			cancel()
		}
	}
	cancel()
	if !errors.Is(last, context.Canceled) {
		t.Errorf("ended with %v", last)
	}
}
