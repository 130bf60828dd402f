package people

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// firmWords are the words of the firm's own names.
func firmWords(names []string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		for _, w := range company.FoldWords(company.ParseName(n).Core) {
			m[w] = true
		}
	}
	return m
}

// quoteMarks open or close a name of a firm.
const quoteMarks = "«»“”„\""

// alienPost tells the post of somebody in another firm: «директор автосервиса
// „Гараж“», «главный механик ООО „Вега“».
func (r *reader) alienPost(text string) bool {
	i := strings.IndexAny(text, quoteMarks)
	if i < 0 {
		return false
	}
	p, ok := asPost(text[:i])
	if ok && !p.person {
		return false // «Магазин „Запчасти“»
	}
	for _, w := range company.FoldWords(cutText(text[i:], maxPost)) {
		if !r.firms[w] {
			return true
		}
	}
	return false
}

// withoutFirm cuts the firm's own name off a post: «Генеральный директор ООО
// „Вега“».
func (r *reader) withoutFirm(text string) string {
	i := strings.IndexAny(text, quoteMarks)
	if i < 0 || len(r.firms) == 0 {
		return text
	}
	for _, w := range company.FoldWords(cutText(text[i:], maxPost)) {
		if !r.firms[w] {
			return text
		}
	}
	front := strings.TrimRight(text[:i], " ")
	for _, form := range [...]string{"ООО", "ОАО", "ЗАО", "ПАО", "АО", "ГК", "СПК", "компании"} {
		if cut, ok := strings.CutSuffix(front, form); ok {
			return cut
		}
	}
	return front
}

// owner adds the entrepreneur whose site it is: he is the head of it.
func (r *reader) owner() {
	if len(r.found.Names) == 0 {
		return
	}
	text := r.found.Names[0]
	form := company.ParseName(text).Form
	if !form.Person() {
		return
	}
	title := "Индивидуальный предприниматель"
	if form == company.FormKFH {
		title = "Глава КФХ"
	}
	words := splitWords(text)
	for i := range words {
		n, sure, short := nameAt(words[i:])
		if n == 0 || sure < signed && n < 2 || short {
			continue
		}
		to := words[i+n-1].to
		if words[i+n-1].shape == initial {
			to++
		}
		p := finding.Person{Name: tidyName(text[words[i].from:to]), Post: title, Duty: company.DutyHead}
		if !slices.ContainsFunc(r.found.People, func(was finding.Person) bool { return same(&was, &p) }) {
			r.add(p)
		}
		return
	}
}

// mailboxes adds the mailboxes for offers that belong to nobody yet:
// zakupki@, snab@, tender@.
func (r *reader) mailboxes() {
	for _, e := range r.found.Emails {
		has := func(p finding.Person) bool { return slices.Contains(p.Emails, strings.ToLower(e.Value)) }
		if slices.ContainsFunc(r.found.People, has) {
			continue
		}
		if list, _ := company.ParseEmails(e.Value); len(list) == 1 && list[0].Role == company.RoleSupply {
			r.add(finding.Person{Post: company.DutySupply.Title(), Duty: company.DutySupply, Emails: []string{list[0].Address}})
		}
	}
}

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
