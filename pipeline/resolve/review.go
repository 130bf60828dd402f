package resolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// pick is a listing that a person may look at.
type pick struct {
	id     store.ObservationID
	reason Reason
}

// best returns the listings to show, in their order: the reasons first that a
// person can do most about, within a reason the listings of the most interest,
// then by id. Reasons beyond the limit are not read. So a lower limit shows a
// beginning of the same.
func best(ctx context.Context, s Store, picked []pick, o Options) ([]store.ObservationID, error) {
	slices.SortFunc(picked, func(a, b pick) int {
		return cmp.Or(cmp.Compare(a.reason.rank(), b.reason.rank()), a.id.Compare(b.id))
	})
	limit := min(len(picked), max(0, o.ReviewAtMost))
	for from, to := 0, 0; from < limit; from = to {
		to = endOfReason(picked, from)
		if err := sortByInterest(ctx, s, picked[from:to], o.Interest); err != nil {
			return nil, err
		}
	}
	out := make([]store.ObservationID, limit)
	for i := range out {
		out[i] = picked[i].id
	}
	return out, nil
}

// endOfReason is where the run of rows of one reason ends.
func endOfReason(picked []pick, from int) int {
	to := from
	for to < len(picked) && picked[to].reason == picked[from].reason {
		to++
	}
	return to
}

func sortByInterest(ctx context.Context, s Store, picked []pick, interest Interest) error {
	if interest == nil {
		return nil
	}
	worth := make(map[store.ObservationID]int, len(picked))
	for _, p := range picked {
		listing, err := observation(ctx, s, p.id)
		if err != nil {
			return err
		}
		worth[p.id] = interest(&listing)
	}
	slices.SortStableFunc(picked, func(a, b pick) int { return cmp.Compare(worth[b.id], worth[a.id]) })
	return nil
}

// rows reads what the listings to show say, and what became of them.
func (r *run) rows(ctx context.Context, shown []store.ObservationID) ([]ReviewRow, error) {
	entries, err := r.listingEntries(ctx, shown)
	if err != nil {
		return nil, err
	}
	out := make([]ReviewRow, 0, len(shown))
	for i := range entries {
		n, err := read(&entries[i])
		if err != nil {
			return nil, err
		}
		if n == nil || n.Outcome == nil {
			continue // gone in between
		}
		o, err := observation(ctx, r.store, shown[i])
		if err != nil {
			return nil, err
		}
		out = append(out, ReviewRow{n.Outcome.unresolved(shown[i]), o})
	}
	return out, nil
}

func (o *outcome) unresolved(id store.ObservationID) Unresolved {
	u := Unresolved{ID: id, Reason: Reason(o.Reason), Why: o.Why}
	for _, c := range o.Candidates {
		u.Candidates = append(u.Candidates, Candidate{
			INN: company.INN(c.INN), Name: c.Name, City: c.City, Probability: c.Probability, Evidence: evidenceOf(c.Evidence),
		})
	}
	return u
}

func observation(ctx context.Context, s Store, id store.ObservationID) (company.Observation, error) {
	o, err := s.Get(ctx, id)
	if err != nil {
		return o, fmt.Errorf("read unresolved %s %s: %w", id.Source, id.Key, err)
	}
	return o, nil
}
