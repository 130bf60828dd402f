package people

import (
	"slices"
	"strings"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

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
		p := finding.Person{Name: tidyName(text[words[i].from:nameEnd(text, &words[i+n-1])]), Post: title, Duty: company.DutyHead}
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
