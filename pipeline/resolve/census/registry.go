package census

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// Names of the sources whose observations a world has.
const (
	SourceRegistry = "registry" // every company, as the registries of ФНС give it
	SourceKompas   = "kompas"   // a directory that knows ИНН and phones of a part of them
	SourceGIS      = "gis"      // the sign over the door, the trade, town and address, phones
	SourceMaps     = "maps"     // another directory of the kind, whose names hold the trade
	SourceFair     = "fair"     // exhibitors: mostly the legal name, often no address
	SourceSite     = "website"  // what a listing's site prints
)

// The release days of the sources.
var (
	registryDay = company.NewDate(2026, 10, 10)
	kompasDay   = company.NewDate(2026, 9, 1)
	listingDay  = company.NewDate(2026, 11, 1)
)

// Registry yields every company as registries give it, by rising ИНН: names,
// ОГРН, code, region and town, and of some thirty per cent the address and
// perhaps a mailbox. The observations are the caller's own.
func (w *World) Registry() iter.Seq[company.Observation] {
	return func(yield func(company.Observation) bool) {
		m := w.maker()
		for n := range w.spec.Companies {
			f := m.firm(n)
			if !yield(f.registryRecord()) {
				return
			}
		}
	}
}

// Kompas yields what the second directory says, by rising ИНН.
func (w *World) Kompas() iter.Seq[company.Observation] {
	return func(yield func(company.Observation) bool) {
		m := w.maker()
		for n := range w.spec.Companies {
			f := m.firm(n)
			if o, ok := m.kompasRecord(&f); ok && !yield(o) {
				return
			}
		}
	}
}

// Own returns all that sources with an ИНН say of the n-th company, n from 0 in
// the order of ИНН.
func (w *World) Own(n int) []company.Observation {
	m := w.maker()
	f := m.firm(n)
	out := []company.Observation{f.registryRecord()}
	if o, ok := m.kompasRecord(&f); ok {
		out = append(out, o)
	}
	return out
}

func (f *firm) registryRecord() company.Observation {
	o := company.Observation{Source: SourceRegistry, Key: string(f.inn), INN: f.inn, Date: registryDay}
	upper := strings.ToUpper
	if f.n%5 == 0 {
		upper = func(s string) string { return s }
	}
	if f.sole {
		o.Add(company.FieldNameFull, f.who.full())
		o.Add(company.FieldNameShort, "ИП "+f.who.initials())
	} else {
		short := f.n%4 != 0 // ТД for Торговый дом
		o.Add(company.FieldNameFull, upper(f.form.long+` "`+f.title.quoted(false)+`"`))
		o.Add(company.FieldNameShort, upper(f.form.short+` "`+f.title.quoted(short)+`"`))
	}
	o.Add(company.FieldOGRN, string(f.ogrn))
	o.Add(company.FieldOKVEDMain, f.code)
	o.Add(company.FieldRegion, f.seat.town.region.code)
	o.Add(company.FieldCity, f.seat.town.name)
	o.Add(company.FieldRegistered, strconv.Itoa(f.year)+"-04-15")
	if f.register {
		o.Add(company.FieldAddress, f.seat.registered(f.n))
		o.Add(company.FieldEmail, f.stateMail())
	}
	f.subjects(&o)
	return o
}

// subjects marks whom the facts speak of and puts them in order.
func (f *firm) subjects(o *company.Observation) {
	if f.sole {
		for i := range o.Facts {
			o.Facts[i].Subject = company.SubjectSole
		}
	}
	o.Sort()
}

// stateMail is the mailbox in ЕГРЮЛ; "" where there is none.
func (f *firm) stateMail() string {
	rate := rateMailOld
	if f.year >= 2021 {
		rate = rateMailNew
	}
	if float64(scramble(1, f.n)%1000) >= rate*1000 {
		return ""
	}
	if f.keeper >= 0 {
		return keeperMail(f.keeper)
	}
	return cmp.Or(f.mail, f.box)
}

// kompasRecord is what the second directory has: the short name, a phone of
// its own making, perhaps domain, mail and the address of registration.
func (m *maker) kompasRecord(f *firm) (company.Observation, bool) {
	if !f.kompas {
		return company.Observation{}, false
	}
	o := company.Observation{Source: SourceKompas, Key: string(f.inn), INN: f.inn, Date: kompasDay}
	d := m.d.of(m.w.spec.Seed+m.w.version(streamNight, f.n), streamKompas, f.n)
	if f.sole {
		o.Add(company.FieldNameShort, "ИП "+f.who.full())
	} else {
		o.Add(company.FieldNameShort, f.form.short+` "`+f.title.quoted(true)+`"`)
	}
	o.Add(company.FieldRegion, f.seat.town.region.code)
	o.Add(company.FieldCity, f.seat.town.name)
	for _, p := range f.kompasPhones(d) {
		o.Add(company.FieldPhone, p)
	}
	if f.domain != "" && d.chance(rateKompasSite) && (!f.group || f.role.member == 0 || f.role.story == storyHolding) {
		o.Add(company.FieldSite, "https://"+f.domain)
	}
	if d.chance(rateKompasMail) {
		if f.keeper >= 0 && d.chance(0.5) {
			o.Add(company.FieldEmail, keeperMail(f.keeper))
		} else {
			o.Add(company.FieldEmail, cmp.Or(f.mail, f.box))
		}
	}
	if d.chance(rateKompasPlace) {
		o.Add(company.FieldAddress, f.seat.registered(f.n))
	}
	f.subjects(&o)
	return o, true
}

func (f *firm) kompasPhones(d *draw) []string {
	if f.keeper >= 0 {
		return []string{keeperPhone(f.keeper)}
	}
	switch d.choose(rateKompasNow, rateKompasOld, 1-rateKompasNow-rateKompasOld) {
	case 0:
		out := []string{f.phones[slotMain]}
		if d.chance(rateKompasSecond) {
			out = append(out, f.phones[slotSecond])
		}
		if d.chance(rateKompasAlsoOld) {
			out = append(out, f.phones[slotOld])
		}
		return out
	case 1:
		return []string{f.phones[slotOld]}
	default:
		if d.chance(0.5) {
			return []string{f.phones[slotHead]}
		}
		return nil
	}
}

// changedShare is that of listings and records that another night shows other.
const changedShare = 100

// version is 0 for what a night shows as the first one did.
func (w *World) version(s stream, n int) uint64 {
	if w.spec.Night == 0 || scramble(uint64(w.spec.Night)<<8+uint64(s), n)%changedShare != 0 {
		return 0
	}
	return uint64(w.spec.Night)
}
