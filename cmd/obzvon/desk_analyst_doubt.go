package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// doubt is a listing that a person may decide on.
type doubt struct {
	id         store.ObservationID
	reason     resolve.Reason
	why        string
	candidates []rival
}

// rival is a company that the listing may be.
type rival struct {
	inn         company.INN
	probability float64
	evidence    []store.Evidence
}

// doubts are the listings that the last night left undecided, less what people have
// decided since, in the order of «На проверку»: those first about which a person can
// do most.
func doubts(ctx context.Context, s store.Store, seen *sight) ([]doubt, error) {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what people decided: %w", err)
	}
	settled := settledBy(decisions)
	var out []doubt
	for u, err := range resolve.Undecided(ctx, s) {
		if err != nil {
			return nil, fmt.Errorf("read what was left undecided: %w", err)
		}
		if _, in := seen.standings[u.ID.Source]; !in {
			continue
		}
		if d := settled.leave(doubtOf(&u)); len(d.candidates) > 0 {
			out = append(out, d)
		}
	}
	order := resolve.Reasons()
	slices.SortStableFunc(out, func(a, b doubt) int {
		return cmp.Compare(slices.Index(order, a.reason), slices.Index(order, b.reason))
	})
	return out, nil
}

// settledDoubts are what people decided.
type settledDoubts struct {
	joined map[store.ObservationID]bool
	denied map[store.Decision]bool // id and ИНН alone
}

func settledBy(all []store.Decision) settledDoubts {
	s := settledDoubts{map[store.ObservationID]bool{}, map[store.Decision]bool{}}
	for _, d := range all {
		if d.Same {
			s.joined[d.ID] = true
		} else {
			s.denied[store.Decision{ID: d.ID, INN: d.INN}] = true
		}
	}
	return s
}

// leave is the doubt without the candidates that people decided on.
func (s settledDoubts) leave(d doubt) doubt {
	if s.joined[d.id] {
		d.candidates = nil
	}
	d.candidates = slices.DeleteFunc(d.candidates, func(r rival) bool {
		return s.denied[store.Decision{ID: d.id, INN: r.inn}]
	})
	return d
}

func doubtOf(u *resolve.Unresolved) doubt {
	d := doubt{id: u.ID, reason: u.Reason, why: u.Why}
	for _, c := range u.Candidates {
		d.candidates = append(d.candidates, rival{inn: c.INN, probability: c.Probability, evidence: c.Evidence})
	}
	return d
}
