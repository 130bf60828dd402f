package saby

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// requisites adds what req says to an observation that has its ИНН and date.
func (i *item) requisites(o *company.Observation, persons bool) {
	if short := i.title(); short != "" {
		o.Add(company.FieldNameShort, company.ParseName(short).String())
	}
	if n, err := company.ParseOGRN(string(i.OGRN)); err == nil {
		o.Add(company.FieldOGRN, string(n))
	}
	if !o.INN.Person() {
		o.Add(company.FieldNameFull, string(i.Full))
		if k, err := company.ParseKPP(string(i.KPP)); err == nil {
			o.Add(company.FieldKPP, string(k))
		}
		if name := clean(string(i.Surname + " " + i.GivenName + " " + i.Patronymic)); persons && name != "" {
			o.Add(company.FieldHeadName, company.PersonName(name))
		}
		o.Add(company.FieldHeadPost, string(i.Position))
	}
	i.activities(o)
	i.standing(o)
	o.Add(company.FieldRegion, i.region())
	o.Add(company.FieldCity, i.town())
	o.Add(company.FieldAddress, string(i.Legal))
	if i.Capital.known && i.Capital.value > 0 {
		o.Add(company.FieldCapital, strconv.FormatInt(int64(i.Capital.value), 10))
	}
	if site, err := company.ParseSite(string(i.Link)); err == nil {
		o.Add(company.FieldCard, site.URL)
	}
	i.headcounts(o)
}

// title is by what the item names its subject.
func (i *item) title() string {
	if name := clean(string(i.SoleSur + " " + i.SoleName + " " + i.SolePat)); i.Sole && name != "" {
		return "ИП " + name
	}
	for _, s := range []text{i.Short, i.Name, i.Full} {
		if s != "" {
			return string(s)
		}
	}
	return ""
}

func (i *item) region() string {
	if r, ok := company.RegionByCode(i.place().Region); ok {
		return r.Code
	}
	return ""
}

func (i *item) town() string {
	p := i.place()
	for _, s := range []string{p.City, p.Locality} {
		if town := company.CleanCity(clean(s)); town != "" {
			return town
		}
	}
	if r, ok := company.RegionByCode(p.Region); ok && r.Kind == "город" {
		return r.Name
	}
	return ""
}

func (i *item) activities(o *company.Observation) {
	mainCode, err := company.ParseOKVED(string(i.OKVED))
	if err == nil {
		o.Add(company.FieldOKVEDMain, string(mainCode))
	}
	for s := range strings.SplitSeq(string(i.Codes), ",") {
		if code, err := company.ParseOKVED(strings.TrimSpace(s)); err == nil && code != mainCode {
			o.Add(company.FieldOKVEDExtra, string(code))
		}
	}
}

// statusWords tell a state by parts of its words, the surest first.
var statusWords = []struct {
	part   string
	status company.Status
}{
	{"предстоящ", company.StatusLiquidating},
	{"недейств", company.StatusLiquidated},
	{"не действ", company.StatusLiquidated},
	{"банкрот", company.StatusBankrupt},
	{"конкурсн", company.StatusBankrupt},
	{"прекра", company.StatusLiquidated},
	{"ликвидирован", company.StatusLiquidated},
	{"исключен", company.StatusLiquidated},
	{"ликвид", company.StatusLiquidating},
	{"реорганиз", company.StatusReorganizing},
	{"действ", company.StatusActive},
}

func (i *item) standing(o *company.Observation) {
	said := i.Condition
	if said == "" {
		said = i.Status
	}
	low := strings.ReplaceAll(strings.ToLower(string(said)), "ё", "е")
	at := slices.IndexFunc(statusWords, func(w struct {
		part   string
		status company.Status
	},
	) bool {
		return strings.Contains(low, w.part)
	})
	switch {
	case i.Liquidated != "":
		o.Add(company.FieldStatus, string(company.StatusLiquidated))
	case at >= 0:
		o.Add(company.FieldStatus, string(statusWords[at].status))
	}
	o.Add(company.FieldStatusText, string(said))
	if d, err := company.ParseDate(string(i.Registered)); err == nil {
		o.Add(company.FieldRegistered, d.String())
	}
	for _, r := range []struct {
		is   bool
		risk company.Risk
	}{
		{i.Mass, company.RiskMassAddress},
		{i.MassHead, company.RiskMassHead},
		{i.Unreliable != nil && (i.Unreliable.Address || i.Unreliable.Head || i.Unreliable.Founder), company.RiskDoubt},
		{i.listed("unscrupulous_supplier", o.Date), company.RiskUnfair},
	} {
		if r.is {
			o.Add(company.FieldRisk, string(r.risk))
		}
	}
}

// listed tells whether a company stands in one of the registers on a day.
func (i *item) listed(register string, day company.Date) bool {
	var entry *struct {
		End text `json:"date_end"`
	}
	if json.Unmarshal(i.Registers[register], &entry) != nil || entry == nil {
		return false
	}
	end, err := company.ParseDate(string(entry.End))
	return err != nil || !end.Known() || end >= day
}

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

// mark says of whom the facts speak, and sorts them.
func mark(o *company.Observation) {
	for i := range o.Facts {
		f := &o.Facts[i]
		if info, _ := f.Field.Info(); info.Person {
			f.Subject = company.SubjectPerson
		} else if o.INN.Person() && f.Subject == company.SubjectCompany {
			f.Subject = company.SubjectSole
		}
	}
	o.Sort()
}
