package night

import (
	"context"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// resolve decides whose every listing without ИНН is. What was decided stands
// while nothing has changed on which it rests.
func (n *Night) resolve(ctx context.Context, v *view, r *Report) error {
	began := n.Clock()
	defer func() { r.took(StageResolve, "", began, n.Clock()) }()
	n.progress(Event{Stage: StageResolve})
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	done, err := resolve.Run(ctx, listed{v}, evidence.New(n.Config.Resolve), resolve.Options{
		ReviewAtMost: n.Config.Resolve.ReviewAtMost,
		// A listing that looks like a segment's is worth a person's time first.
		Interest: func(o *company.Observation) int {
			if matcher.Listing(o) {
				return 1
			}
			return 0
		},
		InterestBasis: n.Segments.MatchTag() + " " + n.Version,
		Basis:         fmt.Sprintf("%q named people: %v, %s", v.names(), v.persons, n.Version),
		Annex:         func(source string) bool { return v.standings[source].Annex },
	})
	if err != nil {
		return err
	}
	r.Resolve = ResolveReport{
		Listings: done.Listings, Joined: done.Joined, Manual: done.Manual,
		ByEvidence: done.ByEvidence, Unresolved: map[string]int64{},
		Compared: r.Resolve.Compared + done.Compared, Weighed: r.Resolve.Weighed + done.Weighed,
	}
	r.review, r.ReviewTotal = done.Review, int(done.Decidable)
	for reason, count := range done.Reasons {
		r.Resolve.Unresolved[string(reason)] = count
	}
	return nil
}

// listed is the view for resolving: single listings, too, are shown only as
// far as they are in force.
type listed struct{ *view }

// Get is that of the store, as far as it is in force.
func (l listed) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	if !l.force[id.Source] {
		return company.Observation{}, store.ErrNotFound
	}
	o, err := l.view.Get(ctx, id)
	if err != nil {
		return o, err
	}
	return l.allowed(o), nil
}
