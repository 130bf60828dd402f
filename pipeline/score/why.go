package score

import (
	"cmp"
	"slices"
	"strings"
)

// topic is a clause of the sentence: kindred signals are told as one.
type topic struct {
	kinds  []kind // in the order of telling; the first ones outdo the rest
	most   int    // how many of them are told
	before string // put before the joined phrases
}

// topics in the order of the sentence.
func topics() []topic {
	return []topic{
		{kinds: []kind{okvedMain, okvedReported, okvedExtra}, most: 1},
		{kinds: []kind{rubric, nameWords}, most: 1},
		{kinds: []kind{branches}, most: 1},
		{kinds: []kind{headcount, revenue, smeCategory}, most: 1},
		{kinds: []kind{age}, most: 1},
		{kinds: []kind{tender, tenderPast}, most: 1},
		{kinds: []kind{competitorClient}, most: 1},
		{kinds: []kind{exhibition}, most: 1},
		{kinds: []kind{season}, most: 1},
		{kinds: []kind{mobile, phone, email, site}, most: 2, before: "есть "},
		{kinds: []kind{namedPerson}, most: 1},
		{kinds: []kind{proximity}, most: 1},
	}
}

// maxClauses is how many reasons a caller reads.
const maxClauses = 4

type clause struct {
	order  int
	points Points
	text   string
	place  bool
}

// Why tells in one sentence what speaks for a lead, from the two to four
// largest contributions: «Ремонт грузовых автомобилей — основной вид
// деятельности (45.20.2), сеть из 12 точек, 84 сотрудника; Пермский край —
// соседний регион.» It is "" for a company that is no lead.
func Why(e *Explanation) string {
	by := map[kind]*Contribution{}
	for g := range e.Groups {
		for i := range e.Groups[g].Contributions {
			if c := &e.Groups[g].Contributions[i]; c.phrase != "" && c.Points > 0 {
				by[c.kind] = c
			}
		}
	}
	var clauses []clause
	for i, t := range topics() {
		if c, ok := t.clause(by); ok {
			c.order = i
			clauses = append(clauses, c)
		}
	}
	slices.SortStableFunc(clauses, func(a, b clause) int { return cmp.Compare(b.points, a.points) })
	clauses = clauses[:min(len(clauses), maxClauses)]
	slices.SortFunc(clauses, func(a, b clause) int { return cmp.Compare(a.order, b.order) })
	return strings.TrimSpace(sentence(e.Segment, clauses) + caution(e.Notes))
}

// caution says what to know of a lead beside what speaks for it.
func caution(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return " Внимание: " + strings.Join(notes, ", ") + "."
}

func (t topic) clause(by map[kind]*Contribution) (clause, bool) {
	var c clause
	var told []string
	for _, k := range t.kinds {
		found := by[k]
		if found == nil {
			continue
		}
		c.points += found.Points
		c.place = k == proximity
		if len(told) < t.most && (k != phone || by[mobile] == nil) {
			told = append(told, found.phrase)
		}
	}
	c.text = t.before + joinAnd(told)
	return c, len(told) > 0
}

// sentence joins the clauses. Without a code to say what the company does, the
// segment says it.
func sentence(segment string, clauses []clause) string {
	if len(clauses) == 0 {
		return ""
	}
	var b strings.Builder
	if clauses[0].order > 0 && segment != "" {
		b.WriteString(segment + ": ")
	}
	for i, c := range clauses {
		switch {
		case i > 0 && c.place:
			b.WriteString("; ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(c.text)
	}
	return upperFirst(b.String()) + "."
}
