package company

import (
	"cmp"
	"slices"
	"strings"
)

// Subject tells whom a fact speaks of, because the law treats them apart
// (152-ФЗ: a sole proprietor and a named contact are persons).
type Subject uint8

// The kinds of subject.
const (
	SubjectCompany Subject = iota // a legal entity
	SubjectPerson                 // a named natural person
	SubjectSole                   // индивидуальный предприниматель, глава КФХ
)

// Fact is one value of one field as one source gives it.
type Fact struct {
	Field     Field
	Key       string // for keyed fields: year, branch id; else ""
	Value     string // canonical form, see the Field's comment
	Note      string // the source's remark: «отдел продаж»
	Subject   Subject
	Date      Date // the source's own date of this value; 0 = that of the observation
	FirstSeen Date // set by the store: the day this value came for the first time
}

// Observation is what one source says of one thing under that source's own
// key. It may lack an ИНН: then a Join decides whose it is.
type Observation struct {
	Source string // name of the configured source
	Key    string // the source's own lasting key, never a row number
	INN    INN    // "" when the source does not know it
	Date   Date   // the source's own date: release, export, visit
	Origin string // file, member, row: where to look it up; no part of equality
	Facts  []Fact // sorted by Sort
}

// Sort puts facts in their one order and drops repeats, so that equal content
// is equal bytes whatever the order it came in. Of facts that differ in
// remark, date or subject only, the one with a remark stays, then the newest,
// then the one that says of a person.
func (o *Observation) Sort() {
	order := factsOrder(o.Facts)
	if order == factsUnsorted {
		slices.SortStableFunc(o.Facts, func(a, b Fact) int { return compareFacts(&a, &b) })
	}
	if order != factsDistinct {
		o.Facts = slices.CompactFunc(o.Facts, func(a, b Fact) bool { return compareIdentity(&a, &b) == 0 })
	}
}

// factOrder is how much of Sort was done before: most facts come sorted.
type factOrder uint8

const (
	factsUnsorted factOrder = iota
	factsSorted
	factsDistinct // sorted and without repeats
)

func factsOrder(facts []Fact) factOrder {
	order := factsDistinct
	for i := 1; i < len(facts); i++ {
		a, b := &facts[i-1], &facts[i]
		c := compareIdentity(a, b)
		switch {
		case c > 0 || c == 0 && compareRemarks(a, b) > 0:
			return factsUnsorted
		case c == 0:
			order = factsSorted
		}
	}
	return order
}

func compareFacts(a, b *Fact) int {
	if c := compareIdentity(a, b); c != 0 {
		return c
	}
	return compareRemarks(a, b)
}

// compareIdentity orders facts by what they say.
func compareIdentity(a, b *Fact) int {
	if c := compareFields(a.Field, b.Field); c != 0 {
		return c
	}
	if c := strings.Compare(a.Key, b.Key); c != 0 {
		return c
	}
	return strings.Compare(a.Value, b.Value)
}

func compareFields(a, b Field) int {
	if a == b {
		return 0
	}
	if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
		return c
	}
	return cmp.Compare(a, b)
}

// compareRemarks orders facts that say the same by what they say beside it.
func compareRemarks(a, b *Fact) int {
	return cmp.Or(
		strings.Compare(b.Note, a.Note),
		cmp.Compare(b.Date, a.Date),
		cmp.Compare(b.Subject, a.Subject),
		cmp.Compare(a.FirstSeen, b.FirstSeen),
	)
}

// Add appends a fact unless the value is empty.
func (o *Observation) Add(f Field, value string) {
	if value != "" {
		o.Facts = append(o.Facts, Fact{Field: f, Value: value})
	}
}

// First returns the first value of a field, "" if there is none.
func (o *Observation) First(f Field) string {
	for i := range o.Facts {
		if o.Facts[i].Field == f {
			return o.Facts[i].Value
		}
	}
	return ""
}

// All returns every value of a field.
func (o *Observation) All(f Field) []string {
	var out []string
	for i := range o.Facts {
		if o.Facts[i].Field == f {
			out = append(out, o.Facts[i].Value)
		}
	}
	return out
}

// SameContent tells whether two observations say the same thing: key, ИНН and
// facts. Dates of release, origins and first-seen days do not count, else
// nothing would ever be unchanged from one release to the next.
func (o *Observation) SameContent(p *Observation) bool {
	if o.Source != p.Source || o.Key != p.Key || o.INN != p.INN || len(o.Facts) != len(p.Facts) {
		return false
	}
	for i := range o.Facts {
		a, b := &o.Facts[i], &p.Facts[i]
		if a.Field != b.Field || a.Key != b.Key || a.Value != b.Value || a.Note != b.Note || a.Subject != b.Subject || a.Date != b.Date {
			return false
		}
	}
	return true
}
