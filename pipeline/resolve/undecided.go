package resolve

import (
	"context"
	"iter"
)

// Undecided walks the listings that the last run left to people, by source and key:
// those that may be a company's and could not be told. What changed since is matched
// by the next run.
func Undecided(ctx context.Context, s Store) iter.Seq2[Unresolved, error] {
	r := &run{store: s}
	return func(yield func(Unresolved, error) bool) {
		for e, err := range r.entries(ctx) {
			var n *entryNote
			if err == nil {
				n, err = read(e)
			}
			if err != nil {
				yield(Unresolved{}, err)
				return
			}
			if n.undecided() && !yield(n.Outcome.unresolved(e.Owner.ID), nil) {
				return
			}
		}
	}
}

func (n *entryNote) undecided() bool {
	return n != nil && n.Outcome != nil && n.Outcome.INN == "" && Reason(n.Outcome.Reason) != ReasonDenied && len(n.Outcome.Candidates) > 0
}
