package egrul

import (
	"cmp"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// seat is СвАдресЮЛ. The same place may be there three times: the whole
// address in either form, and the settlement alone.
type seat struct {
	Place  *fias   `xml:"СвМНЮЛ"`
	FIAS   *fias   `xml:"СвАдрЮЛФИАС"`
	KLADR  *kladr  `xml:"АдресРФ"`
	Doubts []doubt `xml:"СвНедАдресЮЛ"`
}

// doubt says that the address is not to be trusted. A decision to move
// (СвРешИзмМН) is none.
type doubt struct {
	Kind string `xml:"ПризнНедАдресЮЛ,attr"`
	Text string `xml:"ТекстНедАдресЮЛ,attr"`
}

func (d doubt) words() string {
	if text := members.Line(d.Text); text != "" {
		return text
	}
	switch strings.TrimSpace(d.Kind) {
	case "2":
		return "сведения недостоверны (результаты проверки)"
	case "3":
		return "сведения недостоверны (решение суда)"
	default:
		return "сведения недостоверны"
	}
}

// point is a place as both forms of an address give it.
type point struct {
	region, city, district string
	line                   string
}

// best takes each part from the first of the given points that has it.
func best(points ...point) point {
	var p point
	for _, q := range points {
		p = point{
			region: cmp.Or(p.region, q.region), city: cmp.Or(p.city, q.city),
			district: cmp.Or(p.district, q.district), line: cmp.Or(p.line, q.line),
		}
	}
	return p
}

// point prefers the ФИАС form; its settlement alone is no address.
func (s seat) point() point {
	settlement := s.Place.point()
	only := settlement.line
	settlement.line = ""
	p := best(s.FIAS.point(), settlement, s.KLADR.point())
	p.line = cmp.Or(p.line, only)
	return p
}

func (s seat) add(b *builder) {
	p := s.point()
	b.Add(company.FieldRegion, p.region)
	b.Add(company.FieldCity, p.city)
	if p.district != p.city {
		b.Add(company.FieldDistrict, p.district)
	}
	b.Add(company.FieldAddress, p.line)
	var doubts []string
	for _, d := range s.Doubts {
		doubts = appendNew(doubts, d.words())
	}
	b.Add(company.FieldAddressDoubt, members.Line(strings.Join(doubts, "; ")))
}

// regionOf finds the subject by its code, else by its name.
func regionOf(code, name string) (company.Region, bool) {
	if r, ok := company.RegionByCode(strings.TrimSpace(code)); ok {
		return r, true
	}
	return company.FindRegion(members.Line(name))
}
