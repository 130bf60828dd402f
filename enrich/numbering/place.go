package numbering

import (
	"slices"
	"time"

	"obzvon/pipeline/company"
)

// place is what the town, else the phones, say of where a company is.
type place struct {
	region string // "" when they do not agree on one
	zone   *time.Location
	note   string       // by the town or by what kind of number
	seen   company.Date // of the newest value that counted
}

func (p place) facts() []company.Fact {
	var out []company.Fact
	if p.region != "" {
		out = append(out, company.Fact{Field: company.FieldRegion, Value: p.region, Note: p.note})
	}
	return append(out, company.Fact{Field: company.FieldZone, Value: p.zone.String(), Note: p.note})
}

// place reads the town and the phones of a company whose region no other
// source gives.
func (e *Enricher) place(c *company.Company) (place, bool) {
	if e.othersSay(c, company.FieldRegion) != "" {
		return place{}, false
	}
	p, ok := byTown(c)
	if !ok {
		p, ok = byPhones(c)
	}
	if !ok {
		return place{}, false
	}
	// A directory that knows the hour but not the region corrects the rest.
	if name := e.othersSay(c, company.FieldZone); name != "" {
		known, err := time.LoadLocation(name)
		if err != nil || !sameTime(known, p.zone, p.seen) {
			return place{}, false
		}
	}
	return p, true
}

// othersSay returns the first value of a field that is not this enricher's.
func (e *Enricher) othersSay(c *company.Company, f company.Field) string {
	for _, v := range c.Values {
		if v.Field == f && v.Source != e.name {
			return v.Value
		}
	}
	return ""
}

// byTown asks the town, or an address that names the region or the town.
func byTown(c *company.Company) (place, bool) {
	v, ok := c.Winner(company.FieldCity)
	find, note := company.TownRegion, "по городу"
	if !ok {
		v, ok = c.Winner(company.FieldAddress)
		find, note = company.AddressRegion, "по адресу"
	}
	if !ok {
		return place{}, false
	}
	code, ok := find(v.Value)
	if !ok {
		return place{}, false
	}
	zone, ok := company.ZoneOf(code, c.Get(company.FieldCity))
	return place{region: code, zone: zone, note: note, seen: v.Seen}, ok
}

// byPhones asks geographic numbers, then mobile ones. Where a town is named
// that nobody knows, a mobile number, bought anywhere, does not place it.
func byPhones(c *company.Company) (place, bool) {
	city := c.Get(company.FieldCity)
	for _, kind := range []struct {
		kind company.PhoneKind
		note string
	}{
		{company.PhoneLandline, "по коду городского номера"},
		{company.PhoneMobile, "по коду мобильного номера"},
	} {
		if kind.kind == company.PhoneMobile && city != "" {
			break
		}
		var regions [][]string
		var seen company.Date
		for _, v := range c.Winners(company.FieldPhone) {
			p, ok := company.PhoneFromValue(v.Value)
			if !ok || p.Kind != kind.kind {
				continue
			}
			if r := p.Regions(); len(r) > 0 {
				regions = append(regions, r)
				seen = max(seen, v.Seen)
			}
		}
		if len(regions) == 0 {
			continue
		}
		zone, ok := commonZone(regions, city)
		return place{region: commonRegion(regions), zone: zone, note: kind.note, seen: seen}, ok
	}
	return place{}, false
}

// commonRegion is the one subject that every number may be in, "" when there
// is none or more than one.
func commonRegion(numbers [][]string) string {
	common := slices.Clone(numbers[0])
	for _, regions := range numbers[1:] {
		common = slices.DeleteFunc(common, func(r string) bool { return !slices.Contains(regions, r) })
	}
	if len(common) != 1 {
		return ""
	}
	return common[0]
}

// commonZone is the zone of every subject of every number, if it is one.
func commonZone(numbers [][]string, city string) (*time.Location, bool) {
	var zone *time.Location
	for _, code := range slices.Concat(numbers...) {
		loc, ok := company.ZoneOf(code, city)
		if !ok || zone != nil && zone.String() != loc.String() {
			return nil, false
		}
		zone = loc
	}
	return zone, zone != nil
}

// sameTime compares clocks at noon of a day: directories give offsets without
// a place, which are other zones by name.
func sameTime(a, b *time.Location, day company.Date) bool {
	if a.String() == b.String() {
		return true
	}
	if !day.Known() {
		return false
	}
	noon := day.Time().Add(12 * time.Hour)
	_, x := noon.In(a).Zone()
	_, y := noon.In(b).Zone()
	return x == y
}
