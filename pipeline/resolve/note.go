package resolve

import (
	"context"

	"obzvon/pipeline/store"
)

// readJoinsNote decodes the note; false, and an empty one, if there is none
// that this version can read.
func readJoinsNote(data []byte) (*joinsNote, bool) {
	n := &joinsNote{}
	if _, err := n.UnmarshalMsg(data); err != nil {
		return &joinsNote{}, false
	}
	return n, true
}

func (r *run) newNote(rep *Report, shown []store.ObservationID) *joinsNote {
	n := &joinsNote{
		Tag: r.tag, Decided: r.decided, Mark: r.state.Mark,
		Listings: rep.Listings, Joined: rep.Joined, Manual: rep.Manual, Decidable: rep.Decidable,
		Reasons: map[string]int64{}, ByEvidence: rep.ByEvidence,
		ReviewAtMost: r.o.ReviewAtMost, InterestBasis: r.o.InterestBasis,
	}
	for reason, count := range rep.Reasons {
		n.Reasons[string(reason)] = count
	}
	for _, id := range shown {
		n.Review = append(n.Review, listingID(id))
	}
	return n
}

// report is what the note tells, without the review.
func (n *joinsNote) report(unchanged bool) Report {
	rep := newReport()
	rep.Listings, rep.Joined, rep.Manual, rep.Decidable, rep.Unchanged = n.Listings, n.Joined, n.Manual, n.Decidable, unchanged
	for reason, count := range n.Reasons {
		rep.Reasons[Reason(reason)] = count
	}
	for kind, count := range n.ByEvidence {
		rep.ByEvidence[kind] = count
	}
	return rep
}

// fromNote reports without comparing anything. Listings are looked through
// only if others are to be reviewed than last time.
func (r *run) fromNote(ctx context.Context) (Report, error) {
	rep := r.note.report(true)
	var shown []store.ObservationID
	if r.note.ReviewAtMost == r.o.ReviewAtMost && r.note.InterestBasis == r.o.InterestBasis {
		for _, id := range r.note.Review {
			shown = append(shown, store.ObservationID(id))
		}
	} else {
		anew := newReport()
		picked, err := r.tally(ctx, &anew)
		if err != nil {
			return Report{}, err
		}
		if shown, err = best(ctx, r.store, picked, r.o); err != nil {
			return Report{}, err
		}
	}
	var err error
	rep.Review, err = r.rows(ctx, shown)
	return rep, err
}
