package rsmp

import (
	"bytes"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// places spells regions, towns and districts and remembers how.
type places struct {
	regions   [100]region // by code; filled once
	towns     map[string]string
	districts map[string]district
	key       []byte
}

// region is a subject of the Federation. code is "" where there is none.
type region struct{ code, town string }

type district struct{ name, town string } // town: the district is one

func newPlaces() places {
	var p places
	for i := range p.regions {
		code := string([]byte{'0' + byte(i/10), '0' + byte(i%10)})
		if r, ok := company.RegionByCode(code); ok {
			p.regions[i] = regionOf(r)
		}
	}
	return p
}

// regionOf is also the town where the region is one.
func regionOf(r company.Region) region {
	out := region{code: r.Code}
	if r.Kind == "город" {
		out.town = company.CleanCity(r.Name)
	}
	return out
}

// of gives the code of the region, the town and the district; "" for what is
// not told. КодРегион is where the firm is registered; it may differ from the
// first digits of its ИНН. The town is the town, else the settlement, else a
// district that is a town, as in the new regions (Район Тип="Г." Наим="КРАСНЫЙ
// ЛУЧ"), else the region that is one.
func (p *places) of(in *place) (code, town, area string) {
	r, d := p.region(in), p.district(in.district)
	town = p.town(in.city.name)
	if town == "" {
		town = p.town(in.settlement.name)
	}
	if town == "" {
		town = d.town
	}
	if town == "" {
		town = r.town
	}
	if area = d.name; area == town {
		area = ""
	}
	return r.code, town, area
}

func (p *places) region(in *place) region {
	if c := in.code; len(c) == 2 && digit(c[0]) && digit(c[1]) {
		if r := p.regions[int(c[0]-'0')*10+int(c[1]-'0')]; r.code != "" {
			return r
		}
	}
	r, ok := company.RegionByCode(strings.TrimSpace(in.code.text()))
	if !ok {
		r, ok = company.FindRegion(strings.TrimSpace(in.region.kind.text() + " " + in.region.name.text()))
	}
	if !ok {
		return region{}
	}
	return regionOf(r)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func (p *places) town(name value) string {
	if len(name) == 0 {
		return ""
	}
	town, ok := p.towns[string(name)]
	if !ok {
		town = strings.Clone(company.CleanCity(members.Line(name.text())))
		p.towns = remember(p.towns, name, town)
	}
	return town
}

func (p *places) district(n named) district {
	if len(n.name) == 0 {
		return district{}
	}
	p.key = append(append(append(p.key[:0], n.kind...), 0), n.name...)
	d, ok := p.districts[string(p.key)]
	if !ok {
		d = districtOf(n.kind.text(), company.CleanCity(members.Line(n.name.text())))
		p.districts = remember(p.districts, bytes.Clone(p.key), d)
	}
	return d
}

// districtOf is «Пуровский район», «Хангаласский улус», or the bare name where
// the type is another.
func districtOf(kind, name string) district {
	if name == "" {
		return district{}
	}
	switch wordOf(kind) {
	case "г", "гор", "город":
		return district{name: name, town: name}
	case "район", "р-н", "рн", "м р-н", "муниципальный район":
		name += " район"
	case "улус", "у":
		name += " улус"
	case "кожуун", "кож":
		name += " кожуун"
	case "г о", "городской округ":
		name += " городской округ"
	case "м о", "муниципальный округ":
		name += " муниципальный округ"
	}
	return district{name: strings.Clone(name)}
}

// wordOf is the type in small letters without points and stray spaces.
func wordOf(kind string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(kind), func(r rune) bool {
		return r == '.' || r == ' ' || r == '\u00a0'
	}), " ")
}
