package intake

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// place is where a company is, for numbers written without a code.
type place struct{ region, city string }

// phonesIn are the numbers of a cell, and what of it is none.
func (p place) phonesIn(cell string) (phones []company.Phone, rest string) {
	phones, other := company.ParsePhones(tidy(cell), p.region, p.city)
	return phones, strings.Join(other, ", ")
}

// newPhones are those that stand in a cell now and did not when it was issued, nor
// in others, in the form of company.FieldPhone. A cell that was changed and holds
// what is no number is a problem.
func (p place) newPhones(title, issued, now, others string) (added []string, problem string) {
	if same(issued, now) {
		return nil, ""
	}
	before, junk := p.phonesIn(issued)
	elsewhere, _ := p.phonesIn(others)
	before = append(before, elsewhere...)
	after, rest := p.phonesIn(now)
	for _, phone := range after {
		if !slices.ContainsFunc(before, func(b company.Phone) bool { return b.Value() == phone.Value() }) {
			added = append(added, phone.Value())
		}
	}
	if rest != "" && rest != junk || len(after) == 0 && tidy(now) != "" {
		if rest == "" {
			rest = now
		}
		return added, "«" + title + "»: " + quoted(rest) + " — не телефон: напишите номер с кодом города"
	}
	return added, ""
}

// newEmail is the first address of a cell that was not there when it was issued.
func newEmail(issued, now string) (email, problem string) {
	if same(issued, now) {
		return "", ""
	}
	before, _ := company.ParseEmails(tidy(issued))
	after, rest := company.ParseEmails(tidy(now))
	var others []string
	for _, e := range after {
		switch {
		case slices.ContainsFunc(before, func(b company.Email) bool { return b.Address == e.Address }):
		case email == "":
			email = e.Address
		default:
			others = append(others, e.Address)
		}
	}
	switch {
	case len(others) > 0:
		problem = "e-mail записан один, " + email + "; другие впишите в комментарий: " + strings.Join(others, ", ")
	case len(rest) > 0, len(after) == 0 && tidy(now) != "":
		problem = "e-mail " + quoted(now) + " не понят: нужен адрес вида zakup@firma.ru"
	}
	return email, problem
}

// changed is a text that was put in the place of the issued one, "" if none was.
func changed(issued, now string) string {
	if same(issued, now) {
		return ""
	}
	const most = 200
	runes := []rune(strings.Join(strings.Fields(tidy(now)), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), most)]))
}

// same tells that two cells show the same.
func same(a, b string) bool {
	return slices.Equal(strings.Fields(tidy(a)), strings.Fields(tidy(b)))
}

// withoutExt is a phone of company.FieldPhone as the stop list has it.
func withoutExt(value string) string {
	number, _, _ := strings.Cut(value, ";")
	return number
}
