package egrul

import (
	"cmp"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// fias is an address in the form of the state register of addresses:
// СвАдрЮЛФИАС, АдрМНФИАС, and its beginning alone in СвМНЮЛ.
type fias struct {
	Index      string  `xml:"Индекс,attr"`
	Code       string  `xml:"Регион"`
	Region     string  `xml:"НаимРегион"`
	Municipal  named   `xml:"МуниципРайон"`    // ВидКод: 1 район, 2 городской округ, 3 внутригородская территория, 4 муниципальный округ
	Union      named   `xml:"ГородСелПоселен"` // ВидКод: 1 городское, 2 сельское
	Settlement named   `xml:"НаселенПункт"`
	Planned    named   `xml:"ЭлПланСтруктур"`
	Street     named   `xml:"ЭлУлДорСети"`
	Buildings  []named `xml:"Здание"`
	Rooms      []named `xml:"ПомещЗдания"`
	Flats      []named `xml:"ПомещКвартиры"`
}

func (f *fias) point() point {
	if f == nil {
		return point{}
	}
	region, known := regionOf(f.Code, f.Region)
	p := point{region: region.Code, city: cmp.Or(f.city(), cityOf(region)), district: f.district()}
	a := address{index: f.Index}
	if known {
		a.add(region.Name)
	} else {
		a.add(calm(f.Region))
	}
	if p.district != p.city {
		a.add(p.district)
	}
	for _, n := range []named{f.settlement(), f.Planned, f.Street} {
		a.add(n.text())
	}
	for _, list := range [][]named{f.Buildings, f.Rooms, f.Flats} {
		for _, n := range list {
			a.add(n.number())
		}
	}
	p.line = a.String()
	return p
}

// settlement is the town or village, else the town that is a district by
// itself.
func (f *fias) settlement() named {
	if f.Settlement.name != "" {
		return f.Settlement
	}
	if name, ok := cutTown(f.Municipal.name); ok {
		return named{kind: "Г", name: name}
	}
	return named{}
}

func (f *fias) city() string { return f.settlement().city() }

// district is «Ярославский район», «Гаврилов-Ямский муниципальный округ», and
// for a town that is a district by itself the town.
func (f *fias) district() string {
	if name, ok := cutTown(f.Municipal.name); ok {
		return company.CleanCity(members.Line(name))
	}
	name := calm(f.Municipal.name)
	low := strings.ToLower(name)
	if name == "" || strings.Contains(low, "округ") || strings.Contains(low, "район") {
		return name
	}
	switch strings.TrimSpace(f.Municipal.kind) {
	case "1":
		return name + " район"
	case "2":
		return name + " городской округ"
	case "4":
		return name + " муниципальный округ"
	default:
		return name
	}
}

// cutTown takes the kind off «ГОРОД ЯРОСЛАВЛЬ».
func cutTown(s string) (string, bool) {
	s = members.Line(s)
	for _, kind := range []string{"ГОРОД ", "Город ", "город ", "Г. ", "г. "} {
		if name, ok := strings.CutPrefix(s, kind); ok {
			return name, true
		}
	}
	return "", false
}
