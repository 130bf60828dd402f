package people

import (
	"fmt"
	"strings"

	"obzvon/enrich/website/finding"
)

// fromData adds the employees of the JSON-LD (schema.org Person.jobTitle,
// Organization.employee, ContactPoint.contactType).
func (r *reader) fromData() {
	for _, v := range r.page.Data {
		m, ok := v.(map[string]any)
		if !ok {
			continue
		}
		if isType(m, "Person") {
			r.dataPerson(m)
		}
		each(m["employee"], r.dataPerson)
		each(m["employees"], r.dataPerson)
		each(m["contactPoint"], r.dataPoint)
	}
}

func isType(m map[string]any, t string) bool { return strings.Trim(fmt.Sprint(m["@type"]), "[]") == t }

// each calls f for an object or for those of a list.
func each(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
	case []any:
		for i := 0; i < len(v) && i < maxPeople; i++ {
			if m, ok := v[i].(map[string]any); ok {
				f(m)
			}
		}
	}
}

func (r *reader) dataPerson(m map[string]any) {
	title, _ := m["jobTitle"].(string)
	called, _ := m["name"].(string)
	called = cutText(strings.Join(strings.Fields(called), " "), maxPost)
	names := findNames(called, splitWords(called))
	p, ok := asPost(title)
	if !ok || len(names) != 1 || names[0].sure == alone {
		return
	}
	person := finding.Person{Name: tidyName(called[names[0].from:names[0].to]), Post: p.text, Duty: DutyOf(p.text)}
	r.dataReach(&person, m)
	r.add(person)
}

func (r *reader) dataPoint(m map[string]any) {
	kind, _ := m["contactType"].(string)
	p, ok := asPost(kind)
	if !ok {
		return
	}
	person := finding.Person{Post: p.text, Duty: DutyOf(p.text)}
	if r.dataReach(&person, m); len(person.Phones)+len(person.Emails) > 0 {
		r.add(person)
	}
}

func (r *reader) dataReach(p *finding.Person, m map[string]any) {
	for _, key := range [...]string{"telephone", "email"} {
		s, _ := m[key].(string)
		for _, at := range r.reach.find(cutText(s, maxPost)) {
			r.items = append(r.items, item{kind: isReach, place: at})
			r.fill(p, []int{len(r.items) - 1})
		}
	}
}
