// Package resolve decides to which company an observation without ИНН
// belongs. A Matcher decides; Run writes what it decided. The exact matcher
// joins on equal identifiers only; a probabilistic one fits behind the same
// seam.
package resolve

import (
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Base is what a Matcher reads, also from several goroutines at a time.
// store.Observations is one.
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

	// Basis names the method and its settings: of two matchers with equal ones
	// equal bases and decisions give equal results.
	Basis() string
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
	Generation(ctx context.Context) (uint64, error)
	Get(ctx context.Context, id store.ObservationID) (company.Observation, error)
	JoinsNote(ctx context.Context) ([]byte, error)
	ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error
	Decisions(ctx context.Context) ([]store.Decision, error)
}

// Options tell Run what the caller wants of it.
type Options struct {
	ReviewAtMost int      // rows for review
	Interest     Interest // nil = all listings are alike
	// Basis names what the caller's view of the store depends on beside its
	// content, such as the sources in force. It need not name the others here.
	Basis string
}

// Interest tells how much a listing is worth a person's look: higher first.
type Interest func(*company.Observation) int

// Report tells what a run of resolving came to.
type Report struct {
	Listings   int64 // observations without ИНН
	Joined     int64 // of them joined, by the matcher or by people
	Manual     int64 // of these by people
	Reasons    map[Reason]int64
	ByEvidence map[string]int64 // kind of evidence to pieces of it that joins rest on
	Review     []ReviewRow      // what a person may decide, the most telling first
	Unchanged  bool             // the joins stand as an earlier run made them
}

// ReviewRow is a row of «На проверку».
type ReviewRow struct {
	Unresolved
	Observation company.Observation
}

// Run makes the store's joins exactly what the matcher says. Of the unresolved
// at most ReviewAtMost become rows for review, within a reason those of the
// most interest first.
//
// When nothing has changed that joins depend on it reads the outcome from the
// note beside them and looks at no company. The report is the same but for
// Unchanged.
func Run(ctx context.Context, s Store, m Matcher, o Options) (Report, error) {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("read decisions on joins: %w", err)
	}
	// The generation is asked before anything is matched: what is written in
	// between makes the next run match anew.
	basis, err := basisOf(ctx, s, m, decisions, o.Basis)
	if err != nil {
		return Report{}, err
	}
	if rep, ok, err := fromNote(ctx, s, basis, o); ok || err != nil {
		return rep, err
	}
	res, err := m.Match(ctx, s, decisions)
	if err != nil {
		return Report{}, fmt.Errorf("match listings: %w", err)
	}
	picked := forReview(res.Unresolved)
	shown, err := best(ctx, s, picked, o)
	if err != nil {
		return Report{}, err
	}
	rep := count(res)
	data, err := newNote(basis, rep, picked, shown, o.ReviewAtMost).encode()
	if err != nil {
		return Report{}, fmt.Errorf("note on joins: %w", err)
	}
	err = s.ReplaceJoins(ctx, data, func(yield func(store.Join, error) bool) {
		for _, j := range res.Joins {
			if !yield(j, nil) {
				return
			}
		}
	})
	if err != nil {
		return Report{}, fmt.Errorf("write %d joins: %w", len(res.Joins), err)
	}
	rep.Review, err = rows(ctx, s, picked, shown)
	return rep, err
}

func count(res Result) Report {
	rep := Report{
		Listings: int64(len(res.Joins) + len(res.Unresolved)),
		Joined:   int64(len(res.Joins)),
		Reasons:  map[Reason]int64{}, ByEvidence: map[string]int64{},
	}
	for _, j := range res.Joins {
		if j.Manual {
			rep.Manual++
		}
		for _, e := range j.Evidence {
			rep.ByEvidence[e.Kind]++
		}
	}
	for _, u := range res.Unresolved {
		rep.Reasons[u.Reason]++
	}
	return rep
}
