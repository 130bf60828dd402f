package saby

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// headcounts are those of ФНС; where it has none of a year, what the vendor reckons.
func (i *item) headcounts(o *company.Observation) {
	if i.Employees == nil {
		return
	}
	told := map[int]bool{}
	for _, h := range append(slices.Clone(i.Employees.Tax), i.Employees.History...) {
		y := int(h.Year.value)
		if !h.Year.known || !h.Count.known || h.Count.value < 0 || !sensible(y) || told[y] {
			continue
		}
		told[y] = true
		note := ""
		if h.Reckoned {
			note = "по расчёту Saby"
		}
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: strconv.Itoa(y), Value: strconv.FormatInt(int64(h.Count.value), 10), Note: note})
	}
}

// contacts adds what contacts-official says. Region and town of the observation help to
// read numbers without a code.
func (i *item) contacts(o *company.Observation, persons bool) {
	for _, s := range i.Phones {
		cell := string(s)
		if len(cell) == 11 && strings.HasPrefix(cell, "7") {
			cell = "+" + cell
		}
		all, _ := company.ParsePhones(cell, o.First(company.FieldRegion), o.First(company.FieldCity))
		for _, p := range all {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: p.Note})
		}
	}
	for _, s := range i.Emails {
		all, _ := company.ParseEmails(string(s))
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
	for _, s := range i.Sites {
		if site, err := company.ParseSite(string(s)); err == nil {
			o.Add(company.FieldSite, site.URL)
		}
	}
}

// yearsKept are the last years of accounts that are taken.
const yearsKept = 5

// accounts adds what finance says, in whole roubles. Nothing earned and nothing spent is
// a year without accounts.
func (i *item) accounts(o *company.Observation) {
	years := slices.Sorted(maps.Keys(i.Finance))
	slices.Reverse(years)
	kept := 0
	for _, key := range years {
		y, err := strconv.Atoi(key)
		f := i.Finance[key]
		if err != nil || !sensible(y) || len(key) != 4 || f.Income.Value.value == 0 && f.Costs.Value.value == 0 {
			continue
		}
		if kept++; kept > yearsKept {
			return
		}
		for _, v := range []struct {
			field company.Field
			sum   sum
		}{{company.FieldRevenue, f.Income.Value}, {company.FieldExpense, f.Costs.Value}, {company.FieldProfit, f.Profit.Value}} {
			if v.sum.known {
				o.Facts = append(o.Facts, company.Fact{Field: v.field, Key: key, Value: strconv.FormatInt(int64(v.sum.value), 10)})
			}
		}
	}
}

func sensible(y int) bool { return y >= 1990 && y <= 2100 }
