package evidence

import (
	"cmp"
	"slices"

	"obzvon/pipeline/company"
)

// Party is what can be compared of a listing or a company. It does not change.
type Party struct {
	inn       company.INN // of a firm
	numbers   []registration
	phones    []contact
	domains   []contact
	mailboxes []contact
	names     []name
	people    []person
	forms     forms
	trades    trades // of a firm by its main codes
	further   trades // by its other codes
	places    []place
	addresses []address

	digest uint64
	tokens []Token
}

// registration is an ИНН or ОГРН.
type registration struct {
	value  string
	hash   uint64
	own    bool // the source vouches for it; else it is printed somewhere
	entity bool // ОГРН; else ИНН
}

// contact is a phone, a domain or a mailbox.
type contact struct {
	value   string
	hash    uint64
	phone   company.PhoneKind // of a phone
	site    bool              // of a domain: a site stands there; else mail only
	brought bool              // by a joined listing
	prints  bool              // of a domain: its site prints the firm's ИНН or ОГРН
	inside  bool              // of a phone: somebody behind a switchboard, shown with an extension
	slug    string            // of a domain or mailbox: the name it begins with, as it sounds; "" = none
}

// place is a town and its region; either may be unknown.
type place struct {
	region, city string
	brought      bool
}

// Digest tells parties apart: equal ones have equal digests, in every run.
func (p *Party) Digest() uint64 { return p.digest }

// Tokens are rising by Hash and distinct. They must not be changed.
func (p *Party) Tokens() []Token { return p.tokens }

// finish puts everything in one order, whatever the order it came in, and makes
// tokens and digest.
func (p *Party) finish() {
	p.numbers = distinct(p.numbers, func(a, b registration) int {
		return cmp.Or(cmp.Compare(a.value, b.value), falseLast(a.entity, b.entity), falseLast(a.own, b.own))
	}, func(a, b registration) bool { return a.value == b.value && a.entity == b.entity })
	for _, c := range []*[]contact{&p.phones, &p.domains, &p.mailboxes} {
		*c = mergeContacts(*c)
	}
	p.names = mergeNames(p.names)
	p.people = distinct(p.people, func(a, b person) int { return cmp.Compare(a.text, b.text) },
		func(a, b person) bool { return a.text == b.text })
	if len(p.people) > 0 { // a sign that is the person's name says it once more
		p.names = slices.DeleteFunc(p.names, func(n name) bool {
			return slices.ContainsFunc(p.people, func(q person) bool { return q.text == n.text })
		})
	}
	p.places = distinct(p.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.region, b.region), cmp.Compare(a.city, b.city), falseLast(!a.brought, !b.brought))
	}, func(a, b place) bool { return a.region == b.region && a.city == b.city })
	p.addresses = distinct(p.addresses, func(a, b address) int {
		return cmp.Or(cmp.Compare(a.place, b.place), falseLast(!a.brought, !b.brought), cmp.Compare(a.text, b.text))
	}, func(a, b address) bool { return a.place == b.place })
	p.tokens = p.makeTokens()
	p.digest = p.makeDigest()
}

// falseLast orders what is true in front.
func falseLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// distinct sorts and keeps the first of equal ones.
func distinct[T any](all []T, order func(a, b T) int, equal func(a, b T) bool) []T {
	if len(all) < 2 {
		return all
	}
	slices.SortFunc(all, order)
	return slices.CompactFunc(all, equal)
}

// mergeContacts makes one of those with one value: a site if either is, own if
// either is.
func mergeContacts(all []contact) []contact {
	if len(all) < 2 {
		return all
	}
	slices.SortFunc(all, func(a, b contact) int { return cmp.Compare(a.value, b.value) })
	out := all[:1]
	for _, c := range all[1:] {
		last := &out[len(out)-1]
		if last.value != c.value {
			out = append(out, c)
			continue
		}
		last.site, last.brought, last.inside = last.site || c.site, last.brought && c.brought, last.inside || c.inside
		last.prints = last.prints || c.prints
	}
	return out
}

// mergeNames makes one of those that sound alike: a legal one if any is, known
// as a sign if any is.
func mergeNames(all []name) []name {
	if len(all) < 2 {
		return all
	}
	slices.SortFunc(all, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.joined, b.joined), falseLast(a.legal, b.legal), falseLast(!a.brought, !b.brought), cmp.Compare(a.text, b.text))
	})
	out := all[:1]
	for _, n := range all[1:] {
		last := &out[len(out)-1]
		if last.joined != n.joined {
			out = append(out, n)
			continue
		}
		last.hung = last.hung || n.hung
	}
	return out
}

// ofGroup tells a page that prints the ИНН of several firms: its contacts are
// those of any of them.
func (p *Party) ofGroup() bool {
	n := 0
	for i := range p.numbers {
		if !p.numbers[i].entity {
			n++
		}
	}
	return n > 1
}

// Grown is a firm with what listings joined to it bring: contacts, names and
// places. Registration numbers are the registry's to tell, and which form a
// firm has. Pages of several firms bring nothing. A page that prints the firm's
// number is of its own site, and the legal name there is no sign.
func (m *Model) Grown(firm *Party, joined ...*Party) *Party {
	if len(joined) == 0 {
		return firm
	}
	p := &Party{
		inn: firm.inn, numbers: slices.Clone(firm.numbers), forms: firm.forms, trades: firm.trades, further: firm.further, people: slices.Clone(firm.people),
		phones: slices.Clone(firm.phones), domains: slices.Clone(firm.domains), mailboxes: slices.Clone(firm.mailboxes),
		names: slices.Clone(firm.names), places: slices.Clone(firm.places), addresses: slices.Clone(firm.addresses),
	}
	for _, j := range joined {
		if j.ofGroup() {
			continue
		}
		p.phones = appendBrought(p.phones, j.phones)
		own := firm.printedBy(j)
		for _, d := range j.domains {
			d.brought, d.prints = !own, own
			p.domains = append(p.domains, d)
		}
		p.mailboxes = appendBrought(p.mailboxes, j.mailboxes)
		for _, n := range j.names {
			n.brought, n.hung = true, n.hung || !own
			p.names = append(p.names, n)
		}
		for _, at := range j.places {
			at.brought = true
			p.places = append(p.places, at)
		}
		for _, a := range j.addresses {
			a.brought = true
			p.addresses = append(p.addresses, a)
		}
	}
	p.finish()
	return p
}

// printedBy tells that a listing has a number of the firm's.
func (p *Party) printedBy(listing *Party) bool {
	return slices.ContainsFunc(listing.numbers, func(n registration) bool {
		return slices.ContainsFunc(p.numbers, func(q registration) bool { return q.own && q.value == n.value && q.entity == n.entity })
	})
}

func appendBrought(to, from []contact) []contact {
	for _, c := range from {
		c.brought = true
		to = append(to, c)
	}
	return to
}
