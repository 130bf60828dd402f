package resolve

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// ordered does something with each of a sequence, several at a time, and gives
// the outcomes in the order of the sequence. Some twice as many as there are
// workers are held at most. The first error ends it.
func ordered[In, Out any](ctx context.Context, workers int, in iter.Seq2[In, error], do func(context.Context, In) (Out, error)) iter.Seq2[Out, error] {
	return func(yield func(Out, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(workers + 1) // the one that gives out is one of them
		order := make(chan chan Out, workers)
		g.Go(func() error {
			defer close(order)
			for one, err := range in {
				if err != nil {
					return err
				}
				answer := make(chan Out, 1)
				select {
				case order <- answer:
				case <-ctx.Done():
					return context.Cause(ctx)
				}
				g.Go(func() error {
					out, err := do(ctx, one)
					if err == nil {
						answer <- out
					}
					return err
				})
			}
			return nil
		})
		wanted := hand(ctx, order, yield)
		cancel()
		if err := g.Wait(); err != nil && wanted {
			var none Out
			yield(none, err)
		}
	}
}

// hand yields the answers in their order; false when no more are wanted.
func hand[Out any](ctx context.Context, order <-chan chan Out, yield func(Out, error) bool) bool {
	for answer := range order {
		select {
		case out := <-answer:
			if !yield(out, nil) {
				return false
			}
		case <-ctx.Done():
			return true
		}
	}
	return true
}

// pages cuts a reading into pages. Read is asked for what follows the last.
func pages[T any](read func(after *T) ([]T, error)) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		var last *T
		for {
			page, err := read(last)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(page) == 0 || !yield(page, nil) || len(page) < pageSize {
				return
			}
			last = &page[len(page)-1]
		}
	}
}
