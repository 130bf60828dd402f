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
	r := reader{
		page: p, found: f, host: hostOf(p), wrong: map[string]bool{}, reviews: map[*html.Node]bool{},
		phoneAt: map[string]int{}, emailAt: map[string]int{},
	}
	r.foot = max(0, len(p.Lines)-footLines)
	for i := range p.Lines {
		r.line(i)
	}
	r.bareLinks()
	r.attributes()
	r.data()
	f.Hours = hours(p.Lines)
}

// reader gathers the contacts of one page.
type reader struct {
	page    *page.Page
	found   *finding.Page
	host    string
	foot    int // the first line that may belong to an unmarked foot
	reviews map[*html.Node]bool
	bare    []bare          // what links lead to
	wrong   map[string]bool // what links lead to that show something else
	phoneAt map[string]int
	emailAt map[string]int
	row     row        // the line that is read
	foreign *scope     // the block of others that is being read
	codes   []areaCode // those that hold for the next line
	prior   *prior
}

// bare is a number or address to which a link leads.
type bare struct {
	value string
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
	alien := r.alien(i)
	r.follow(l)
	if len(l.Text) > maxLine || alien {
		return
	}
	phones := r.lineNumbers(i)
	emails := lineEmails(l.Text, r.host)
	if len(phones)+len(emails) == 0 && !namesMessenger(l.Text) && !slices.ContainsFunc(l.Links, leadsToContact) {
		return
	}
	own := r.own(i)
	if own == 0 || inside(l.Node, r.reviews, review) {
		return
	}
	r.row = newRow(l.Text, spans(phones, emails))
	for _, n := range phones {
		if n.from < own && !hinted(l.Text[:n.from]) {
			r.phone(n.value(), r.label(i, n.from, n.to))
		}
	}
	for _, e := range emails {
		if e.from < own && !hinted(l.Text[:e.from]) {
			r.email(e.address, r.label(i, e.from, e.to))
		}
	}
	if own > len(l.Text) {
		r.lineMessengers(i)
	}
	for _, k := range l.Links {
		if k.From >= own {
			break
		}
		switch scheme, rest := schemeOf(k.Href); scheme {
		case "tel", "callto":
			compare(r, i, k, phoneValues(rest), under(k, phones, number.span), func(n number, v string) verdict {
				if main, _, _ := strings.Cut(v, ";"); main == n.phone.E164 {
					return same // an extension is shown or dialled, not always both
				}
				return differs
			})
		case "mailto":
			compareMail := func(e mail, v string) verdict {
				switch {
				case e.address == v:
					return same
				case sameOwner(e.address, v):
					return akin
				}
				return differs
			}
			compare(r, i, k, mailtoValues(rest, r.host), under(k, emails, mail.span), compareMail)
		case "whatsapp", "viber", "tg", "skype":
			r.messengerLink(k.Href, k.Text)
		case "", "http", "https":
			if messengerHost(rest) {
				r.messengerLink(k.Href, k.Text)
			}
		}
	}
}

// leadsToContact is the quick test of a link.
func leadsToContact(k page.Link) bool {
	scheme, rest := schemeOf(k.Href)
	switch scheme {
	case "tel", "callto", "mailto", "whatsapp", "viber", "tg", "skype":
		return true
	case "", "http", "https":
		return messengerHost(rest)
	}
	return false
}

// under are those of the values on a line that a link shows.
func under[T any](k page.Link, all []T, span func(T) (from, to int)) []T {
	var out []T
	for _, v := range all {
		if from, to := span(v); from < k.To && to > k.From {
			out = append(out, v)
		}
	}
	return out
}

// verdict tells what a link leads to from what it shows.
type verdict uint8

const (
	differs verdict = iota
	akin            // another of the same firm
	same
)

// compare keeps what a link leads to, if it shows no contact or one of the
// same firm; what differs from all that it shows is noted as wrong.
func compare[T any](r *reader, i int, k page.Link, values []string, shown []T, judge func(shown T, value string) verdict) {
	for _, v := range values {
		best := differs
		for _, s := range shown {
			best = max(best, judge(s, v))
		}
		switch {
		case len(shown) == 0 || best == akin:
			r.bare = append(r.bare, bare{v, r.label(i, k.From, k.To)})
		case best == differs:
			r.wrong[v] = true
		}
	}
}

// bareLinks takes what links lead to that show no number or address, unless
// other links show that it is left over from a template.
func (r *reader) bareLinks() {
	for _, b := range r.bare {
		switch {
		case r.wrong[b.value]:
		case strings.Contains(b.value, "@"):
			r.email(b.value, b.label)
		default:
			r.phone(b.value, b.label)
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
	known := func(v string) bool { return strings.EqualFold(v, value) } // @Name and @name are one
	if value != "" && !stub(value) && len(r.found.Messengers) < maxMessengers && !slices.ContainsFunc(r.found.Messengers, known) {
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
