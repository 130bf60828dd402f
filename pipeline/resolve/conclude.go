package resolve

import (
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// conclude writes the joins from the index and reports. Only then what had
// changed is settled.
func (r *run) conclude(ctx context.Context) (Report, error) {
	rep := newReport()
	rep.Compared, rep.Weighed = r.compared.Load(), r.weighed.Load()
	picked, err := r.tally(ctx, &rep)
	if err != nil {
		return Report{}, err
	}
	shown, err := best(ctx, r.store, picked, r.o)
	if err != nil {
		return Report{}, err
	}
	if rep.Review, err = r.rows(ctx, shown); err != nil {
		return Report{}, err
	}
	if err := r.writeJoins(ctx, &rep, shown, r.joins(ctx)); err != nil {
		return Report{}, err
	}
	if err := r.store.Settle(ctx, r.state.Mark); err != nil {
		return Report{}, fmt.Errorf("settle what had changed: %w", err)
	}
	return rep, nil
}

func newReport() Report {
	return Report{Reasons: map[Reason]int64{}, ByEvidence: map[string]int64{}}
}

// tally counts what became of all listings and returns those that a person may
// look at.
func (r *run) tally(ctx context.Context, rep *Report) ([]pick, error) {
	var picked []pick
	for e, err := range r.entries(ctx) {
		if err != nil {
			return nil, err
		}
		n, err := read(e)
		if err != nil {
			return nil, err
		}
		if n.Outcome == nil {
			continue // gone while it was to be matched
		}
		rep.Listings++
		if n.Outcome.INN == "" {
			reason := Reason(n.Outcome.Reason)
			rep.Reasons[reason]++
			if reason != ReasonDenied && len(n.Outcome.Candidates) > 0 { // decided, or nothing to decide between
				rep.Decidable++
				picked = append(picked, pick{e.Owner.ID, reason})
			}
			continue
		}
		rep.Joined++
		if n.Outcome.Manual {
			rep.Manual++
		}
		for _, p := range n.Outcome.Evidence {
			if p.Weight > 0 {
				rep.ByEvidence[p.Kind]++
			}
		}
	}
	return picked, nil
}

// joins are those that the index holds, in the order of ids.
func (r *run) joins(ctx context.Context) iter.Seq2[store.Join, error] {
	return func(yield func(store.Join, error) bool) {
		for e, err := range r.entries(ctx) {
			var n *entryNote
			if err == nil {
				n, err = read(e)
			}
			if err != nil {
				yield(store.Join{}, err)
				return
			}
			out := n.Outcome
			if out == nil || out.INN == "" {
				continue
			}
			j := store.Join{ID: e.Owner.ID, INN: company.INN(out.INN), Manual: out.Manual, Evidence: evidenceOf(out.Evidence)}
			if !yield(j, nil) {
				return
			}
		}
	}
}

func (r *run) writeJoins(ctx context.Context, rep *Report, shown []store.ObservationID, joins iter.Seq2[store.Join, error]) error {
	data, err := r.newNote(rep, shown).MarshalMsg(nil)
	if err != nil {
		return fmt.Errorf("encode the note on joins: %w", err)
	}
	if err := r.store.ReplaceJoins(ctx, data, joins); err != nil {
		return fmt.Errorf("write %d joins: %w", rep.Joined, err)
	}
	return nil
}
