package website

import (
	"obzvon/pipeline/company"
)

// observe writes down what a site says for the company asked for: under its
// ИНН, or without one where the site may be another's. The key is the host
// alone, so that a later visit for another company, or one that finds another's
// ИНН there, takes the place of this one.
func (e *Enricher) observe(c *company.Company, host, home string, m *merged, night company.Date) (company.Observation, whose) {
	o := company.Observation{Source: e.name, Key: host, Date: night, Origin: home}
	is := whoseSite(c, m.inns, m.ogrns)
	if c.INN != "" && is != another {
		o.INN = c.INN
	}
	put := func(f company.Field, v value, s company.Subject) {
		if v.text != "" {
			o.Facts = append(o.Facts, company.Fact{Field: f, Value: v.text, Note: v.note, Subject: s, Date: dateOf(v.seen, night)})
		}
	}
	of := m.subject(c, is)
	put(company.FieldSite, value{text: rootOf(home)}, of)
	put(company.FieldNameShort, m.name, of)
	put(company.FieldAddress, m.address, of)
	put(company.FieldHours, m.hours, of)
	for _, v := range m.phones {
		put(company.FieldPhone, v, of)
	}
	for _, v := range m.emails {
		if personal(v.text) {
			put(company.FieldEmail, v, company.SubjectPerson)
		} else {
			put(company.FieldEmail, v, of)
		}
	}
	for _, v := range m.messengers {
		put(company.FieldMessenger, v, of)
	}
	for _, f := range m.printed(c, is) {
		put(f.Field, value{text: f.Value}, of)
	}
	for _, f := range m.contactFacts(night) {
		if f.Subject == company.SubjectCompany {
			f.Subject = of
		}
		o.Facts = append(o.Facts, f)
	}
	o.Sort()
	return o, is
}

// printed are the numbers that tell whose the site is: the company's own, or
// all where it may be another's.
func (m *merged) printed(c *company.Company, is whose) []company.Fact {
	ogrn := c.Get(company.FieldOGRN)
	mine := c.INN != "" && is != another
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
	if is == own && len(m.inns) == 1 && len(m.kpps) == 1 {
		out = append(out, company.Fact{Field: company.FieldKPP, Value: m.kpps[0]}) // nobody else's is there
	}
	return out
}

// subject tells whether the site speaks of a sole proprietor.
func (m *merged) subject(c *company.Company, is whose) company.Subject {
	if c.INN != "" && is != another {
		if c.INN.Person() {
			return company.SubjectSole
		}
		return c.Subject
	}
	for _, s := range m.inns {
		if !company.INN(s).Person() {
			return company.SubjectCompany
		}
	}
	if len(m.inns) > 0 {
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
