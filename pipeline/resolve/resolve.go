// Package resolve decides to which company an observation without ИНН
// belongs. A Matcher decides; Run writes what it decided. The exact matcher
// joins on equal identifiers only; a probabilistic one fits behind the same
// seam.
package resolve

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Base is what a Matcher reads. store.Observations is one.
type Base interface {
	WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error)
	Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error)
}

// Matcher tells whose the observations without ИНН are.
type Matcher interface {
	// Match decides on every observation without ИНН: each is either in Joins
	// or in Unresolved, both in rising order of ids. It decides anew from what
	// the sources said and people decided; joins that the base already holds
	// have no say. A decision of a person stands: Same=true is joined and
	// Manual, Same=false never is. The result depends on nothing else, not on
	// the order in which anything was stored.
	Match(ctx context.Context, base Base, decisions []store.Decision) (Result, error)
}

// Result is what a Matcher decided.
type Result struct {
	Joins      []store.Join
	Unresolved []Unresolved
}

// Unresolved is an observation that was not joined, and why.
type Unresolved struct {
	ID         store.ObservationID
	Reason     Reason
	Why        string      // Russian, one sentence
	Candidates []Candidate // by rising ИНН; the first few
}

// Candidate is a company that it may be.
type Candidate struct {
	INN  company.INN
	Name string
	City string
}

// Store is what Run needs of a store.
type Store interface {
	Base
	Get(ctx context.Context, id store.ObservationID) (company.Observation, error)
	ReplaceJoins(ctx context.Context, seq iter.Seq2[store.Join, error]) error
	Decisions(ctx context.Context) ([]store.Decision, error)
}

// Report tells what a run of resolving came to.
type Report struct {
	Listings int64 // observations without ИНН
	Joined   int64 // of them joined, by the matcher or by people
	Manual   int64 // of these by people
	Reasons  map[Reason]int64
	Review   []ReviewRow // what a person may decide, the most telling first
}

// ReviewRow is a row of «На проверку».
type ReviewRow struct {
	Unresolved
	Observation company.Observation
}

// Interest tells how much a listing is worth a person's look: higher first.
type Interest func(*company.Observation) int

// Run matches everything anew and makes the store's joins exactly the result.
// Of the unresolved at most reviewAtMost become rows for review, within a
// reason those of the most interest first; nil = all are alike.
func Run(ctx context.Context, s Store, m Matcher, reviewAtMost int, interest Interest) (Report, error) {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("read decisions on joins: %w", err)
	}
	res, err := m.Match(ctx, s, decisions)
	if err != nil {
		return Report{}, fmt.Errorf("match listings: %w", err)
	}
	err = s.ReplaceJoins(ctx, func(yield func(store.Join, error) bool) {
		for _, j := range res.Joins {
			if !yield(j, nil) {
				return
			}
		}
	})
	if err != nil {
		return Report{}, fmt.Errorf("write %d joins: %w", len(res.Joins), err)
	}
	rep := count(res)
	rep.Review, err = review(ctx, s, res.Unresolved, reviewAtMost, interest)
	return rep, err
}

func count(res Result) Report {
	rep := Report{
		Listings: int64(len(res.Joins) + len(res.Unresolved)),
		Joined:   int64(len(res.Joins)),
		Reasons:  map[Reason]int64{},
	}
	for _, j := range res.Joins {
		if j.Manual {
			rep.Manual++
		}
	}
	for _, u := range res.Unresolved {
		rep.Reasons[u.Reason]++
	}
	return rep
}

// review picks the rows that a person can do most about: a choice between
// candidates first, listings that fit nothing last, those already decided not
// at all.
func review(ctx context.Context, s Store, all []Unresolved, limit int, interest Interest) ([]ReviewRow, error) {
	var picked []Unresolved
	for _, u := range all {
		if u.Reason != ReasonDenied {
			picked = append(picked, u)
		}
	}
	slices.SortStableFunc(picked, func(a, b Unresolved) int {
		return cmp.Or(cmp.Compare(a.Reason.rank(), b.Reason.rank()), a.ID.Compare(b.ID))
	})
	if interest != nil {
		if err := favour(ctx, s, picked, limit, interest); err != nil {
			return nil, err
		}
	}
	picked = picked[:min(len(picked), max(0, limit))]
	rows := make([]ReviewRow, 0, len(picked))
	for _, u := range picked {
		o, err := observation(ctx, s, u.ID)
		if err != nil {
			return nil, err
		}
		rows = append(rows, ReviewRow{u, o})
	}
	return rows, nil
}

// favour orders the rows of each reason by interest. Reasons beyond the limit
// are not read: none of their rows is shown.
func favour(ctx context.Context, s Store, picked []Unresolved, limit int, interest Interest) error {
	for from, to := 0, 0; from < min(len(picked), limit); from = to {
		worth := map[store.ObservationID]int{}
		for ; to < len(picked) && picked[to].Reason == picked[from].Reason; to++ {
			o, err := observation(ctx, s, picked[to].ID)
			if err != nil {
				return err
			}
			worth[picked[to].ID] = interest(&o)
		}
		slices.SortStableFunc(picked[from:to], func(a, b Unresolved) int { return cmp.Compare(worth[b.ID], worth[a.ID]) })
	}
	return nil
}

func observation(ctx context.Context, s Store, id store.ObservationID) (company.Observation, error) {
	o, err := s.Get(ctx, id)
	if err != nil {
		return o, fmt.Errorf("read unresolved %s %s: %w", id.Source, id.Key, err)
	}
	return o, nil
}
