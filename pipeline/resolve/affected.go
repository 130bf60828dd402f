package resolve

import (
	"context"
	"iter"
	"maps"
	"math"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// shift is what happens to a token's carriers.
type shift struct {
	firms, links         bool // a company that changes has or had it; it ties listings
	gone, come           int  // listings
	firmsGone, firmsCome int
}

// tokensAtOnce is how many tokens are looked up together.
const tokensAtOnce = 256

// affected adds the listings whose outcome may be another once the changes are
// in the index, themselves and those that share a token with what changed;
// those that hang together with them are found later. The index must be as it
// was before.
func (r *run) affected(ctx context.Context, changed []change, hit *listingSet) error {
	shifts, firms := map[uint64]shift{}, map[company.INN]bool{}
	for i := range changed {
		c := &changed[i]
		owner := c.now.Owner
		switch {
		case owner.INN != "":
			firms[owner.INN] = true
		case c.next != nil:
			hit.add(owner.ID)
		default:
			delete(hit.has, owner.ID)
		}
		c.shift(shifts)
	}
	r.decidedOn(firms, hit)
	margin := 0 // by so many there may be fewer carriers afterwards
	for _, s := range shifts {
		margin = max(margin, s.gone, s.firmsGone)
	}
	chunks := func(yield func([]uint64, error) bool) {
		for some := range slices.Chunk(slices.Sorted(maps.Keys(shifts)), tokensAtOnce) {
			if !yield(some, nil) {
				return
			}
		}
	}
	find := func(ctx context.Context, tokens []uint64) ([]store.ObservationID, error) {
		return r.concerned(ctx, tokens, shifts, margin)
	}
	for ids, err := range ordered(ctx, r.o.Workers, iter.Seq2[[]uint64, error](chunks), find) {
		if err != nil {
			return err
		}
		hit.add(ids...)
	}
	return nil
}

// decidedOn adds listings that people joined to a company that changes, which
// no token need lead to; all that people decided on, if that may have changed.
func (r *run) decidedOn(firms map[company.INN]bool, hit *listingSet) {
	for _, id := range r.judged {
		if inn, ok := r.confirmed(id); !r.noted || ok && firms[inn] {
			hit.add(id)
		}
	}
}

// shift notes what a change does to the tokens. Who looks for a company weighs
// all of it, so that whatever changes of it concerns all its tokens; of a
// listing others know the tokens only.
func (c *change) shift(shifts map[uint64]shift) {
	firm := c.now.Owner.INN != ""
	each := func(e, other *store.Entry, n *entryNote, listings, firms func(*shift) *int) {
		for i, t := range e.Tokens {
			_, stays := slices.BinarySearch(other.Tokens, t)
			if n.role(i) == roleWatches || stays && !firm {
				continue
			}
			s := shifts[t]
			s.firms, s.links = s.firms || firm, s.links || n.role(i) == roleLinks
			switch {
			case stays:
			case firm:
				*firms(&s)++
			default:
				*listings(&s)++
			}
			shifts[t] = s
		}
	}
	if c.old != nil {
		each(&c.before, &c.now, c.old, func(s *shift) *int { return &s.gone }, func(s *shift) *int { return &s.firmsGone })
	}
	if c.next != nil {
		each(&c.now, &c.before, c.next, func(s *shift) *int { return &s.come }, func(s *shift) *int { return &s.firmsCome })
	}
}

// concerned finds the listings that carry the tokens, or watch them, and for
// which the shifts matter. A token that is common before and after finds nobody
// and counts the same.
func (r *run) concerned(ctx context.Context, tokens []uint64, shifts map[uint64]shift, margin int) ([]store.ObservationID, error) {
	var out []store.ObservationID
	var watched []uint64
	look := func(tokens []uint64, limit int) (more []uint64, err error) {
		found, err := r.askCarriers(ctx, tokens, limit)
		if err != nil {
			return nil, err
		}
		for i, c := range found {
			s, n := shifts[tokens[i]], len(c.Listings)
			switch {
			case c.MoreFirms:
				continue
			case c.MoreListings:
				more = append(more, tokens[i])
				continue
			}
			if s.firms || s.links || s.counts(n, r.o.crowd) {
				out = append(out, c.Listings...)
			}
			if s.counts(n, r.o.crowd) {
				watched = append(watched, watch(tokens[i]))
			}
		}
		return more, nil
	}
	many, err := look(tokens, evidence.CarrierLimit+margin)
	if err == nil && len(many) > 0 {
		_, err = look(many, r.o.crowd+margin)
	}
	if err != nil || len(watched) == 0 {
		return out, err
	}
	found, err := r.askCarriers(ctx, watched, math.MaxInt32)
	for _, c := range found {
		out = append(out, c.Listings...)
	}
	return out, err
}

// counts tells whether a token counts otherwise after the shift; so many
// listings carry it up to now.
func (s shift) counts(listings, crowd int) bool {
	after := listings - s.gone + s.come
	return s.firmsGone > 0 || s.firmsCome > 0 || rough(listings) != rough(after) ||
		listings > evidence.CarrierLimit != (after > evidence.CarrierLimit) || listings > crowd != (after > crowd)
}
