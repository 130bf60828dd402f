package egrul

import (
	"strings"
	"unicode"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// kladr is an address in the form of the old classifier: АдресРФ, АдрМНРФ.
type kladr struct {
	Index      string `xml:"Индекс,attr"`
	Code       string `xml:"КодРегион,attr"`
	House      string `xml:"Дом,attr"`
	Block      string `xml:"Корпус,attr"`
	Flat       string `xml:"Кварт,attr"`
	Region     named  `xml:"Регион"`
	District   named  `xml:"Район"`
	City       named  `xml:"Город"`
	Settlement named  `xml:"НаселПункт"`
	Street     named  `xml:"Улица"`
}

func (k *kladr) point() point {
	if k == nil {
		return point{}
	}
	region, known := regionOf(k.Code, k.Region.kind+" "+k.Region.name)
	p := point{region: region.Code, city: k.city(region)}
	if !k.District.town() {
		p.district = k.District.district()
	}
	a := address{index: k.Index}
	if known {
		a.add(region.Name)
	} else {
		a.add(k.Region.text())
	}
	a.add(p.district)
	for _, n := range []named{k.townDistrict(), k.City, k.Settlement, k.Street} {
		a.add(n.text())
	}
	a.add(numbered("д.", k.House))
	a.add(numbered("корп.", k.Block))
	a.add(numbered("кв./офис", k.Flat))
	p.line = a.String()
	return p
}

// townDistrict is a district that is a town, as in the new regions (Район
// ТипРайон="Г." НаимРайон="КРАСНЫЙ ЛУЧ").
func (k *kladr) townDistrict() named {
	if k.District.town() {
		return k.District
	}
	return named{}
}

func (k *kladr) city(region company.Region) string {
	for _, n := range []named{k.City, k.Settlement, k.townDistrict()} {
		if city := n.city(); city != "" {
			return city
		}
	}
	return cityOf(region)
}

// numbered is «д. 5» of «5», «Д. 5» and «Д.5»: old registers have the bare
// number.
func numbered(kind, s string) string {
	s = members.Line(s)
	if first := strings.IndexFunc(s, unicode.IsDigit); first == 0 {
		return kind + " " + s
	}
	return smallKinds(s)
}
