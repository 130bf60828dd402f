package company

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Company is what is known of one ИНН: for each field the winner, and the
// losers. It is derived, never stored as the truth.
type Company struct {
	INN          INN
	Subject      Subject
	Values       []Value       // in field order, then key, then rank
	Observations []Observation // what it was derived from, in a fixed order
	// Known is the first day on which a source that is no annex named the ИНН;
	// 0 = unknown.
	Known Date
}

// Value is a fact with where it comes from and whether it won.
type Value struct {
	Fact
	Source    string
	SourceKey string
	Seen      Date // the source's own date of the value
	Joined    bool // came by a join, not under the company's own ИНН
	Wins      bool // in a set every distinct value wins
}

// Winner returns the winning value of a single field.
func (c *Company) Winner(f Field) (Value, bool) {
	for i := range c.Values {
		if c.Values[i].Field == f && c.Values[i].Wins {
			return c.Values[i], true
		}
	}
	return Value{}, false
}

// Get returns the winning value of a single field, "" if unknown.
func (c *Company) Get(f Field) string {
	v, _ := c.Winner(f)
	return v.Value
}

// Winning walks the winning values of a field: the distinct ones of a set, one
// for each key of a keyed field, best first or in key order.
func (c *Company) Winning(f Field) iter.Seq[*Value] {
	return func(yield func(*Value) bool) {
		for i := range c.Values {
			if v := &c.Values[i]; v.Wins && v.Field == f && !yield(v) {
				return
			}
		}
	}
}

// Winners returns the values that Winning walks.
func (c *Company) Winners(f Field) []Value {
	var out []Value
	for v := range c.Winning(f) {
		out = append(out, *v)
	}
	return out
}

// Latest returns the winner of the greatest key of a keyed field, which for
// years is the newest, and that value as a number.
func (c *Company) Latest(f Field) (v Value, n int64, ok bool) {
	for i := len(c.Values) - 1; i >= 0; i-- {
		if w := &c.Values[i]; w.Wins && w.Field == f {
			if n, err := strconv.ParseInt(w.Value, 10, 64); err == nil {
				return *w, n, true
			}
		}
	}
	return Value{}, 0, false
}

// Branches counts the places where the company is listed: the greatest number
// of distinct addresses that one source gives, since two directories list the
// same doors.
func (c *Company) Branches() int {
	var few [16]*Value
	places := few[:0]
	for i := range c.Values {
		if v := &c.Values[i]; v.Field == FieldBranch {
			places = append(places, v)
		}
	}
	slices.SortFunc(places, func(a, b *Value) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Value, b.Value))
	})
	most, n := 0, 0
	for i, v := range places {
		switch {
		case i == 0 || v.Source != places[i-1].Source:
			n = 1
		case v.Value != places[i-1].Value:
			n++
		}
		most = max(most, n)
	}
	return most
}

// Sources lists the sources that say anything of the company, sorted.
func (c *Company) Sources() []string {
	var out []string
	for i := range c.Observations {
		out = append(out, c.Observations[i].Source)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Updated is the newest date any source gives.
func (c *Company) Updated() Date {
	var d Date
	for i := range c.Observations {
		d = max(d, c.Observations[i].Date)
	}
	return d
}

// Name is what a caller asks for: the short legal name, else the full one,
// else the sign, else the ИНН.
func (c *Company) Name() string {
	for _, f := range []Field{FieldNameShort, FieldNameFull, FieldNameBrand} {
		if s := c.Get(f); s != "" {
			return s
		}
	}
	return string(c.INN)
}
