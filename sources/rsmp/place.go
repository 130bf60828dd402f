package rsmp

import (
	"strings"

	"obzvon/pipeline/company"
)

// add states region, city and district. КодРегион is where the firm is
// registered; it may differ from the first digits of its ИНН.
func (p place) add(o *company.Observation) {
	region, known := company.RegionByCode(strings.TrimSpace(p.code))
	if !known {
		region, known = company.FindRegion(strings.TrimSpace(p.region.kind + " " + p.region.name))
	}
	if known {
		o.Add(company.FieldRegion, region.Code)
	}
	city := p.cityName()
	if city == "" && known && region.Kind == "город" {
		city = company.CleanCity(region.Name)
	}
	o.Add(company.FieldCity, city)
	if district := p.districtName(); district != city {
		o.Add(company.FieldDistrict, district)
	}
}

// cityName takes the town, else the settlement, else a district that is a
// town, as in the new regions (Район Тип="Г." Наим="КРАСНЫЙ ЛУЧ").
func (p place) cityName() string {
	for _, n := range []named{p.city, p.settlement} {
		if city := company.CleanCity(line(n.name)); city != "" {
			return city
		}
	}
	if p.district.town() {
		return company.CleanCity(line(p.district.name))
	}
	return ""
}

func (n named) town() bool {
	switch n.word() {
	case "г", "гор", "город":
		return true
	default:
		return false
	}
}

// word is the type in small letters without points and stray spaces.
func (n named) word() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(n.kind), func(r rune) bool {
		return r == '.' || r == ' ' || r == '\u00a0'
	}), " ")
}

// districtName is «Пуровский район», «Хангаласский улус», or the bare name
// where the type is another.
func (p place) districtName() string {
	name := company.CleanCity(line(p.district.name))
	if name == "" {
		return ""
	}
	switch p.district.word() {
	case "район", "р-н", "рн", "м р-н", "муниципальный район":
		return name + " район"
	case "улус", "у":
		return name + " улус"
	case "кожуун", "кож":
		return name + " кожуун"
	case "г о", "городской округ":
		return name + " городской округ"
	case "м о", "муниципальный округ":
		return name + " муниципальный округ"
	default:
		return name
	}
}
