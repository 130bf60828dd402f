package dadata

import (
	"strconv"
	"time"

	"obzvon/pipeline/company"
)

func (b *builder) contacts() {
	for _, v := range b.p.Phones {
		phones, _ := company.ParsePhones(clean(string(v)), b.region, b.city)
		for _, p := range phones {
			b.o.Facts = append(b.o.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: p.Note})
		}
	}
	for _, v := range b.p.Emails {
		emails, _ := company.ParseEmails(clean(string(v)))
		for _, e := range emails {
			f := company.Fact{Field: company.FieldEmail, Value: e.Address}
			if e.Role == company.RolePerson {
				f.Subject = company.SubjectPerson
			}
			if e.Useful() && e.Role != company.RoleSupport && (b.persons || e.Role != company.RolePerson) {
				b.o.Facts = append(b.o.Facts, f)
			}
		}
	}
	for _, v := range b.p.Sites {
		if site, err := company.ParseSite(clean(string(v))); err == nil {
			b.o.Add(company.FieldSite, site.URL)
		}
	}
}

// figures are of the year of the accounts. A headcount that comes without accounts is of
// the last year that ФНС had published by the date of the answer, in August as a rule.
func (b *builder) figures() {
	year, note := 0, ""
	if f := b.p.Finance; f != nil {
		year = f.Year
		if n, ok := whole(f.Income); ok {
			b.keyed(company.FieldRevenue, year, n, "")
		}
		if n, ok := whole(f.Expense); ok {
			b.keyed(company.FieldExpense, year, n, "")
		}
	}
	if n, ok := whole(b.p.Employees); ok && n >= 0 {
		if year == 0 {
			at := b.o.Date.Time()
			year, note = at.Year()-2, "год оценён по дате сведений"
			if at.Month() > time.August {
				year++
			}
		}
		b.keyed(company.FieldHeadcount, year, n, note)
	}
	if b.p.Capital != nil {
		if n, ok := whole(&b.p.Capital.Value); ok && n > 0 {
			b.o.Add(company.FieldCapital, strconv.FormatInt(n, 10))
		}
	}
}

func (b *builder) people() {
	m := b.p.Management
	if m == nil || b.sole {
		return
	}
	if b.persons {
		b.o.Add(company.FieldHeadName, company.PersonName(clean(m.Name)))
	}
	b.o.Add(company.FieldHeadPost, clean(m.Post))
	if m.Disqualified != nil && *m.Disqualified {
		b.o.Add(company.FieldRisk, string(company.RiskDisqualified))
	}
}
