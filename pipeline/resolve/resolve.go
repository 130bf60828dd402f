// Package resolve decides to which company an observation without ИНН, a
// listing, belongs. It finds candidates through the store's index, has package
// evidence weigh them, and writes joins.
//
// What becomes of a listing depends on nothing but what the sources say now and
// what people decided: not on the order in which anything came, and not on the
// history of the store. So only what has changed, and what hangs together with
// it, is compared again, and the outcome is that of comparing everything anew:
//
//   - A token that more than crowd listings or evidence.CarrierLimit firms carry
//     is common: it finds nobody and ties nobody.
//   - Listings that have a token in common which links (a phone, a domain) and
//     is not common hang together; such a group is matched by itself, in rounds:
//     a listing that was joined in one round lends its firm what it brings, and
//     proposes it to those tied to it, in the next.
//   - The entry of a listing in the index holds what became of it, and the joins
//     are written from these entries. An entry without an outcome is what a
//     killed run left to do.
package resolve

import (
	"context"
	"fmt"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// Store is what Run needs of a store. It is read by several goroutines at a
// time.
type Store interface {
	store.Index
	store.Companies

	Dossier(ctx context.Context, inn company.INN) (store.Dossier, error)
	WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error)
	Get(ctx context.Context, id store.ObservationID) (company.Observation, error)
	JoinsNote(ctx context.Context) ([]byte, error)
	ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error
	Decisions(ctx context.Context) ([]store.Decision, error)
}

// Options tell Run what the caller wants of it.
type Options struct {
	ReviewAtMost int      // rows for review
	Interest     Interest // nil = all listings are alike
	// InterestBasis names what Interest depends on beside the listing.
	InterestBasis string
	// Basis names what the caller's view of the store depends on beside its
	// content, such as the sources in force.
	Basis string
	// Annex tells sources that add to companies and are no part of them; nil =
	// none is one.
	Annex   func(source string) bool
	Workers int // 0 = one for each core

	crowd int // 0 = crowd
}

// Interest tells how much a listing is worth a person's look: higher first.
type Interest func(*company.Observation) int

// Report tells what a run of resolving came to.
type Report struct {
	Listings   int64 // observations without ИНН
	Joined     int64 // of them joined, by the model or by people
	Manual     int64 // of these by people
	Reasons    map[Reason]int64
	ByEvidence map[string]int64 // kind of evidence to how many pieces of it speak for joins
	Review     []ReviewRow      // what a person may decide, the most telling first
	Decidable  int64            // how many there are to decide: those with a candidate

	Unchanged bool  // the joins stand as an earlier run made them
	Compared  int64 // listings for which candidates were looked for in this run
	Weighed   int64 // listings and companies that were held against each other
}

// Unresolved is an observation that was not joined, and why.
type Unresolved struct {
	ID         store.ObservationID
	Reason     Reason
	Why        string      // Russian, one sentence
	Candidates []Candidate // the likeliest first; the first few
}

// Candidate is a company that it may be.
type Candidate struct {
	INN         company.INN
	Name        string
	City        string
	Probability float64 // 0..1
	Evidence    []store.Evidence
}

// ReviewRow is a row of «На проверку».
type ReviewRow struct {
	Unresolved
	Observation company.Observation
}

// Run makes the store's joins what the model and people's decisions say. Of
// the unresolved at most ReviewAtMost become rows for review, within a reason
// those of the most interest first.
//
// It may be killed at any moment and called again. When nothing has changed
// that joins depend on it reads the outcome from the note beside them. A store
// without listings is not read.
func Run(ctx context.Context, s Store, m *evidence.Model, o Options) (Report, error) {
	r, err := begin(ctx, s, m, o)
	if err != nil {
		return Report{}, err
	}
	// The state is asked before anything is read: what is written meanwhile is
	// left to the next run.
	if r.state, err = s.IndexState(ctx); err != nil {
		return Report{}, fmt.Errorf("read the state of the index: %w", err)
	}
	if r.unchanged() {
		return r.fromNote(ctx)
	}
	some, err := s.WithoutINN(ctx, store.ObservationID{}, pageSize)
	if err != nil {
		return Report{}, fmt.Errorf("look for observations without ИНН: %w", err)
	}
	if len(some) == 0 {
		return r.nobody(ctx)
	}
	r.some = idOf(&some[0])
	if r.whole() {
		err = r.update(ctx)
	} else {
		err = r.rebuild(ctx)
	}
	if err != nil {
		return Report{}, err
	}
	return r.conclude(ctx)
}

// whole tells that the index holds all and StaleOwners what has changed.
func (r *run) whole() bool { return r.state.Tag == r.tag && !r.state.All }

// unchanged tells that the joins stand for what the store holds now.
func (r *run) unchanged() bool {
	return r.whole() && r.noted && r.note.Mark == r.state.Mark && r.note.Listings > 0
}

// nobody is the outcome where there is no listing: the index is left as it is,
// since making it would cost much and serve nobody.
func (r *run) nobody(ctx context.Context) (Report, error) {
	if r.noted && r.note.Listings == 0 {
		return r.note.report(true), nil
	}
	rep := newReport()
	return rep, r.writeJoins(ctx, &rep, nil, func(func(store.Join, error) bool) {})
}
