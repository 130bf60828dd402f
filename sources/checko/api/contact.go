package api

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// contacts adds numbers, addresses and sites by which the company itself is reached.
func (c *Card) contacts(o *company.Observation, persons bool) {
	for _, cell := range c.Contacts.Phones {
		phones, _ := company.ParsePhones(cell, c.region(), c.town())
		for _, p := range phones {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: p.Note})
		}
	}
	var domains []string
	for _, s := range c.Contacts.Sites {
		for _, one := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
			if site, err := company.ParseSite(one); err == nil {
				o.Add(company.FieldSite, site.URL)
				domains = append(domains, site.Domain)
			}
		}
	}
	for _, e := range own(c.Contacts.Emails, domains) {
		f := company.Fact{Field: company.FieldEmail, Value: e.Address}
		if e.Role == company.RolePerson {
			if !persons {
				continue
			}
			f.Subject = company.SubjectPerson
		}
		o.Facts = append(o.Facts, f)
	}
}

// own keeps the addresses that are the company's, the best first: not those of
// operators of reporting, of support, staff and machines, and not those of whoever
// keeps the books of many firms. A bookkeeper is the company's own if the mailbox lies
// under a domain that the company has.
func own(cells []string, domains []string) []company.Email {
	var all []company.Email
	for _, cell := range cells {
		emails, _ := company.ParseEmails(cell)
		all = append(all, emails...)
	}
	for _, e := range all {
		if useful(e) && e.Role != company.RoleFinance && !company.FreeMail(e.Domain) && !bookkeeping(e.Domain) {
			domains = append(domains, e.Domain)
		}
	}
	all = slices.DeleteFunc(all, func(e company.Email) bool {
		return !useful(e) || !slices.Contains(domains, e.Domain) && (e.Role == company.RoleFinance || bookkeeping(e.Domain))
	})
	slices.SortStableFunc(all, func(a, b company.Email) int { return a.Rank() - b.Rank() })
	return all
}

func useful(e company.Email) bool { return e.Useful() && e.Role != company.RoleSupport }

// bookkeeping tells the domain of a firm that keeps books or registers firms.
func bookkeeping(domain string) bool {
	return slices.ContainsFunc([]string{"buh", "bux", "buhg", "бух", "audit", "аудит", "nalog", "налог", "outsourc", "yurist", "юрист", "registr", "legal"},
		func(word string) bool { return strings.Contains(domain, word) })
}
