package kontur

import (
	"strconv"

	"obzvon/pipeline/company"
)

// categories of the SME registry, and the unfair suppliers' list, by their markers.
var categories = []struct{ marker, category string }{{"m7023", "1"}, {"m7024", "2"}, {"m7025", "3"}}

const unfair = "m4001"

func (r *record) figures(o *company.Observation) {
	is := func(marker string) bool { return string(r.Markers[marker]) == "true" }
	for _, c := range categories {
		if is(c.marker) {
			o.Add(company.FieldSME, c.category)
			break
		}
	}
	if is(unfair) {
		o.Add(company.FieldRisk, string(company.RiskUnfair))
	}
	if r.Finance == nil || !r.Finance.Year.known {
		return
	}
	keyed := func(f company.Field, y int, a amount) {
		if a.known && y >= 1990 && y <= 2100 {
			o.Facts = append(o.Facts, company.Fact{Field: f, Key: strconv.Itoa(y), Value: strconv.FormatInt(int64(a.value), 10)})
		}
	}
	last := int(r.Finance.Year.value)
	keyed(company.FieldRevenue, last, r.Finance.Income)
	keyed(company.FieldRevenue, last-1, r.Finance.IncomeStart)
	keyed(company.FieldProfit, last, r.Finance.Profit)
}

func (r *record) contacts(o *company.Observation, persons bool) {
	for _, cell := range r.Phones {
		all, _ := company.ParsePhones(cell, o.First(company.FieldRegion), o.First(company.FieldCity))
		for _, p := range all {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: p.Note})
		}
	}
	for _, cell := range r.Emails {
		all, _ := company.ParseEmails(cell)
		for _, e := range all {
			f := company.Fact{Field: company.FieldEmail, Value: e.Address}
			if e.Role == company.RolePerson {
				f.Subject = company.SubjectPerson
			}
			if e.Useful() && e.Role != company.RoleSupport && (persons || e.Role != company.RolePerson) {
				o.Facts = append(o.Facts, f)
			}
		}
	}
	for _, cell := range r.Sites {
		if site, err := company.ParseSite(cell); err == nil {
			o.Add(company.FieldSite, site.URL)
		}
	}
}
