package main

import (
	"strings"

	"obzvon/pipeline/company"
)

func registrySubject(b *strings.Builder, f *firm) {
	if f.kind != legalEntity {
		open(b, "ИПВклМСП", "ИННФЛ", f.inn, "ОГРНИП", f.ogrn)
		who := []string{"Фамилия", strings.ToUpper(f.who.surname), "Имя", strings.ToUpper(f.who.name)}
		if f.number%9 != 0 {
			who = append(who, "Отчество", strings.ToUpper(f.who.patronymic))
		}
		empty(b, "ФИОИП", who...)
		b.WriteString("</ИПВклМСП>")
		return
	}
	attrs := []string{"НаимОрг", f.full()}
	if f.number%41 != 0 {
		attrs = append(attrs, "НаимОргСокр", f.short())
	}
	attrs = append(attrs, "ИННЮЛ", f.inn)
	if f.number%53 != 0 {
		attrs = append(attrs, "ОГРН", f.ogrn)
	}
	empty(b, "ОргВклМСП", attrs...)
}

// registryPlace writes the place as unevenly as the registry does.
func registryPlace(b *strings.Builder, f *firm) {
	p := f.place
	open(b, "СведМН", "КодРегион", p.code)
	kind, region := p.kind, p.region
	if f.number%3 == 1 {
		kind, region = strings.ToLower(kind), p.directory
		for _, word := range []string{"Республика ", " область", " край", " - Кузбасс"} {
			region = strings.ReplaceAll(region, word, "")
		}
	}
	empty(b, "Регион", "Тип", kind, "Наим", region)
	if p.city != p.directory {
		cityKind := []string{"Г.", "ГОРОД", "Город", "г"}[f.number%4]
		city := p.city
		if f.number%2 == 0 {
			city = strings.ToUpper(city)
		}
		empty(b, "Город", "Тип", cityKind, "Наим", city)
	}
	b.WriteString("</СведМН>")
}

func registryCodes(b *strings.Builder, f *firm) {
	if f.number%97 != 50 { // some documents have no declared codes at all
		b.WriteString("<СвОКВЭД>")
		activity(b, "СвОКВЭДОсн", f.code)
		for _, e := range f.extras {
			activity(b, "СвОКВЭДДоп", e)
		}
		b.WriteString("</СвОКВЭД>")
	}
	if f.reported != "" || f.number%97 == 50 {
		reported := f.reported
		if reported == "" {
			reported = f.code
		}
		b.WriteString("<СвОКВЭДотч>")
		activity(b, "СвОКВЭДОсн", reported)
		if len(f.extras) > 0 {
			activity(b, "СвОКВЭДДоп", f.extras[0])
		}
		b.WriteString("</СвОКВЭДотч>")
	}
}

func activity(b *strings.Builder, name, code string) {
	title, _ := company.OKVED(code).Name()
	empty(b, name, "КодОКВЭД", code, "НаимОКВЭД", title, "ВерсОКВЭД", "2014")
}
