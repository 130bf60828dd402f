package dadata

import (
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// observe says in facts what the answer says. The observation has its ИНН and, for when
// the answer has none, a date.
func (p *party) observe(o *company.Observation, persons bool) {
	if d := p.State.Actual.day(); d.Known() && d < o.Date {
		o.Date = d
	}
	b := builder{p: p, o: o, sole: o.INN.Person(), persons: persons}
	b.registration()
	b.place()
	b.contacts()
	b.figures()
	b.people()
	for i := range o.Facts {
		f := &o.Facts[i]
		if info, _ := f.Field.Info(); info.Person {
			f.Subject = company.SubjectPerson
		} else if b.sole && f.Subject == company.SubjectCompany {
			f.Subject = company.SubjectSole
		}
	}
	o.Sort()
}

type builder struct {
	p             *party
	o             *company.Observation
	sole, persons bool
	region, city  string
}

func (b *builder) keyed(f company.Field, key int, n int64, note string) {
	if key >= 1990 && key <= 2100 {
		b.o.Facts = append(b.o.Facts, company.Fact{Field: f, Key: strconv.Itoa(key), Value: strconv.FormatInt(n, 10), Note: note})
	}
}

func (b *builder) registration() {
	p, o := b.p, b.o
	if name := clean(p.Name.Short); name != "" {
		o.Add(company.FieldNameShort, company.ParseName(name).String())
	}
	if !b.sole {
		o.Add(company.FieldNameFull, clean(p.Name.Full))
		if k, err := company.ParseKPP(p.KPP); err == nil {
			o.Add(company.FieldKPP, string(k))
		}
	}
	if n, err := company.ParseOGRN(p.OGRN); err == nil {
		o.Add(company.FieldOGRN, string(n))
	}
	if code, err := company.ParseOKVED(p.OKVED); err == nil && p.CodesKind != "2001" {
		o.Add(company.FieldOKVEDMain, string(code))
	}
	for _, c := range p.Codes {
		if code, err := company.ParseOKVED(c.Code); err == nil && !c.Main && c.Kind == "2014" {
			o.Add(company.FieldOKVEDExtra, string(code))
		}
	}
	o.Add(company.FieldStatus, string(statuses[p.State.Status]))
	o.Add(company.FieldRegistered, p.State.Registered.day().String())
	if p.Documents != nil && p.Documents.SMB != nil {
		if category := categories[p.Documents.SMB.Category]; category != "" {
			o.Add(company.FieldSME, category)
			o.Add(company.FieldSMESince, p.Documents.SMB.Since.day().String())
		}
	}
	if p.Invalid != nil && *p.Invalid {
		o.Add(company.FieldRisk, string(company.RiskDoubt))
	}
}

func (b *builder) place() {
	a := b.p.Address
	if a == nil {
		return
	}
	address := clean(a.Whole)
	if address == "" {
		address = clean(a.Value)
	}
	b.o.Add(company.FieldAddress, address)
	if a.Data == nil {
		return
	}
	if len(a.Data.Region) >= 2 {
		if r, ok := company.RegionByCode(a.Data.Region[:2]); ok {
			b.region = r.Code
		}
	}
	b.city = company.CleanCity(clean(a.Data.City))
	if b.city == "" {
		b.city = company.CleanCity(clean(a.Data.Settlement))
	}
	b.o.Add(company.FieldRegion, b.region)
	b.o.Add(company.FieldCity, b.city)
	if zone, ok := company.ZoneOf(b.region, b.city); ok && sameHour(zone, a.Data.Zone, b.o.Date) {
		b.o.Add(company.FieldZone, zone.String())
	}
}

// sameHour tells whether a zone keeps the hours that stand as "UTC+3".
func sameHour(zone *time.Location, said string, day company.Date) bool {
	hours, ok := strings.CutPrefix(said, "UTC")
	n, err := strconv.Atoi(hours)
	_, offset := day.Time().Add(12 * time.Hour).In(zone).Zone()
	return ok && err == nil && offset == n*3600
}
