package night

import (
	"cmp"
	"strings"

	"obzvon/pipeline/company"
)

// ContactLine is a person or a department to ask for, as a list shows it.
type ContactLine struct {
	Duty   company.Duty `json:"duty,omitempty"`
	Post   string       `json:"post"` // as printed, else that of the duty
	Name   string       `json:"name,omitempty"`
	Phone  string       `json:"phone,omitempty"` // as people write it
	Email  string       `json:"email,omitempty"`
	Page   string       `json:"page,omitempty"`
	Source string       `json:"source"`
	Date   company.Date `json:"date,omitzero"`
}

// ContactsOf are whom to ask for, the best first, with the names of their
// sources.
func ContactsOf(c *company.Company) []ContactLine {
	var out []ContactLine
	for _, k := range c.Contacts() {
		if k.Duty == "" && k.Post == "" && k.Name == "" && k.Phone == "" && k.Email == "" {
			continue // all that was known of it may not be shown
		}
		out = append(out, ContactLine{
			Duty: k.Duty, Post: cmp.Or(k.Post, k.Duty.Title(), "Контакт"), Name: k.Name,
			Phone: readable(company.FieldContactPhone, k.Phone), Email: k.Email, Page: k.Page,
			Source: k.Source, Date: k.Seen,
		})
	}
	return out
}

// Text is the contact in one line: «Отдел снабжения, +7 907 000-00-01,
// snab@firma.example, страница …, 22.11.2026».
func (k *ContactLine) Text() string {
	parts := []string{k.Post}
	for _, s := range []string{k.Name, k.Phone, k.Email} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if k.Page != "" {
		parts = append(parts, "страница "+k.Page)
	} else {
		parts = append(parts, k.Source)
	}
	if k.Date.Known() {
		parts = append(parts, k.Date.Russian())
	}
	return strings.Join(parts, ", ")
}
