package company

import (
	"cmp"
	"slices"
	"strconv"
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

// Standing is what is known of a source beside what it says.
type Standing struct {
	Trust int // 0..100: whose word wins where sources disagree
	// Shown is, for a source whose whole release is known, the day of it: all
	// that it holds was said on that day, though what is unchanged is not
	// written again and keeps an older date.
	Shown Date
	// Annex says that the source adds to companies that others know and makes
	// none by itself.
	Annex bool
}

// Standings are those of the sources by name; an unnamed source has the zero
// Standing.
type Standings map[string]Standing

// Newest is the newest day on which any of a company's sources showed it.
// Annexes have no say: their years end long before they are published.
func (s Standings) Newest(c *Company) Date {
	var d Date
	for i := range c.Observations {
		if st := s[c.Observations[i].Source]; !st.Annex {
			d = max(d, c.Observations[i].Date, st.Shown)
		}
	}
	return d
}

// Derive folds the observations of one ИНН into a Company. Winners are decided
// by trust, then freshness, then source, key and value, so the result does not
// depend on the order of the observations.
func Derive(inn INN, observations []Observation, standings Standings) Company {
	obs := slices.Clone(observations)
	slices.SortFunc(obs, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key, b.Key))
	})
	c := Company{INN: inn, Subject: subjectOf(inn), Observations: obs}
	for i := range obs {
		o := &obs[i]
		own := o.INN == inn && !standings[o.Source].Annex
		for _, f := range o.Facts {
			if own && f.FirstSeen != 0 && (c.Known == 0 || f.FirstSeen < c.Known) {
				c.Known = f.FirstSeen
			}
			seen := f.Date
			if seen == 0 {
				seen = max(o.Date, standings[o.Source].Shown)
			}
			c.Values = append(c.Values, Value{Fact: f, Source: o.Source, SourceKey: o.Key, Seen: seen, Joined: o.INN != inn})
		}
	}
	slices.SortFunc(c.Values, func(a, b Value) int {
		if d := cmp.Or(cmp.Compare(a.Field.rank(), b.Field.rank()), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Key, b.Key)); d != 0 {
			return d
		}
		return cmp.Or(
			cmp.Compare(standings[b.Source].Trust, standings[a.Source].Trust),
			cmp.Compare(b.Seen, a.Seen),
			cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.SourceKey, b.SourceKey),
			compareFacts(a.Fact, b.Fact),
		)
	})
	markWinners(c.Values)
	return c
}

func subjectOf(inn INN) Subject {
	if inn.Person() {
		return SubjectSole
	}
	return SubjectCompany
}

func markWinners(values []Value) {
	taken := map[Fact]bool{}
	for i := range values {
		v := &values[i]
		info, _ := v.Field.Info()
		id := Fact{Field: v.Field}
		switch info.Cardinality {
		case Keyed:
			id.Key = v.Key
		case Set:
			id.Value = v.Value
		case Single:
		}
		v.Wins = !taken[id]
		taken[id] = true
	}
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

// Winners returns every winning value of a field: the distinct ones of a set,
// one for each key of a keyed field, best first or in key order.
func (c *Company) Winners(f Field) []Value {
	var out []Value
	for i := range c.Values {
		if c.Values[i].Field == f && c.Values[i].Wins {
			out = append(out, c.Values[i])
		}
	}
	return out
}

// Latest returns the winner of the greatest key of a keyed field, which for
// years is the newest, and that value as a number.
func (c *Company) Latest(f Field) (v Value, n int64, ok bool) {
	all := c.Winners(f)
	for i := len(all) - 1; i >= 0; i-- {
		n, err := strconv.ParseInt(all[i].Value, 10, 64)
		if err == nil {
			return all[i], n, true
		}
	}
	return Value{}, 0, false
}

// Branches counts the places where the company is listed: the greatest number
// of distinct addresses that one source gives, since two directories list the
// same doors.
func (c *Company) Branches() int {
	perSource := map[string]map[string]bool{}
	for i := range c.Values {
		v := &c.Values[i]
		if v.Field != FieldBranch {
			continue
		}
		if perSource[v.Source] == nil {
			perSource[v.Source] = map[string]bool{}
		}
		perSource[v.Source][v.Value] = true
	}
	most := 0
	for _, places := range perSource {
		most = max(most, len(places))
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
