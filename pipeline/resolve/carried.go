package resolve

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// crowd is how many listings may carry a token before it is common. It is a
// good deal more than firms may: a large network has hundreds of branches under
// one name and one domain.
const crowd = 1024

// carried tells who carries a token.
type carried struct {
	firms    []company.INN
	listings []store.ObservationID
	count    evidence.Count
	common   bool
}

// newCarried makes of what the index tells what an outcome may depend on. A
// common token counts the same whoever carries it, so that what becomes of its
// carriers concerns nobody.
func newCarried(c *store.Carriers, crowd int) carried {
	if c.MoreFirms || len(c.Firms) > evidence.CarrierLimit || c.MoreListings || len(c.Listings) > crowd {
		all := evidence.Count{Firms: evidence.CarrierLimit, Listings: evidence.CarrierLimit, More: true}
		return carried{count: all, common: true}
	}
	return carried{
		firms: c.Firms, listings: c.Listings,
		count: evidence.Count{Firms: len(c.Firms), Listings: rough(len(c.Listings)), More: len(c.Listings) > evidence.CarrierLimit},
	}
}

// steps are the numbers of listings that are told apart: one more of many
// changes no weight worth speaking of, and need not be a reason to weigh all of
// them again.
var steps = [...]int{0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, evidence.CarrierLimit}

// rough rounds up to the next step.
func rough(listings int) int {
	i, _ := slices.BinarySearch(steps[:], min(listings, evidence.CarrierLimit))
	return steps[i]
}

// carriers tells of each token who carries it.
func (r *run) carriers(ctx context.Context, tokens []uint64) ([]carried, error) {
	found, err := r.askCarriers(ctx, tokens, evidence.CarrierLimit)
	if err != nil {
		return nil, err
	}
	var crowded []uint64
	var at []int
	for i := range found {
		if found[i].MoreListings && !found[i].MoreFirms {
			crowded, at = append(crowded, tokens[i]), append(at, i)
		}
	}
	if len(crowded) > 0 {
		more, err := r.askCarriers(ctx, crowded, r.o.crowd)
		if err != nil {
			return nil, err
		}
		for i := range more {
			found[at[i]] = more[i]
		}
	}
	out := make([]carried, len(found))
	for i := range found {
		out[i] = newCarried(&found[i], r.o.crowd)
	}
	return out, nil
}

// carriersInto tells the same but for the listings. It remembers what many
// listings carry: each of them asks for it. The index must not change between
// two calls in what they tell.
func (r *run) carriersInto(ctx context.Context, tokens []uint64, into map[uint64]carried) error {
	var unknown []uint64
	r.mu.RLock()
	for _, t := range tokens {
		if c, ok := r.crowded[t]; ok {
			into[t] = c
		} else {
			unknown = append(unknown, t)
		}
	}
	r.mu.RUnlock()
	found, err := r.carriers(ctx, unknown)
	if err != nil {
		return err
	}
	for i, t := range unknown {
		many := len(found[i].listings) > evidence.CarrierLimit || found[i].common
		found[i].listings = nil
		into[t] = found[i]
		if many {
			r.mu.Lock()
			r.crowded[t] = found[i]
			r.mu.Unlock()
		}
	}
	return nil
}

func (r *run) askCarriers(ctx context.Context, tokens []uint64, limit int) ([]store.Carriers, error) {
	found, err := r.store.Carriers(ctx, tokens, limit)
	if err != nil {
		return nil, fmt.Errorf("look up %d tokens in the index: %w", len(tokens), err)
	}
	return found, nil
}
