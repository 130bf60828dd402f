package resolve

import (
	"context"
	"fmt"
	"maps"
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
// companies only those that share one of them.
//
// It works in rounds, because a joined listing brings a phone that identifies
// its sister branch. All decisions of a round are made on what stood before
// it. An identifier that once led to one company never leads to a second one:
// whoever carries it either is joined to that company or, with evidence for
// another, to none. So the order of listings and rounds decides nothing.
type Exact struct {
	reader reader
	shared int // names from which on a phone or domain is no evidence
	basis  string
}

var _ Matcher = (*Exact)(nil)

// NewExact returns the matcher for a config.
func NewExact(cfg config.Resolve) *Exact {
	e := &Exact{reader: newReader(cfg), shared: max(2, cfg.SharedNames)}
	e.basis = fmt.Sprintf("exact %d: %d names; free mail %q; shared hosts %q", exactVersion, e.shared,
		slices.Sorted(maps.Keys(e.reader.freeMail)), slices.Sorted(maps.Keys(e.reader.sharedHosts)))
	return e
}

// exactVersion rises whenever the same input may come to other joins, reasons
// or words: also when names, phones or sites are read in another way.
const exactVersion = 1

// Basis implements Matcher.
func (e *Exact) Basis() string { return e.basis }

// Match implements Matcher.
func (e *Exact) Match(ctx context.Context, base Base, decisions []store.Decision) (Result, error) {
	m := &matching{
		reader: e.reader, shared: e.shared, verdicts: store.NewVerdicts(decisions),
		ids: map[token]int32{}, signs: map[string]int32{}, firms: map[company.INN]*firm{},
	}
	if err := m.readListings(ctx, base); err != nil {
		return Result{}, err
	}
	if err := m.readCompanies(ctx, base); err != nil {
		return Result{}, err
	}
	if err := m.rounds(ctx); err != nil {
		return Result{}, err
	}
	return m.result(), nil
}

// matching is the state of one Match.
type matching struct {
	reader   reader
	shared   int
	verdicts store.Verdicts

	listings []listing
	ids      map[token]int32
	marks    []mark
	signs    map[string]int32 // identities of names, interned
	firms    map[company.INN]*firm
}

// listing is an observation without ИНН, reduced to what can be compared.
type listing struct {
	id    store.ObservationID
	place place
	ogrn  string
	clues []ref
	join  *store.Join
}

// ref is a clue whose token is interned.
type ref struct {
	mark int32
	kind string
	form company.LegalForm
}

// mark is what is known of one token.
type mark struct {
	token    token
	inns     []company.INN // companies it leads to, rising, at most keptINNs
	more     bool          // there are others
	signs    []int32       // distinct names it was seen under, at most matching.shared
	carriers []carrier     // for names
	listings []int32       // who has it
}

// carrier is a company of a name.
type carrier struct {
	inn  company.INN
	form company.LegalForm
}

// keptINNs bounds the companies kept for one token: more are never told apart.
const keptINNs = commonName

// firm is what must be known of a company that a token leads to.
type firm struct {
	name   string
	city   string // for people
	ogrn   string
	places []place
}

func (m *matching) readListings(ctx context.Context, base Base) error {
	var after store.ObservationID
	for {
		page, err := base.WithoutINN(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read listings after %s %q: %w", after.Source, after.Key, err)
		}
		for i := range page {
			m.addListing(&page[i])
		}
		if len(page) == 0 {
			return nil
		}
		last := &page[len(page)-1]
		after = store.ObservationID{Source: last.Source, Key: last.Key}
	}
}

func (m *matching) addListing(o *company.Observation) {
	n := int32(len(m.listings))
	l := listing{
		id: store.ObservationID{Source: o.Source, Key: o.Key}, place: placeOf(o), ogrn: o.First(company.FieldOGRN),
	}
	sign := m.sign(signName(o))
	m.reader.clues(o, func(c clue) {
		if c.space == spaceName && (l.place.city == "" && l.place.region == "") {
			return
		}
		id, ok := m.ids[c.token]
		if !ok {
			id = int32(len(m.marks))
			m.ids[c.token] = id
			m.marks = append(m.marks, mark{token: c.token})
		}
		k := &m.marks[id]
		if len(k.listings) == 0 || k.listings[len(k.listings)-1] != n {
			k.listings = append(k.listings, n)
		}
		k.addSign(sign, m.shared)
		l.clues = append(l.clues, ref{mark: id, kind: c.kind, form: c.form})
	})
	m.listings = append(m.listings, l)
}

// sign interns the identity of a name; 0 stands for none.
func (m *matching) sign(identity string) int32 {
	if identity == "" {
		return 0
	}
	id, ok := m.signs[identity]
	if !ok {
		id = int32(len(m.signs) + 1)
		m.signs[identity] = id
	}
	return id
}

func (k *mark) addSign(sign int32, limit int) {
	if sign != 0 && len(k.signs) < limit && !slices.Contains(k.signs, sign) {
		k.signs = append(k.signs, sign)
	}
}

// addINN notes that the token leads to a company; false if it was known.
func (k *mark) addINN(inn company.INN) bool {
	i, known := slices.BinarySearch(k.inns, inn)
	if known {
		return false
	}
	if len(k.inns) >= keptINNs {
		k.more = true
		return true
	}
	k.inns = slices.Insert(k.inns, i, inn)
	return true
}
