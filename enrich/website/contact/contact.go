// Package contact reads off a page how its firm can be reached: numbers,
// e-mails, messengers, hours. Nothing that merely looks like a contact is
// taken: not hints of forms, not the maker of the site, not accounts, prices
// and article numbers.
package contact

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
)

// Bounds on what one page may give; a firm has fewer.
const (
	maxPhones     = 200
	maxEmails     = 200
	maxMessengers = 50
	maxLabel      = 120 // bytes
	maxLine       = 20_000
)

// Read fills Phones, Emails, Messengers and Hours of what was found on the
// page. Where a link shows one number or address and leads to another, the one
// that is shown counts.
func Read(p *page.Page, f *finding.Page) {
	r := reader{page: p, found: f, host: hostOf(p), wrong: map[string]bool{}, phoneAt: map[string]int{}, emailAt: map[string]int{}}
	r.strangers = r.markStrangers()
	for i := range p.Lines {
		if !r.strangers[i] {
			r.line(i)
		}
	}
	r.bareLinks()
	r.attributes()
	r.data()
	f.Hours = hours(p.Lines)
}

// reader gathers the contacts of one page.
type reader struct {
	page      *page.Page
	found     *finding.Page
	host      string
	strangers []bool // lines that speak of somebody else
	bare      []bare // links that show no contact themselves
	wrong     map[string]bool
	phoneAt   map[string]int
	emailAt   map[string]int
}

// bare is a link to a contact that its text does not show.
type bare struct {
	href  string
	label string
}

func hostOf(p *page.Page) string {
	if p.URL == nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(p.URL.Hostname()), "www.")
}

// line reads one line and its links.
func (r *reader) line(i int) {
	l := &r.page.Lines[i]
	if len(l.Text) > maxLine {
		return
	}
	phones := r.linePhones(i)
	emails := lineEmails(l.Text)
	for _, e := range emails {
		r.email(e.address, r.label(i, e.from, e.to))
	}
	r.lineMessengers(l)
	for _, k := range l.Links {
		switch scheme, rest := schemeOf(k.Href); scheme {
		case "tel", "callto":
			r.compare(i, k, phoneValues(rest), func(v string) bool {
				return slices.ContainsFunc(phones, func(n number) bool { return n.from < k.To && n.to > k.From && n.value() != v })
			}, slices.ContainsFunc(phones, func(n number) bool { return n.from < k.To && n.to > k.From }))
		case "mailto":
			shown := slices.ContainsFunc(emails, func(e mail) bool { return e.from < k.To && e.to > k.From })
			r.compare(i, k, mailtoValues(rest), func(v string) bool {
				return shown && !slices.ContainsFunc(emails, func(e mail) bool { return e.address == v })
			}, shown)
		case "", "http", "https", "whatsapp", "viber", "tg", "skype":
			r.messengerLink(k.Href)
		}
	}
}

// compare notes what a link leads to, if its text shows no contact; and as
// wrong, if it shows another.
func (r *reader) compare(i int, k page.Link, values []string, differs func(string) bool, shown bool) {
	for _, v := range values {
		if differs(v) {
			r.wrong[v] = true
		}
	}
	if !shown {
		r.bare = append(r.bare, bare{k.Href, r.label(i, k.From, k.To)})
	}
}

// bareLinks takes what links lead to that show no number or address, unless
// other links show that it is left over from a template.
func (r *reader) bareLinks() {
	for _, b := range r.bare {
		scheme, rest := schemeOf(b.href)
		if scheme == "mailto" {
			for _, v := range mailtoValues(rest) {
				if !r.wrong[v] {
					r.email(v, b.label)
				}
			}
			continue
		}
		for _, v := range phoneValues(rest) {
			if !r.wrong[v] {
				r.phone(v, b.label)
			}
		}
	}
}

// phone adds a number; one that was there already may still get a label.
func (r *reader) phone(value, label string) {
	if fakePhone(value) {
		return
	}
	if at, ok := r.phoneAt[value]; ok {
		if r.found.Phones[at].Label == "" {
			r.found.Phones[at].Label = label
		}
		return
	}
	if len(r.found.Phones) < maxPhones {
		r.phoneAt[value] = len(r.found.Phones)
		r.found.Phones = append(r.found.Phones, finding.Phone{Value: value, Label: label})
	}
}

func (r *reader) email(address, label string) {
	if r.foreignEmail(address) {
		return
	}
	if at, ok := r.emailAt[address]; ok {
		if r.found.Emails[at].Label == "" {
			r.found.Emails[at].Label = label
		}
		return
	}
	if len(r.found.Emails) < maxEmails {
		r.emailAt[address] = len(r.found.Emails)
		r.found.Emails = append(r.found.Emails, finding.Email{Value: address, Label: label})
	}
}

func (r *reader) messenger(value string) {
	if value != "" && len(r.found.Messengers) < maxMessengers && !slices.Contains(r.found.Messengers, value) {
		r.found.Messengers = append(r.found.Messengers, value)
	}
}

// schemeOf parts an address from its scheme, which is in lower case.
func schemeOf(href string) (scheme, rest string) {
	i := strings.IndexByte(href, ':')
	if i < 0 || i > 12 || strings.ContainsAny(href[:i], "/?#. ") {
		return "", href
	}
	return strings.ToLower(href[:i]), href[i+1:]
}

// inside tells whether an element stands in one that the test knows.
func inside(n *html.Node, known map[*html.Node]bool, test func(*html.Node) bool) bool {
	if n == nil {
		return false
	}
	if v, ok := known[n]; ok {
		return v
	}
	v := n.Type == html.ElementNode && test(n) || inside(n.Parent, known, test)
	known[n] = v
	return v
}
