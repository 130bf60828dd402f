package website

import (
	"slices"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// observe writes down what a site says for the company asked for: under its
// ИНН, or without one where the site may be another's. The key is the host
// alone, so that a later visit for another company, or one that finds another's
// ИНН there, takes the place of this one.
func (e *Enricher) observe(c *company.Company, host, home string, m *merged, night company.Date) (company.Observation, whose) {
	o := company.Observation{Source: e.name, Key: host, Date: night, Origin: home}
	is := whoseSite(c, m.inns, m.ogrns)
	mine := e.mine(c, is, host, home)
	if mine {
		o.INN = c.INN
	}
	put := func(f company.Field, v value, s company.Subject) {
		if v.text != "" {
			o.Facts = append(o.Facts, company.Fact{Field: f, Value: v.text, Note: v.note, Subject: s, Date: dateOf(v.seen, night)})
		}
	}
	of, who := m.subject(c, is, mine), m.named(home)
	put(company.FieldSite, value{text: rootOf(home)}, of)
	put(company.FieldNameShort, m.name, of)
	put(company.FieldAddress, m.address, of)
	put(company.FieldHours, m.hours, nobody(impersonal(m.hours.text), of))
	for _, v := range m.phones {
		put(company.FieldPhone, v, of)
	}
	for _, v := range m.emails {
		put(company.FieldEmail, v, nobody(!who.mail(v.text), of))
	}
	for _, v := range m.messengers {
		put(company.FieldMessenger, v, nobody(!who.messenger(v.text), of))
	}
	for _, f := range m.printed(c, is, mine) {
		put(f.Field, value{text: f.Value}, of)
	}
	for _, f := range m.contactFacts(who, night) {
		if f.Subject == company.SubjectCompany {
			f.Subject = of
		}
		o.Facts = append(o.Facts, f)
	}
	o.Sort()
	return o, is
}

// nobody is the subject of what can name nobody, else a person: what is marked so
// is left out, and taken back, where named people are not allowed.
func nobody(sure bool, of company.Subject) company.Subject {
	if sure {
		return of
	}
	return company.SubjectPerson
}

// named is who the pages name.
func (m *merged) named(home string) *named {
	f := finding.Page{URL: home}
	for i := range m.contacts {
		f.People = append(f.People, finding.Person{Name: m.contacts[i].name, Phones: m.contacts[i].phones})
	}
	return newNamed(&f)
}

// printed are the numbers that tell whose the site is: the company's own, or
// all where it may be another's.
func (m *merged) printed(c *company.Company, is whose, mine bool) []company.Fact {
	ogrn := c.Get(company.FieldOGRN)
	var out []company.Fact
	for _, s := range m.inns {
		if !mine || s == string(c.INN) {
			out = append(out, company.Fact{Field: company.FieldPrintedINN, Value: s})
		}
	}
	for _, s := range m.ogrns {
		if !mine || s == ogrn {
			out = append(out, company.Fact{Field: company.FieldPrintedOGRN, Value: s})
		}
	}
	if mine && is == own && len(m.inns) == 1 && len(m.kpps) == 1 {
		out = append(out, company.Fact{Field: company.FieldKPP, Value: m.kpps[0]}) // nobody else's is there
	}
	return out
}

// subject tells whether the site speaks of a sole proprietor, whose numbers are
// a person's: by whose it is, else by the numbers it prints, else by the name,
// else as the company it was visited for.
func (m *merged) subject(c *company.Company, is whose, mine bool) company.Subject {
	switch form := company.ParseName(m.name.text).Form; {
	case mine && c.INN.Person():
		return company.SubjectSole
	case mine:
		return c.Subject
	case len(m.inns) > 0:
		return soleIf(!slices.ContainsFunc(m.inns, func(s string) bool { return !company.INN(s).Person() }))
	case len(m.ogrns) > 0:
		return soleIf(!slices.ContainsFunc(m.ogrns, func(s string) bool { return len(s) != lenOGRNIP }))
	case form != "":
		return soleIf(form.Person())
	}
	return soleIf(is != another && c.INN != "" && c.INN.Person())
}

// lenOGRNIP is the length of an entry of a sole proprietor; a firm's has 13.
const lenOGRNIP = 15

func soleIf(sole bool) company.Subject {
	if sole {
		return company.SubjectSole
	}
	return company.SubjectCompany
}

// dateOf is the day of a fact: none where it is the observation's own.
func dateOf(seen, night company.Date) company.Date {
	if seen == night {
		return 0
	}
	return seen
}
