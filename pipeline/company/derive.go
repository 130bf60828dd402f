package company

import (
	"cmp"
	"slices"
	"strings"
)

// Derive folds the observations of one ИНН into a Company. Winners are decided
// by trust, then freshness, then source, key and value, so the result does not
// depend on the order of the observations.
func Derive(inn INN, observations []Observation, standings Standings) Company {
	var d Deriver
	return d.Derive(inn, slices.Clone(observations), standings)
}

// Deriver folds one company after another in the same memory. The zero value
// is ready; it is for one goroutine.
type Deriver struct {
	observations []Observation
	facts        []heldFact
	spare        []heldFact
	runs         []int // where each sorted run of facts begins
	values       []Value
	taken        []string
}

// heldFact is a fact with all that decides its place among the values.
type heldFact struct {
	*Fact

	rank   int32
	trust  int32
	seen   Date
	holder int32 // number of the observation
	place  int32 // of its source and key among all: equal ones have the same
}

// Derive is the function of that name. What it returns is valid until the
// next call, and as long as the observations are not changed.
func (d *Deriver) Derive(inn INN, observations []Observation, standings Standings) Company {
	c := Company{INN: inn, Subject: subjectOf(inn), Observations: d.inOrder(observations)}
	n := 0
	for i := range c.Observations {
		n += len(c.Observations[i].Facts)
	}
	d.facts, d.runs = slices.Grow(d.facts[:0], n), slices.Grow(d.runs[:0], len(c.Observations))
	place := 0
	for i := range c.Observations {
		o := &c.Observations[i]
		if i > 0 && compareIDs(o, &c.Observations[i-1]) != 0 {
			place = i
		}
		standing := standings[o.Source]
		if o.INN == inn && !standing.Annex {
			c.Known = firstNamed(c.Known, o.Facts)
		}
		d.hold(o, standing, i, place)
	}
	d.merge()
	c.Values = d.fold(inn, c.Observations)
	return c
}

func subjectOf(inn INN) Subject {
	if inn.Person() {
		return SubjectSole
	}
	return SubjectCompany
}

// inOrder gives the observations by source and key. As a rule they are.
func (d *Deriver) inOrder(observations []Observation) []Observation {
	for i := 1; i < len(observations); i++ {
		if compareIDs(&observations[i-1], &observations[i]) > 0 {
			d.observations = append(d.observations[:0], observations...)
			slices.SortFunc(d.observations, func(a, b Observation) int { return compareIDs(&a, &b) })
			return d.observations
		}
	}
	return observations
}

func compareIDs(a, b *Observation) int {
	return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Key, b.Key))
}

// firstNamed is the earlier of a day and the days on which the facts came.
func firstNamed(known Date, facts []Fact) Date {
	for i := range facts {
		if day := facts[i].FirstSeen; day != 0 && (known == 0 || day < known) {
			known = day
		}
	}
	return known
}

// hold adds the facts of an observation as a sorted run, which they are unless
// some have days of their own.
func (d *Deriver) hold(o *Observation, standing Standing, holder, place int) {
	begin := len(d.facts)
	day := max(o.Date, standing.Shown)
	sorted := true
	for i := range o.Facts {
		h := heldFact{Fact: &o.Facts[i], trust: int32(standing.Trust), seen: day, holder: int32(holder), place: int32(place)}
		if h.Date != 0 {
			h.seen = h.Date
		}
		if i > 0 && h.Field == o.Facts[i-1].Field {
			h.rank = d.facts[begin+i-1].rank
		} else {
			h.rank = int32(h.Field.rank())
		}
		d.facts = append(d.facts, h)
		sorted = sorted && (i == 0 || compareHeld(&d.facts[begin+i-1], &d.facts[begin+i]) <= 0)
	}
	if !sorted {
		slices.SortFunc(d.facts[begin:], func(a, b heldFact) int { return compareHeld(&a, &b) })
	}
	if len(d.facts) > begin {
		d.runs = append(d.runs, begin)
	}
}

// compareHeld is the order of values: by field and key, the most trusted
// first, then the freshest.
func compareHeld(a, b *heldFact) int {
	if a.rank != b.rank {
		return cmp.Compare(a.rank, b.rank)
	}
	if int(a.rank) == len(fieldTable) {
		if c := cmp.Compare(a.Field, b.Field); c != 0 {
			return c
		}
	}
	if c := strings.Compare(a.Key, b.Key); c != 0 {
		return c
	}
	switch {
	case a.trust != b.trust:
		return cmp.Compare(b.trust, a.trust)
	case a.seen != b.seen:
		return cmp.Compare(b.seen, a.seen)
	case a.place != b.place:
		return cmp.Compare(a.place, b.place)
	}
	if c := strings.Compare(a.Value, b.Value); c != 0 {
		return c
	}
	return compareRemarks(a.Fact, b.Fact)
}

// merge makes one run of all, two neighbours at a time.
func (d *Deriver) merge() {
	for len(d.runs) > 1 {
		d.spare = slices.Grow(d.spare[:0], len(d.facts))
		kept := d.runs[:0]
		for i := 0; i < len(d.runs); i += 2 {
			begin, middle, end := d.runs[i], len(d.facts), len(d.facts)
			if i+1 < len(d.runs) {
				middle = d.runs[i+1]
			}
			if i+2 < len(d.runs) {
				end = d.runs[i+2]
			}
			kept = append(kept, begin)
			d.spare = appendMerged(d.spare, d.facts[begin:middle], d.facts[middle:end])
		}
		d.runs = kept
		d.facts, d.spare = d.spare, d.facts
	}
}

func appendMerged(to, a, b []heldFact) []heldFact {
	for len(a) > 0 && len(b) > 0 {
		if compareHeld(&a[0], &b[0]) <= 0 {
			to, a = append(to, a[0]), a[1:]
		} else {
			to, b = append(to, b[0]), b[1:]
		}
	}
	return append(append(to, a...), b...)
}

// fold writes the values out and marks those that win.
func (d *Deriver) fold(inn INN, observations []Observation) []Value {
	if len(d.facts) == 0 {
		return nil
	}
	d.values = slices.Grow(d.values[:0], len(d.facts))[:len(d.facts)]
	for i := range d.facts {
		h := &d.facts[i]
		o := &observations[h.holder]
		v := &d.values[i]
		v.Fact, v.Source, v.SourceKey = *h.Fact, o.Source, o.Key
		v.Seen, v.Joined = h.seen, o.INN != inn
		v.Wins = d.wins(i)
	}
	return d.values
}

// wins tells whether a value wins, all before it being decided. Values of one
// field stand together, and so do those of one key.
func (d *Deriver) wins(i int) bool {
	h := &d.facts[i]
	first := i == 0 || d.facts[i-1].Field != h.Field
	cardinality := Set
	if int(h.rank) < len(fieldTable) {
		cardinality = fieldTable[h.rank].Cardinality
	}
	switch cardinality {
	case Single:
		return first
	case Keyed:
		return first || d.facts[i-1].Key != h.Key
	case Set:
	}
	if first {
		d.taken = append(slices.Grow(d.taken[:0], len(d.facts)-i), h.Value)
		return true
	}
	return d.take(h.Value)
}

// take adds a value to those that a set has, unless it has it. What one source
// says comes sorted, so most go to the end.
func (d *Deriver) take(value string) bool {
	if value > d.taken[len(d.taken)-1] {
		d.taken = append(d.taken, value)
		return true
	}
	at, has := slices.BinarySearch(d.taken, value)
	if !has {
		d.taken = slices.Insert(d.taken, at, value)
	}
	return !has
}
