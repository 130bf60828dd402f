package resolve

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// finds are the companies of a page that share a token with a listing.
type finds struct {
	found []find
	hits  []hit // of all, one company after the other
}

// find is a company with its hits.
type find struct {
	firm firm
	sign string // the one name by which it counts at a phone, if it hit one
	hits int    // how many
}

// hit is a token that the company has in common with a listing.
type hit struct {
	mark int32
	name bool
	form company.LegalForm
}

// looker looks at companies. It reads the listings' side of the matching, which
// stands still meanwhile, and belongs to one goroutine.
type looker struct {
	m      *matching
	sieve  *sieve
	reader reader
	take   func(clue)
	out    finds

	// Of the company at hand:
	named  bool // people decided on it: it is kept whatever leads to it
	strong bool // it has a hit beside names
}

func newLooker(m *matching, s *sieve) *looker {
	l := &looker{m: m, sieve: s, reader: reader{rules: m.rules}}
	l.take = l.takeClue
	return l
}

// page looks at one page.
func (l *looker) page(page []store.Dossier) finds {
	l.out = finds{}
	for i := range page {
		l.company(&page[i])
	}
	return l.out
}

// company looks at the company's own observations only: what earlier nights
// joined to it has no say.
func (l *looker) company(d *store.Dossier) {
	before := len(l.out.hits)
	l.named, l.strong = len(l.m.named) > 0 && l.m.named[d.INN], false
	l.reader.forget()
	if l.reader.sieve = l.sieve; l.named {
		l.reader.sieve = nil
	}
	for i := range d.Observations {
		if o := &d.Observations[i]; o.INN == d.INN {
			l.reader.clues(o, !d.INN.Person(), l.take)
		}
	}
	if len(l.out.hits) == before {
		return
	}
	f := find{firm: l.firm(d), hits: len(l.out.hits) - before}
	if l.strong {
		f.sign = l.sign(d)
	}
	l.out.found = append(l.out.found, f)
}

func (l *looker) takeClue(c clue) {
	mark, ok := l.m.tokens.find(c.space, c.value)
	if !ok || !l.named && l.m.closed.has(mark) {
		return
	}
	name := c.space == spaceName
	l.strong = l.strong || !name
	l.out.hits = append(l.out.hits, hit{mark: mark, name: name, form: c.form})
}

// sign is the one name by which the company counts at a phone, however many
// signs it has.
func (l *looker) sign(d *store.Dossier) string {
	for i := range d.Observations {
		if o := &d.Observations[i]; o.INN == d.INN {
			if key := l.reader.parse(legalName(o)).key; key != "" {
				return identity(key)
			}
		}
	}
	return string(d.INN)
}

// firm gathers what the company's own observations say of it. It shares no
// memory with them.
func (l *looker) firm(d *store.Dossier) firm {
	f := firm{inn: company.INN(strings.Clone(string(d.INN))), ogrn: none}
	for i := range d.Observations {
		o := &d.Observations[i]
		if o.INN != d.INN {
			continue
		}
		if f.name == "" {
			f.name = l.reader.parse(legalName(o)).name.String()
		}
		f.city = cmp.Or(f.city, o.First(company.FieldCity))
		if ogrn := o.First(company.FieldOGRN); ogrn != "" && f.ogrn == none {
			f.ogrn = l.listed(l.m.tokens, spaceOGRN, ogrn)
		}
		city, region := placeOf(o)
		p := place{l.listed(l.m.places, 0, city), l.listed(l.m.places, 0, region)}
		if p.city > 0 && !slices.Contains(f.places, p) { // a strange city is near to none
			f.places = append(f.places, p)
		}
	}
	f.name = strings.Clone(cmp.Or(f.name, "ИНН "+string(d.INN)))
	f.city = strings.Clone(f.city)
	return f
}

// listed is the number of a text among those of the listings.
func (l *looker) listed(in *interner, space spaceKind, s string) int32 {
	if n, ok := in.find(space, s); ok {
		return n
	}
	return strange
}

// legalName is the name of a company's own observation, best first.
func legalName(o *company.Observation) string {
	return cmp.Or(o.First(company.FieldNameShort), o.First(company.FieldNameFull), o.First(company.FieldNameBrand))
}
