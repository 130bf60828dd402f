package resolve

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// listing is an observation without ИНН, reduced to what can be compared.
type listing struct {
	source  int32
	place   place
	ogrn    int32 // its mark, none if there is none
	sign    int32 // the name by which it counts at a phone, 0 = none
	refs    int32 // where its clues begin
	join    int32 // number of its join + 1, 0 = not joined
	decided bool  // somebody decided on it
}

// none stands for what is not there, strange for what is, but in no listing.
const (
	none    = -1
	strange = -2
)

// place is where an observation puts the firm; 0 = unknown.
type place struct{ city, region int32 }

// near tells that two places may be one: the city is known and equal, and no
// region speaks against it.
func (p place) near(q place) bool {
	return p.city != 0 && p.city == q.city && (p.region == 0 || q.region == 0 || p.region == q.region)
}

// ref is a clue whose token is interned.
type ref struct {
	mark int32
	form uint16
	kind uint8 // rank
}

// index lists for each mark the listings that have it, each once, rising.
type index struct{ starts, listings []int32 }

func (x *index) of(mark int32) []int32 { return x.listings[x.starts[mark]:x.starts[mark+1]] }

func (m *matching) readListings(ctx context.Context, base Base) error {
	r := &reader{rules: m.rules}
	var after store.ObservationID
	for {
		page, err := base.WithoutINN(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read listings after %s %q: %w", after.Source, after.Key, err)
		}
		for i := range page {
			r.forget()
			m.addListing(r, &page[i])
		}
		if len(page) == 0 {
			break
		}
		last := &page[len(page)-1]
		after = store.ObservationID{Source: last.Source, Key: last.Key}
	}
	m.indexMarks()
	m.leadOf = make([]int32, m.tokens.len())
	return nil
}

func (m *matching) addListing(r *reader, o *company.Observation) {
	if n := len(m.sources); n == 0 || m.sources[n-1] != o.Source {
		m.sources = append(m.sources, o.Source)
	}
	m.keys = append(m.keys, strings.Clone(o.Key))
	city, region := placeOf(o)
	l := listing{
		source:  int32(len(m.sources) - 1),
		decided: m.decided[store.ObservationID{Source: o.Source, Key: o.Key}],
		place:   place{m.places.intern(0, city), m.places.intern(0, region)},
		ogrn:    none, sign: m.signs.intern(0, r.signName(o)), refs: int32(len(m.refs)),
	}
	r.clues(o, city != "" || region != "", func(c clue) {
		mark := m.tokens.intern(c.space, c.value)
		m.refs = append(m.refs, ref{mark: mark, kind: uint8(kindRank(c.kind)), form: m.formNumber(c.form)})
	})
	if ogrn := o.First(company.FieldOGRN); ogrn != "" {
		l.ogrn = m.tokens.intern(spaceOGRN, ogrn)
	}
	m.listings = append(m.listings, l)
}

// refsOf returns the clues of a listing.
func (m *matching) refsOf(n int32) []ref {
	from := m.listings[n].refs
	if int(n)+1 < len(m.listings) {
		return m.refs[from:m.listings[n+1].refs]
	}
	return m.refs[from:]
}

func (m *matching) idOf(n int32) store.ObservationID {
	return store.ObservationID{Source: m.sources[m.listings[n].source], Key: m.keys[n]}
}

// indexMarks arranges the listings by their marks.
func (m *matching) indexMarks() {
	starts := make([]int32, m.tokens.len()+1)
	each := func(do func(mark, n int32)) {
		for n := range int32(len(m.listings)) {
			refs := m.refsOf(n)
			for i, c := range refs {
				if !slices.ContainsFunc(refs[:i], func(b ref) bool { return b.mark == c.mark }) {
					do(c.mark, n)
				}
			}
		}
	}
	each(func(mark, _ int32) { starts[mark+1]++ })
	for mark := range m.tokens.len() {
		starts[mark+1] += starts[mark]
	}
	listings := make([]int32, starts[m.tokens.len()])
	next := slices.Clone(starts)
	each(func(mark, n int32) {
		listings[next[mark]] = n
		next[mark]++
	})
	m.byMark = index{starts, listings}
}
