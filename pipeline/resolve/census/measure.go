package census

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Answer is what a matcher made of a listing.
type Answer uint8

// The answers.
const (
	Left   Answer = iota // to nobody
	Asked                // to a person, for review
	Joined               // to a company
)

// Tally counts the listings of one class.
type Tally struct {
	Listings  int
	Known     int // the firm is in the registry
	Linked    int // of these, those that something links to it
	Decidable int // of these, those that no other company agrees with as well
	Joined    int
	Right     int // of the joined
	Tied      int // of the right, those that are linked
	Decided   int // of the right, those that are decidable
	Asked     int
}

// Precision is the share of right joins; 1 where nothing was joined.
func (t *Tally) Precision() float64 { return share(t.Right, t.Joined) }

// Recall is the share of decidable listings that were joined rightly.
func (t *Tally) Recall() float64 { return share(t.Decided, t.Decidable) }

// RecallLinked is the share of linked listings that were joined rightly.
func (t *Tally) RecallLinked() float64 { return share(t.Tied, t.Linked) }

// RecallAll is that of all whose firm is in the registry, right by luck or not.
func (t *Tally) RecallAll() float64 { return share(t.Right, t.Known) }

// Review is the share of listings that a person is asked about.
func (t *Tally) Review() float64 { return share(t.Asked, t.Listings) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

func (t *Tally) add(l *Listing, a Answer, right bool) {
	t.Listings++
	truth := &l.Truth
	if truth.INN != "" {
		t.Known++
	}
	if truth.Bond == BondOutdone || truth.Bond == BondDecidable {
		t.Linked++
	}
	if truth.Bond == BondDecidable {
		t.Decidable++
	}
	switch a {
	case Left:
	case Asked:
		t.Asked++
	case Joined:
		t.Joined++
		if !right {
			return
		}
		t.Right++
		if truth.Bond == BondOutdone || truth.Bond == BondDecidable {
			t.Tied++
		}
		if truth.Bond == BondDecidable {
			t.Decided++
		}
	}
}

// Mistake is a join that is wrong, or one that is missing.
type Mistake struct {
	Listing Listing
	Answer  Answer
	INN     company.INN // that it was joined to, or asked about
}

// examples is how many mistakes of a class are kept.
const examples = 4

// Measure counts what a matcher made of a world's listings.
type Measure struct {
	All   Tally // listings of directories
	Sites Tally // what sites print

	classes map[string]*Tally
	wrong   map[string][]Mistake
	missing map[string][]Mistake
}

// NewMeasure returns an empty one.
func NewMeasure() *Measure {
	return &Measure{classes: map[string]*Tally{}, wrong: map[string][]Mistake{}, missing: map[string][]Mistake{}}
}

// Add counts one listing. inn is the company that it was joined to, or that a
// person is asked about.
func (m *Measure) Add(l *Listing, a Answer, inn company.INN) {
	right := l.Truth.INN != "" && inn == l.Truth.INN
	if l.Truth.Site {
		m.Sites.add(l, a, right)
		if a == Joined && !right {
			m.keep(m.wrong, "site", l, a, inn)
		}
		return
	}
	m.All.add(l, a, right)
	for _, class := range classesOf(&l.Truth) {
		t := m.classes[class]
		if t == nil {
			t = &Tally{}
			m.classes[class] = t
		}
		t.add(l, a, right)
		switch {
		case a == Joined && !right:
			m.keep(m.wrong, class, l, a, inn)
		case l.Truth.Bond == BondDecidable && (a != Joined || !right):
			m.keep(m.missing, class, l, a, inn)
		}
	}
}

func (m *Measure) keep(in map[string][]Mistake, class string, l *Listing, a Answer, inn company.INN) {
	if len(in[class]) < examples {
		in[class] = append(in[class], Mistake{*l, a, inn})
	}
}

// classesOf names the troubles of a listing one by one and, in brackets, what
// there is to tell by.
func classesOf(t *Truth) []string {
	out := []string{"(" + t.Bond.String() + ")"}
	if t.Bond == BondDecidable {
		out = append(out, "(by "+t.Ties.String()+")")
	}
	if t.Troubles == 0 {
		out = append(out, "no trouble")
	}
	for i, name := range troubleNames {
		if t.Troubles&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

// Class is a tally and the name of its class.
type Class struct {
	Name string
	Tally
}

// Classes lists the tallies of each trouble, those with most mistakes first.
// A listing counts in each class of which it is.
func (m *Measure) Classes() []Class {
	var out []Class
	for name, t := range m.classes {
		out = append(out, Class{name, *t})
	}
	slices.SortFunc(out, func(a, b Class) int {
		return cmp.Or(cmp.Compare(b.Joined-b.Right, a.Joined-a.Right), cmp.Compare(b.Decidable-b.Decided, a.Decidable-a.Decided), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Write prints tallies, classes and the first mistakes of each class, for
// whoever works on a matcher.
func (m *Measure) Write(w io.Writer, own func(company.INN) []company.Observation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-42s %8s %8s %8s %8s | %7s %5s %9s | recall of decidable, linked, all | %s\n",
		"", "listings", "known", "linked", "decidable", "joined", "wrong", "precision", "review")
	line := func(name string, t *Tally) {
		fmt.Fprintf(&b, "%-42s %8d %8d %8d %8d | %7d %5d %9.4f | %.4f %.4f %.4f | %.3f\n", name, t.Listings, t.Known, t.Linked, t.Decidable,
			t.Joined, t.Joined-t.Right, t.Precision(), t.Recall(), t.RecallLinked(), t.RecallAll(), t.Review())
	}
	line("LISTINGS", &m.All)
	line("sites", &m.Sites)
	for _, c := range m.Classes() {
		line(c.Name, &c.Tally)
	}
	for _, kind := range []struct {
		title string
		of    map[string][]Mistake
	}{{"WRONG", m.wrong}, {"MISSING", m.missing}} {
		for _, class := range sortedKeys(kind.of) {
			for _, x := range kind.of[class] {
				fmt.Fprintf(&b, "%s %s\n", kind.title, class)
				x.write(&b, own)
			}
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the measure: %w", err)
	}
	return nil
}

func sortedKeys(m map[string][]Mistake) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (x *Mistake) write(b *strings.Builder, own func(company.INN) []company.Observation) {
	t := &x.Listing.Truth
	fmt.Fprintf(b, "  listing %s [%s; by %s; %s]\n    %s\n", x.Listing.Observation.Key, t.Bond, t.Ties, t.Troubles, facts(&x.Listing.Observation))
	for _, side := range []struct {
		name string
		inn  company.INN
	}{{"truth", t.INN}, {[...]string{"left", "asked", "joined"}[x.Answer], x.INN}} {
		fmt.Fprintf(b, "  %s %s\n", side.name, side.inn)
		if side.inn == "" {
			continue
		}
		for _, o := range own(side.inn) {
			fmt.Fprintf(b, "    %s: %s\n", o.Source, facts(&o))
		}
		if side.inn == x.INN && x.INN == t.INN {
			return
		}
	}
}

func facts(o *company.Observation) string {
	var parts []string
	for i := range o.Facts {
		f := &o.Facts[i]
		switch f.Field {
		case company.FieldNameFull, company.FieldRegistered, company.FieldRubric, company.FieldDescription:
			continue
		}
		parts = append(parts, fmt.Sprintf("%s=%s", f.Field, f.Value))
	}
	return strings.Join(parts, "; ")
}
