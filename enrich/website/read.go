package website

import (
	"net/url"
	"slices"
	"strings"

	"obzvon/enrich/website/contact"
	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/people"
	"obzvon/enrich/website/requisite"
)

// Bounds on what is taken from one page: a page with more is no page of
// contacts, or made to hurt.
const (
	maxValues = 100
	maxWords  = 300 // bytes of one value that is printed text
)

// Read tells what one page says: body as sent, contentType as in the header.
func Read(u *url.URL, contentType string, body []byte) (finding.Page, error) {
	_, f, err := read(u, contentType, body)
	return f, err
}

func read(u *url.URL, contentType string, body []byte) (*page.Page, finding.Page, error) {
	f := finding.Page{URL: u.String()}
	p, err := page.Parse(u, body, contentType)
	if err != nil {
		return nil, f, err
	}
	contact.Read(p, &f)
	requisite.Read(p, &f)
	people.Read(p, &f)
	bound(&f)
	return p, f, nil
}

func bound(f *finding.Page) {
	f.Phones, f.Emails, f.Messengers = few(f.Phones), few(f.Emails), few(f.Messengers)
	f.INNs, f.OGRNs, f.KPPs = few(f.INNs), few(f.OGRNs), few(f.KPPs)
	f.Names, f.Addresses, f.People = few(f.Names), few(f.Addresses), few(f.People)
	for i := range f.Phones {
		f.Phones[i].Label = cut(f.Phones[i].Label)
	}
	for i := range f.Emails {
		f.Emails[i].Label = cut(f.Emails[i].Label)
	}
	for i := range f.People {
		p := &f.People[i]
		p.Name, p.Post = cut(p.Name), cut(p.Post)
		p.Phones, p.Emails = few(p.Phones), few(p.Emails)
	}
	f.Hours = cut(f.Hours)
	f.Names, f.Addresses = cutAll(f.Names), cutAll(f.Addresses)
}

func few[T any](s []T) []T { return s[:min(len(s), maxValues)] }

func cutAll(s []string) []string {
	for i := range s {
		s[i] = cut(s[i])
	}
	return slices.DeleteFunc(s, func(v string) bool { return v == "" })
}

// cut shortens a text to whole letters.
func cut(s string) string {
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "")
	}
	return strings.TrimSpace(s)
}
