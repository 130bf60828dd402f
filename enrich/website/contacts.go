package website

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// contactSaid is a person, a post or a department, from all pages that name it.
type contactSaid struct {
	name, post     string
	duty           company.Duty
	phones, emails []string
	page           string // the first that names it
	seen           company.Date
}

// contact adds what a page says of somebody to what others said.
func (m *merged) contact(p *finding.Person, page string, seen company.Date) {
	c := contactSaid{name: p.Name, post: p.Post, duty: p.Duty, phones: p.Phones, emails: p.Emails, page: page, seen: seen}
	for i := range m.contacts {
		if m.contacts[i].same(&c) {
			m.contacts[i].take(&c)
			return
		}
	}
	if (p.Name != "" || p.Post != "" || p.Duty != "") && len(m.contacts) < maxContacts {
		c.phones, c.emails = slices.Clone(c.phones), slices.Clone(c.emails)
		m.contacts = append(m.contacts, c)
	}
}

// same tells one person by the name, and a post by what it is called unless
// the numbers differ: a firm may have several «Менеджер».
func (c *contactSaid) same(d *contactSaid) bool {
	if c.name != "" || d.name != "" {
		return fold(c.name) == fold(d.name)
	}
	if fold(c.post) != fold(d.post) || c.duty != d.duty {
		return false
	}
	return agree(c.phones, d.phones) && agree(c.emails, d.emails)
}

// agree tells lists that may be of one contact: one is empty, or they share
// something.
func agree(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func (c *contactSaid) take(d *contactSaid) {
	if c.post == "" {
		c.post = d.post
	}
	if c.duty == "" {
		c.duty = d.duty
	}
	c.phones, c.emails = union(c.phones, d.phones), union(c.emails, d.emails)
	c.seen = max(c.seen, d.seen)
}

// key names the contact from visit to visit, by the post and the first number;
// nothing of the name is in it.
func (c *contactSaid) key() string {
	h := fnv.New64a()
	for _, s := range []string{fold(c.post), first(c.phones), first(c.emails)} {
		_, _ = h.Write([]byte(s + "\n"))
	}
	duty := c.duty
	if duty == "" {
		duty = company.DutyOther
	}
	return fmt.Sprintf("%s-%012x", duty, h.Sum64()>>16)
}

// contactFacts are those of all contacts, each under a key of its own.
func (m *merged) contactFacts(who *named, night company.Date) []company.Fact {
	var out []company.Fact
	used := map[string]int{}
	for i := range m.contacts {
		c := &m.contacts[i]
		key := c.key()
		if used[key]++; used[key] > 1 {
			key = fmt.Sprintf("%s-%d", key, used[key])
		}
		add := func(f company.Field, text string, s company.Subject) {
			if text != "" {
				out = append(out, company.Fact{Field: f, Key: key, Value: text, Subject: s, Date: dateOf(c.seen, night)})
			}
		}
		email := first(c.emails)
		duty := c.duty
		if duty == "" {
			duty = company.DutyOther
		}
		add(company.FieldContactDuty, string(duty), company.SubjectCompany)
		add(company.FieldContactPost, c.post, nobody(impersonal(c.post), company.SubjectCompany))
		add(company.FieldContactName, c.name, company.SubjectPerson)
		add(company.FieldContactPhone, first(c.phones), company.SubjectCompany)
		add(company.FieldContactEmail, email, nobody(!who.mail(email), company.SubjectCompany))
		page, whose := shownPage(c)
		add(company.FieldContactPage, page, whose)
	}
	return out
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

func fold(s string) string { return strings.Join(company.FoldWords(s), " ") }
