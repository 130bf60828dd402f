package kontur

import (
	"strings"

	"obzvon/pipeline/company"
)

// observe adds what a record says to an observation that has its ИНН.
func (r *record) observe(o *company.Observation, persons bool) {
	f := r.firm()
	f.names(o)
	f.place(o)
	f.standing(o)
	f.activities(o)
	if n, err := company.ParseOGRN(r.OGRN); err == nil {
		o.Add(company.FieldOGRN, string(n))
	}
	r.figures(o)
	r.contacts(o, persons)
	if len(f.Heads) > 0 && !o.INN.Person() {
		if persons {
			o.Add(company.FieldHeadName, company.PersonName(clean(f.Heads[0].FIO)))
		}
		o.Add(company.FieldHeadPost, clean(f.Heads[0].Position))
	}
}

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

func (f *firm) names(o *company.Observation) {
	if fio := clean(f.FIO); fio != "" {
		form := "ИП "
		if strings.Contains(strings.ToLower(f.OPF), "фермер") {
			form = "Глава КФХ "
		}
		o.Add(company.FieldNameShort, company.ParseName(form+fio).String())
		return
	}
	if short := clean(f.Name.Short); short != "" {
		o.Add(company.FieldNameShort, company.ParseName(short).String())
	}
	o.Add(company.FieldNameFull, clean(f.Name.Full))
	if k, err := company.ParseKPP(f.KPP); err == nil {
		o.Add(company.FieldKPP, string(k))
	}
}

// where is the address that tells region and town; nil = none.
func (f *firm) where() *address {
	if f.Address.Parsed != nil {
		return f.Address.Parsed
	}
	return f.Place
}

func (f *firm) region() string {
	if a := f.where(); a != nil {
		if r, ok := company.RegionByCode(a.Region); ok {
			return r.Code
		}
	}
	return ""
}

func (f *firm) town() string {
	a := f.where()
	if a == nil {
		return ""
	}
	for _, t := range []topo{a.City, a.Settlement} {
		if town := company.CleanCity(clean(t.Value)); town != "" {
			return town
		}
	}
	if r, ok := company.RegionByCode(a.Region); ok && r.Kind == "город" {
		return company.CleanCity(clean(a.RegionName.Value))
	}
	return ""
}

func (f *firm) place(o *company.Observation) {
	o.Add(company.FieldRegion, f.region())
	o.Add(company.FieldCity, f.town())
	if f.Address.Parsed != nil {
		o.Add(company.FieldAddress, f.Address.Parsed.line())
	}
}

func (f *firm) standing(o *company.Observation) {
	if d, err := company.ParseDate(f.Registered); err == nil {
		o.Add(company.FieldRegistered, d.String())
	}
	if f.Status == nil {
		return
	}
	s := company.StatusActive
	switch {
	case f.dissolved():
		s = company.StatusLiquidated
	case f.Status.Bankrupting:
		s = company.StatusBankrupt
	case f.Status.Dissolving:
		s = company.StatusLiquidating
	case f.Status.Reorganizing:
		s = company.StatusReorganizing
	}
	o.Add(company.FieldStatus, string(s))
	o.Add(company.FieldStatusText, clean(f.Status.Text))
}

func (f *firm) activities(o *company.Observation) {
	if f.Activities == nil || f.Activities.Version != "2" {
		return
	}
	if code, err := company.ParseOKVED(f.Activities.Main.Code); err == nil {
		o.Add(company.FieldOKVEDMain, string(code))
	}
	for _, a := range f.Activities.Others {
		if code, err := company.ParseOKVED(a.Code); err == nil {
			o.Add(company.FieldOKVEDExtra, string(code))
		}
	}
}
