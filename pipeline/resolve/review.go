package resolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// forReview leaves out what a person decided already and puts first the
// reasons that he can do most about: a choice between candidates, and last
// listings that fit nothing. Within a reason the order is that of the ids.
func forReview(all []Unresolved) []Unresolved {
	var picked []Unresolved
	for _, u := range all {
		if u.Reason != ReasonDenied {
			picked = append(picked, u)
		}
	}
	slices.SortStableFunc(picked, func(a, b Unresolved) int {
		return cmp.Or(cmp.Compare(a.Reason.rank(), b.Reason.rank()), a.ID.Compare(b.ID))
	})
	return picked
}

// best returns the places of the rows to show, in their order: reason by
// reason, within a reason by interest. Reasons beyond the limit are not read:
// none of their rows is shown. So a lower limit shows a beginning of the same.
func best(ctx context.Context, s Store, picked []Unresolved, o Options) ([]int, error) {
	limit := min(len(picked), max(0, o.ReviewAtMost))
	order := make([]int, 0, limit)
	for len(order) < limit {
		from := len(order)
		to := endOfReason(picked, from)
		for i := from; i < to; i++ {
			order = append(order, i)
		}
		if o.Interest == nil {
			continue
		}
		worth := make([]int, to-from)
		for i := range worth {
			listing, err := observation(ctx, s, picked[from+i].ID)
			if err != nil {
				return nil, err
			}
			worth[i] = o.Interest(&listing)
		}
		slices.SortStableFunc(order[from:], func(a, b int) int { return cmp.Compare(worth[b-from], worth[a-from]) })
	}
	return order[:limit], nil
}

// endOfReason is where the run of rows of one reason ends.
func endOfReason(picked []Unresolved, from int) int {
	to := from
	for to < len(picked) && picked[to].Reason == picked[from].Reason {
		to++
	}
	return to
}

// rows reads what the listings to show say.
func rows(ctx context.Context, s Store, picked []Unresolved, shown []int) ([]ReviewRow, error) {
	out := make([]ReviewRow, 0, len(shown))
	for _, i := range shown {
		o, err := observation(ctx, s, picked[i].ID)
		if err != nil {
			return nil, err
		}
		out = append(out, ReviewRow{picked[i], o})
	}
	return out, nil
}

func observation(ctx context.Context, s Store, id store.ObservationID) (company.Observation, error) {
	o, err := s.Get(ctx, id)
	if err != nil {
		return o, fmt.Errorf("read unresolved %s %s: %w", id.Source, id.Key, err)
	}
	return o, nil
}
