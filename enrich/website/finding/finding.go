// Package finding holds what was read off one page of a company's site: plain
// values in canonical form, before anybody decides what of them is the
// company's and what is worth keeping.
package finding

import "obzvon/pipeline/company"

// Page is what one page says. Values are distinct, in the order of reading.
type Page struct {
	URL        string   `json:"url"`
	Phones     []Phone  `json:"phones,omitempty"`
	Emails     []Email  `json:"emails,omitempty"`
	Messengers []string `json:"messengers,omitempty"` // as company.FieldMessenger
	Hours      string   `json:"hours,omitempty"`      // as printed, one line
	INNs       []string `json:"inns,omitempty"`       // valid checksum, the firm's own as far as the page tells
	OGRNs      []string `json:"ogrns,omitempty"`      // likewise
	KPPs       []string `json:"kpps,omitempty"`
	Names      []string `json:"names,omitempty"`     // legal names as printed, the firm's own first
	Addresses  []string `json:"addresses,omitempty"` // as printed, one line each, the main one first
	People     []Person `json:"people,omitempty"`    // persons, and departments or posts without a name
}

// Phone is a number of the firm.
type Phone struct {
	Value string `json:"value"`           // as company.FieldPhone: E.164, ";ext=NNN"
	Label string `json:"label,omitempty"` // what the page says of it: «отдел снабжения», «факс»
}

// Email is an address of the firm.
type Email struct {
	Value string `json:"value"` // lower case; the domain in Unicode as printed
	Label string `json:"label,omitempty"`
}

// Person is somebody to ask for, or a department.
type Person struct {
	Name   string       `json:"name,omitempty"` // as printed; "" = a department or a post
	Post   string       `json:"post,omitempty"` // as printed: «Главный механик», «Отдел снабжения»
	Duty   company.Duty `json:"duty,omitempty"`
	Phones []string     `json:"phones,omitempty"` // as Phone.Value
	Emails []string     `json:"emails,omitempty"`
}
