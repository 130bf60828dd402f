package resolve

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// pageSize is how many observations or dossiers are read in one transaction.
const pageSize = 500

// Exact is the Matcher that joins on equal identifiers: an ОГРН; a phone or a
// domain that leads to one company only; a telling name that one company in
// the city carries. It keeps in memory the listings' identifiers and of the
// companies only those that share one of them, of one identifier at most
// keptFirms.
//
// It works in rounds, because a joined listing brings a phone that identifies
// its sister branch. All decisions of a round are made on what stood before
// it. An identifier that once led to one company never leads to a second one:
// whoever carries it either is joined to that company or, with evidence for
// another, to none. So the order of listings and rounds decides nothing.
type Exact struct {
	rules   rules
	shared  int // names from which on a phone or domain is no evidence
	basis   string
	workers int // that look at companies while the next are read
}

var _ Matcher = (*Exact)(nil)

// NewExact returns the matcher for a config.
func NewExact(cfg config.Resolve) *Exact {
	e := &Exact{rules: newRules(cfg), shared: max(2, cfg.SharedNames), workers: runtime.GOMAXPROCS(0)}
	e.basis = fmt.Sprintf("exact %d: %d names; free mail %q; shared hosts %q", exactVersion, e.shared,
		slices.Sorted(maps.Keys(e.rules.freeMail)), slices.Sorted(maps.Keys(e.rules.sharedHosts)))
	return e
}

// exactVersion rises whenever the same input may come to other joins, reasons
// or words: also when names, phones or sites are read in another way.
const exactVersion = 1

// Basis implements Matcher.
func (e *Exact) Basis() string { return e.basis }

// Match implements Matcher.
func (e *Exact) Match(ctx context.Context, base Base, decisions []store.Decision) (Result, error) {
	m := newMatching(e, decisions)
	if err := m.readListings(ctx, base); err != nil {
		return Result{}, err
	}
	if err := m.readCompanies(ctx, base, e.workers); err != nil {
		return Result{}, err
	}
	if err := m.rounds(ctx); err != nil {
		return Result{}, err
	}
	return m.result(), nil
}

// matching is the state of one Match. Texts are interned: a mark is the number
// of a token, and listings, places and names are numbers too.
type matching struct {
	rules    rules
	shared   int
	verdicts store.Verdicts
	decided  map[store.ObservationID]bool // somebody decided on it
	named    map[company.INN]bool         // somebody decided on it

	sources  []string
	keys     []string // of the listings, by their numbers
	listings []listing
	refs     []ref     // of all listings, one listing after the other
	tokens   *interner // their numbers are the marks
	places   *interner // cities and regions
	signs    *interner // identities of names
	forms    []company.LegalForm
	byMark   index // listings by mark

	firms  []firm
	firmOf map[company.INN]int32
	leadOf []int32 // by mark: number of its lead + 1
	leads  []lead
	closed *marks // to which further companies add nothing
	joins  []store.Join
}

func newMatching(e *Exact, decisions []store.Decision) *matching {
	m := &matching{
		rules: e.rules, shared: e.shared, verdicts: store.NewVerdicts(decisions),
		decided: map[store.ObservationID]bool{}, named: map[company.INN]bool{},
		tokens: newInterner(), places: newInterner(), signs: newInterner(), firmOf: map[company.INN]int32{},
	}
	for _, d := range decisions {
		m.decided[d.ID], m.named[d.INN] = true, true
	}
	m.places.intern(0, "") // 0 is no city, no region
	m.signs.intern(0, "")
	return m
}

// formNumber interns a form. There are some seventy.
func (m *matching) formNumber(f company.LegalForm) uint16 {
	i := slices.Index(m.forms, f)
	if i < 0 {
		i = len(m.forms)
		m.forms = append(m.forms, f)
	}
	return uint16(i)
}
