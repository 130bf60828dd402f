package api

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// Observe adds to an observation what a card or a row of a search says. The
// observation's ИНН is set; named people come only if persons says so.
func (c *Card) Observe(o *company.Observation, persons bool) {
	c.names(o)
	if n, err := company.ParseOGRN(c.Number()); err == nil {
		o.Add(company.FieldOGRN, string(n))
	}
	if k, err := company.ParseKPP(string(c.KPP)); err == nil && !o.INN.Person() {
		o.Add(company.FieldKPP, string(k))
	}
	c.activities(o)
	c.place(o)
	c.standing(o)
	c.figures(o)
	c.contacts(o, persons)
	c.head(o, persons)
	Mark(o)
}

// Mark says of whom the facts of an observation speak, and sorts them.
func Mark(o *company.Observation) {
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

func (c *Card) names(o *company.Observation) {
	short := string(c.Short)
	if short == "" && c.Person != "" {
		form := "ИП "
		if strings.Contains(strings.ToLower(string(c.Kind)), "хозяйств") {
			form = "Глава КФХ "
		}
		short = form + string(c.Person)
	}
	if short != "" {
		o.Add(company.FieldNameShort, company.ParseName(short).String())
	}
	if !o.INN.Person() {
		o.Add(company.FieldNameFull, string(c.Full))
	}
}

// Codes are the main activity, "" where it is not told by its code, and the others.
func (c *Card) Codes() (mainCode company.OKVED, extra []company.OKVED) {
	for _, a := range []Coded{c.Activity, c.Activity2} {
		if code, err := company.ParseOKVED(a.Code); err == nil && mainCode == "" {
			mainCode = code
		}
	}
	for _, a := range append(append([]Coded(nil), c.Extra...), c.Extra2...) {
		if code, err := company.ParseOKVED(a.Code); err == nil {
			extra = append(extra, code)
		}
	}
	return mainCode, extra
}

func (c *Card) activities(o *company.Observation) {
	mainCode, extra := c.Codes()
	o.Add(company.FieldOKVEDMain, string(mainCode))
	for _, code := range extra {
		o.Add(company.FieldOKVEDExtra, string(code))
	}
}

// region is where the company is registered, as two digits; "" = not said.
func (c *Card) region() string {
	for _, code := range []string{c.Region.Code, string(c.RegionCode)} {
		if r, ok := company.RegionByCode(code); ok {
			return r.Code
		}
	}
	return ""
}

func (c *Card) town() string { return company.CleanCity(c.Address.Town) }

func (c *Card) place(o *company.Observation) {
	o.Add(company.FieldRegion, c.region())
	o.Add(company.FieldCity, c.town())
	o.Add(company.FieldAddress, c.Address.Text)
}

func (c *Card) standing(o *company.Observation) {
	if d, err := company.ParseDate(string(c.Registered)); err == nil {
		o.Add(company.FieldRegistered, d.String())
	}
	status := statusOf(c.Status)
	if c.Ended != "" || c.Stopped != "" {
		status = company.StatusLiquidated
	}
	o.Add(company.FieldStatus, string(status))
	o.Add(company.FieldStatusText, c.Status.Name)
	if c.Unfair {
		o.Add(company.FieldRisk, string(company.RiskUnfair))
	}
	for _, s := range []sme{c.SME, c.SME2} {
		if category := smeOf(string(s.Category + s.Category2)); category != "" {
			o.Add(company.FieldSME, category)
			break
		}
	}
}

// figures are headcount and taxes. The card does not always say of which year the
// headcount is; ФНС publishes it with the taxes of the same year.
func (c *Card) figures(o *company.Observation) {
	of := string(c.HeadYear)
	if !year(of) {
		of = string(c.Taxes.Year)
	}
	if year(of) && c.Headcount.Known && c.Headcount.Value >= 0 {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: of, Value: strconv.FormatInt(c.Headcount.Whole(), 10)})
	}
	if paid := c.Taxes.Paid; year(string(c.Taxes.Year)) && paid.Known {
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldTax, Key: string(c.Taxes.Year), Value: strconv.FormatInt(paid.Whole(), 10)})
	}
}

func (c *Card) head(o *company.Observation, persons bool) {
	if len(c.Heads) == 0 || o.INN.Person() {
		return
	}
	h := c.Heads[0]
	if persons && h.Name != "" {
		o.Add(company.FieldHeadName, company.PersonName(string(h.Name)))
	}
	if post := string(h.Post + h.Post2); h.Post == "" || h.Post2 == "" {
		o.Add(company.FieldHeadPost, post)
	}
}
