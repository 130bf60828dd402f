package saby

import (
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
