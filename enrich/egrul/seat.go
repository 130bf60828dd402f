package egrul

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// seat adds the address in either form that the register has: of the state register of
// addresses, else of the old classifier; and that it is not to be trusted.
func (x extract) seat(o *company.Observation) {
	at := x.at("СвАдресЮЛ")
	region, city, parts := fiasOf(at.at("СвАдрЮЛФИАС"))
	if len(parts) == 0 {
		region, city, parts = kladrOf(at.at("АдресРФ"))
	}
	if len(parts) == 0 { // a sole proprietor's home, of which the region alone is published
		region, city, _ = kladrOf(x.at("СвАдрМЖ/АдресРФ"))
	}
	if city == "" && region.Kind == "город" {
		city = company.CleanCity(region.Name)
	}
	o.Add(company.FieldRegion, region.Code)
	o.Add(company.FieldCity, city)
	o.Add(company.FieldAddress, line(strings.Join(parts, ", ")))
	for _, d := range at.all("СвНедАдресЮЛ") {
		if o.First(company.FieldAddressDoubt) == "" {
			o.Add(company.FieldAddressDoubt, cmp.Or(d.attr("ТекстНедАдресЮЛ"), "сведения недостоверны"))
		}
	}
}

func fiasOf(n node) (region company.Region, city string, parts []string) {
	if len(n) == 0 {
		return region, "", nil
	}
	region = regionOf(n.text("Регион"), n.text("НаимРегион"))
	town := n.at("НаселенПункт").attr("Наим")
	district := n.at("МуниципРайон").attr("Наим")
	if low := strings.ToLower(district); town == "" && (strings.HasPrefix(low, "город ") || strings.HasPrefix(low, "г. ")) {
		town = district
	}
	list := []string{n.attr("Индекс"), cmp.Or(region.Name, n.text("НаимРегион")), calm(district)}
	for _, name := range []string{"НаселенПункт", "ЭлПланСтруктур", "ЭлУлДорСети"} {
		k := n.at(name)
		list = append(list, strings.TrimSpace(strings.ToLower(k.attr("Вид", "Тип"))+" "+calm(k.attr("Наим"))))
	}
	for _, name := range []string{"Здание", "ПомещЗдания", "ПомещКвартиры"} {
		for _, k := range n.all(name) {
			list = append(list, strings.TrimSpace(strings.ToLower(k.attr("Тип"))+" "+k.attr("Номер")))
		}
	}
	return region, company.CleanCity(town), filled(list)
}

func kladrOf(n node) (region company.Region, city string, parts []string) {
	if len(n) == 0 {
		return region, "", nil
	}
	area := n.at("Регион")
	region = regionOf(n.attr("КодРегион"), area.attr("ТипРегион")+" "+area.attr("НаимРегион"))
	list := []string{n.attr("Индекс"), cmp.Or(region.Name, calm(area.attr("НаимРегион")))}
	for _, name := range []string{"Район", "Город", "НаселПункт", "Улица"} {
		k := n.at(name)
		list = append(list, strings.TrimSpace(strings.ToLower(k.attr("Тип"+name))+" "+calm(k.attr("Наим"+name))))
	}
	list = append(list, n.attr("Дом"), n.attr("Корпус"), n.attr("Кварт"))
	town := cmp.Or(n.at("Город").attr("НаимГород"), n.at("НаселПункт").attr("НаимНаселПункт"))
	return region, company.CleanCity(town), filled(list)
}

// filled leaves out empty parts and repeats; an index alone is no address.
func filled(list []string) []string {
	var out []string
	for i, s := range list {
		if s = strings.Trim(s, " ,"); s != "" && (i == 0 || len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	if len(out) == 1 && strings.Trim(out[0], "0123456789") == "" {
		return nil
	}
	return out
}

// regionOf finds the subject by its code, else by its name.
func regionOf(code, name string) company.Region {
	if r, ok := company.RegionByCode(code); ok {
		return r
	}
	r, _ := company.FindRegion(line(name))
	return r
}

// calm writes a name of capitals as people do.
func calm(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	return company.Capitals(s)
}

// sentence writes a text of capitals with one capital letter in front.
func sentence(s string) string {
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	s = strings.ToLower(s)
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
