package egrul

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// builder gathers the facts of one subject.
type builder struct {
	company.Observation
	persons  bool // named people may be in it
	branches int  // how many at most
}

// note adds a fact with a remark unless the value is empty.
func (b *builder) note(f company.Field, value, note string) {
	if value != "" {
		b.Facts = append(b.Facts, company.Fact{Field: f, Value: value, Note: note})
	}
}

// person adds a fact that names a person.
func (b *builder) person(f company.Field, value, note string) {
	if value != "" && b.persons {
		b.Facts = append(b.Facts, company.Fact{Field: f, Value: value, Note: note, Subject: company.SubjectPerson})
	}
}

// observe makes the observation of a subject whose ИНН is valid.
func (b *builder) observe(of subject, a activity) company.Observation {
	a.add(b)
	c := of.shared()
	for _, m := range c.Emails {
		emails, _ := company.ParseEmails(m.Address)
		for _, e := range emails {
			b.Add(company.FieldEmail, e.Address)
		}
	}
	c.addLicences(b)
	of.add(b)
	if b.INN.Person() {
		for i := range b.Facts {
			b.Facts[i].Subject = company.SubjectSole
		}
	}
	b.Sort()
	return b.Observation
}

// number adds an ОГРН of the right kind; one with a wrong control digit costs
// only itself.
func (b *builder) number(text string) {
	if n, err := company.ParseOGRN(text); err == nil && n.Sole() == b.INN.Person() {
		b.Add(company.FieldOGRN, string(n))
	}
}

// registered adds the first of the days on which the subject was registered:
// who was there before 2002, or 2004, has an ОГРН of a later day.
func (b *builder) registered(days ...string) {
	var first company.Date
	for _, s := range days {
		if d := members.DateOf(s); d.Known() && (!first.Known() || d < first) {
			first = d
		}
	}
	b.Add(company.FieldRegistered, first.String())
}
