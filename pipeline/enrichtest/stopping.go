package enrichtest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.uber.org/goleak"
)

// breakOff leaves the loop after each answer in turn.
func (s suite) breakOff(ctx context.Context) error {
	for k := 1; k <= len(s.companies); k++ {
		before := goleak.IgnoreCurrent()
		taken := 0
		for _, err := range s.make().Enrich(ctx, task(), slices.Values(asks(s.make(), s.companies, nil))) {
			if err != nil {
				return fmt.Errorf("the enricher fails: %w", err)
			}
			if taken++; taken == k {
				break
			}
		}
		if err := goleak.Find(before); err != nil {
			return fmt.Errorf("broken off after %d answers: %w", k, err)
		}
	}
	return nil
}

// cancel cancels before the first answer and after later ones. It may come too
// late to be seen only when all answers were given.
func (s suite) cancel(ctx context.Context) error {
	for k := range len(s.companies) {
		if err := s.cancelAfter(ctx, k); err != nil {
			return fmt.Errorf("cancelled after %d answers: %w", k, err)
		}
	}
	return nil
}

func (s suite) cancelAfter(ctx context.Context, k int) error {
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if k == 0 {
		cancel()
	}
	var final error
	got := 0
	for _, err := range s.make().Enrich(ctx, task(), slices.Values(asks(s.make(), s.companies, nil))) {
		if final != nil {
			return errAfterError
		}
		if final = err; err != nil {
			continue
		}
		if got++; got == k {
			cancel()
		}
	}
	if err := goleak.Find(before); err != nil {
		return err
	}
	if !errors.Is(final, context.Canceled) {
		return fmt.Errorf("ends in %w after %d answers, want %w", orNone(final), got, context.Canceled)
	}
	return nil
}
