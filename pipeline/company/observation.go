package company

import (
	"cmp"
	"slices"
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
	slices.SortStableFunc(o.Facts, compareFacts)
	o.Facts = slices.CompactFunc(o.Facts, func(a, b Fact) bool {
		return a.Field == b.Field && a.Key == b.Key && a.Value == b.Value
	})
}

func compareFacts(a, b Fact) int {
	if c := cmp.Compare(a.Field.rank(), b.Field.rank()); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Field, b.Field),
		cmp.Compare(a.Key, b.Key),
		cmp.Compare(a.Value, b.Value),
		cmp.Compare(b.Note, a.Note),
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
		a, b := o.Facts[i], p.Facts[i]
		a.FirstSeen, b.FirstSeen = 0, 0
		if a != b {
			return false
		}
	}
	return true
}

// Change is one field that differs between two states of an observation.
type Change struct {
	Field    Field
	Key      string
	From, To string // "" = was not there, is not there
}

// InheritFirstSeen copies first-seen days from the stored state and stamps
// values that are new with today. It returns what changed, in field order.
// Both observations must be sorted.
func (o *Observation) InheritFirstSeen(old *Observation, today Date) []Change {
	var changes []Change
	seen := map[Fact]Date{}
	if old != nil {
		for _, f := range old.Facts {
			seen[identity(f)] = f.FirstSeen
		}
	}
	for i := range o.Facts {
		f := &o.Facts[i]
		id := identity(*f)
		if day, ok := seen[id]; ok {
			f.FirstSeen = day
			delete(seen, id)
			continue
		}
		f.FirstSeen = today
		if old != nil {
			changes = append(changes, Change{Field: f.Field, Key: f.Key, To: f.Value})
		}
	}
	if old != nil {
		for _, f := range old.Facts {
			if _, gone := seen[identity(f)]; gone {
				changes = append(changes, Change{Field: f.Field, Key: f.Key, From: f.Value})
			}
		}
	}
	return pairChanges(changes)
}

func identity(f Fact) Fact { return Fact{Field: f.Field, Key: f.Key, Value: f.Value} }

// pairChanges turns "gone" and "come" of one single or keyed field into one
// "from → to".
func pairChanges(in []Change) []Change {
	slices.SortStableFunc(in, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Field.rank(), b.Field.rank()), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	var out []Change
	for _, c := range in {
		info, _ := c.Field.Info()
		if n := len(out); n > 0 && info.Cardinality != Set {
			last := &out[n-1]
			if last.Field == c.Field && last.Key == c.Key && last.From == "" && c.To == "" {
				last.From = c.From
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
