package night

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

const (
	// claimedAtOnce is how many asks are claimed in one transaction: what a kill
	// may lose beside those under way. A clean end gives back what it did not hand
	// out.
	claimedAtOnce = 16
	// claimHolds is how long an ask that got no answer, by a kill or the deadline,
	// is left alone: until the next night.
	claimHolds = 12 * time.Hour
	// releaseWithin bounds how long giving back may hold up the way out.
	releaseWithin = 10 * time.Second
)

// asking hands out one enricher's asks. They are taken by the enricher, maybe
// in a goroutine of its own.
type asking struct {
	night    *Night
	view     *view
	enricher Enricher
	day      company.Date
	handed   handed

	mu  sync.Mutex
	err error
}

// failed is what ended the asks, if it was not their end, and what was not given
// back.
func (k *asking) failed() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.err
}

func (k *asking) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.err = errors.Join(k.err, err)
}

// all walks the asks: of a metered enricher the best within its budget, each
// claimed before it is handed out, of any other all in the order of ИНН.
func (k *asking) all(ctx context.Context) iter.Seq[pipeline.Ask] {
	asks := k.free(ctx)
	if k.enricher.Enricher.Describe().Metered {
		asks = k.claimed(ctx)
	}
	return func(yield func(pipeline.Ask) bool) {
		for a, err := range asks {
			if err != nil {
				if ctx.Err() == nil { // the enricher tells of a cut itself
					k.fail(fmt.Errorf("look for whom to ask: %w", err))
				}
				return
			}
			k.handed.give(&a)
			if !yield(a) {
				return
			}
		}
	}
}

// free walks all companies that lack something, and something wanted.
func (k *asking) free(ctx context.Context) iter.Seq2[pipeline.Ask, error] {
	return func(yield func(pipeline.Ask, error) bool) {
		lacking, err := k.lacking()
		if err != nil {
			yield(pipeline.Ask{}, err)
			return
		}
		for d, err := range k.view.all(ctx) {
			if err != nil {
				yield(pipeline.Ask{}, err)
				return
			}
			c := k.view.company(d)
			if k.enricher.Enricher.Lacks(&c) && lacking(&c) && !yield(pipeline.Ask{ID: string(c.INN), Company: c}, nil) {
				return
			}
		}
	}
}

// lacking tells of a company whether it lacks anything that is wanted of the
// enricher.
func (k *asking) lacking() (func(*company.Company) bool, error) {
	w := k.night.wants(k.enricher.Enricher.Describe())
	if w.any {
		return func(*company.Company) bool { return true }, nil
	}
	m, err := score.NewMatcher(k.night.Segments)
	if err != nil {
		return nil, err
	}
	reader := m.Reader()
	return func(c *company.Company) bool {
		row := reader.Row(k.view.releases, c)
		return w.lacking(&row)
	}, nil
}

// claimed walks the best that are due and claims them, some at a time, until
// the night's budget is spent.
func (k *asking) claimed(ctx context.Context) iter.Seq2[pipeline.Ask, error] {
	return func(yield func(pipeline.Ask, error) bool) {
		left, err := k.left(ctx)
		if err != nil {
			yield(pipeline.Ask{}, err)
			return
		}
		if left <= 0 {
			return
		}
		var some []pipeline.Ask
		give := func() bool {
			claimed, before, err := k.claim(ctx, some)
			some = nil
			if err != nil {
				yield(pipeline.Ask{}, err)
				return false
			}
			defer func() { k.release(ctx, before) }()
			for i := range claimed {
				if ctx.Err() != nil {
					return false
				}
				left, before = left-1, before[1:] // begun
				if !yield(claimed[i], nil) {
					return false
				}
			}
			return left > 0
		}
		for a, err := range k.due(ctx, left) {
			if err != nil {
				yield(a, err)
				return
			}
			if some = append(some, a); len(some) == min(claimedAtOnce, left) && !give() {
				return
			}
		}
		if len(some) > 0 {
			give()
		}
	}
}

// left is what remains of the night's budget.
func (k *asking) left(ctx context.Context) (int, error) {
	spent, err := k.night.Store.Claimed(ctx, k.enricher.Section.Name, k.day)
	return k.enricher.Section.Budget - int(spent), err
}

// claim keeps those that this night has not claimed before, and tells what was
// known of their visits until now.
func (k *asking) claim(ctx context.Context, some []pipeline.Ask) ([]pipeline.Ask, []store.Visit, error) {
	ids := make([]string, len(some))
	for i := range some {
		ids[i] = some[i].ID
	}
	before, err := k.night.Store.Claim(ctx, store.Claim{
		Source: k.enricher.Section.Name, Day: k.day, IDs: ids, Again: k.night.Clock().Add(claimHolds),
	})
	kept := some[:0]
	for i := range some {
		if len(kept) < len(before) && some[i].ID == before[len(kept)].ID {
			kept = append(kept, some[i])
		}
	}
	return kept, before, err
}

// release gives back what was claimed and not handed out, also on the way out of
// a night that was stopped.
func (k *asking) release(ctx context.Context, before []store.Visit) {
	if len(before) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseWithin)
	defer cancel()
	if _, err := k.night.Store.Release(ctx, k.enricher.Section.Name, k.day, before); err != nil {
		k.fail(fmt.Errorf("give back %d asks: %w", len(before), err))
	}
}

// remembered fills in what the last visit left; false when it is too early for
// another.
func (k *asking) remembered(ctx context.Context, a *pipeline.Ask) (bool, error) {
	visit, err := k.night.Store.Visit(ctx, k.enricher.Section.Name, a.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return true, nil
	case err != nil:
		return false, err
	}
	a.Memory = visit.Memory
	return !visit.Again.After(k.night.Clock()), nil
}
