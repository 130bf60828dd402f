package evidence

import (
	"slices"
	"strings"
)

// slugOf is the name with which a domain or the name of a mailbox begins, as it
// sounds: of «uraltehnika-perm.example» and «uraltehnika59» that of
// «Уралтехника». Too short ones and those of departments are none.
func slugOf(label string) string {
	label, _, _ = strings.Cut(label, ".")
	if end := strings.IndexAny(label, "0123456789"); end >= 0 {
		label = label[:end]
	}
	var stack [64]byte
	s := stack[:0]
	for part := range strings.FieldsFuncSeq(label, func(r rune) bool { return r == '-' || r == '_' }) {
		s = appendSound(s, part)
	}
	if len(s) < minAlias || departments[string(s)] {
		return ""
	}
	return string(s)
}

// departments are names of mailboxes that every firm has.
var departments = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("office reception director sales zakaz zakupki snabzhenie tender buhgalter buhgalteria manager market marketing " +
		"service support contact company secretar priemnaya zayavka magazin prodazhi general mailbox postmaster") {
		m[sound(w)] = true
	}
	return m
}()

// aliases are the ways to read a name in the other's mailboxes and domains.
// Contacts that both have are weighed as such and say nothing more here.
func (c *comparison) aliases(to []finding) []finding {
	to = c.aliasesOf(to, c.listing.names, c.firm, c.listing, signInMail)
	return c.aliasesOf(to, c.firm.names, c.listing, c.firm, nameInMail)
}

func (c *comparison) aliasesOf(to []finding, names []name, mails, others *Party, r rates) []finding {
	for i := range names {
		n := &names[i]
		if len(n.joined) < minAlias || n.brought || len(to) == maxReadings {
			continue
		}
		part := max(aliasIn(n, mails.domains, others.domains), aliasIn(n, mails.mailboxes, others.mailboxes))
		if part == 0 {
			continue
		}
		carriers := c.count(n.key).others() + strayAlias
		to = append(to, finding{
			kind: kindAlias, value: n.text, agrees: true, sign: true, weight: max(0, rare(r.m*part, carriers)), odds: r.odds(),
		})
	}
	return to
}

// aliasIn tells whether one of the contacts is of that name: 1, or less where
// something follows; 0 if none is.
func aliasIn(n *name, contacts, common []contact) (part float64) {
	for i := range contacts {
		at := &contacts[i]
		if at.brought || at.slug == "" || slices.ContainsFunc(common, func(o contact) bool { return o.value == at.value }) {
			continue
		}
		switch {
		case at.slug == n.joined:
			return 1
		case strings.HasPrefix(at.slug, n.joined), len(at.slug) > minAlias && strings.HasPrefix(n.joined, at.slug):
			part = beginOfAlias
		}
	}
	return part
}
