package main

import (
	"fmt"
	"strings"
)

func kompasName(f *firm) string {
	switch f.kind {
	case soleTrader:
		return "ИП " + f.who.String()
	case farmHead:
		return "Глава КФХ " + f.who.String()
	case legalEntity:
	}
	switch f.number % 3 {
	case 0:
		return f.core + ", " + f.form
	case 1:
		return f.form + " «" + f.core + "»"
	}
	return f.short()
}

func kompasPost(f *firm) string {
	if f.kind != legalEntity {
		return "Индивидуальный предприниматель"
	}
	return []string{"Генеральный директор", "Директор", "Исполнительный директор"}[f.number%3]
}

func kompasStatus(f *firm) string {
	if f.status != "" {
		return f.status
	}
	return "Действующая"
}

func kompasAddress(f *firm) string {
	p := f.place
	region := p.directory + ", "
	if p.directory == p.city {
		region = ""
	}
	return fmt.Sprintf("%s, %sг. %s, ул. Образцовая, д. %d", p.index, region, p.city, 1+f.number%90)
}

// contacts writes numbers in the spellings that people use.
func (w *sheetWriter) contacts(f *firm) {
	phones := kompasPhones(f)
	for i, p := range phones {
		title := "Номер телефона"
		if i > 0 {
			title = fmt.Sprintf("Дополнительный телефон %d", i)
		}
		w.set(title, p)
	}
	w.set("Электронная почта", f.email)
	if f.site != "" && f.number%5 == 0 {
		w.set("Дополнительная электронная почта 1", "buh@"+f.site)
	}
	switch {
	case f.site == "":
	case f.number%2 == 0:
		w.link("Ссылка на сайт", "Сайт", "https://"+f.site)
	default:
		w.link("Ссылка на сайт", f.site, "http://"+f.site+"/")
	}
}

func kompasPhones(f *firm) []string {
	var out []string
	if f.landline != "" {
		area := f.landline[:len(f.landline)-7]
		rest := f.landline[len(f.landline)-7:]
		if len(f.place.area) == 4 {
			area, rest = f.landline[:4], f.landline[4:]
		}
		cut := len(rest) - 4
		local := fmt.Sprintf("%s-%s-%s", rest[:cut], rest[cut:cut+2], rest[cut+2:])
		out = append(out, []string{
			fmt.Sprintf("+7 (%s) %s", area, local),
			fmt.Sprintf("8 (%s) %s", area, local),
			fmt.Sprintf("+7 %s %s доб. %d", area, local, 101+f.number%80),
			"7" + f.landline,
		}[f.number%4])
	}
	if f.mobile != "" {
		m := f.mobile
		out = append(out, fmt.Sprintf("+7 %s %s-%s-%s", m[:3], m[3:6], m[6:8], m[8:]))
	}
	if len(out) == 2 && f.number%6 == 0 { // both in one cell
		return []string{strings.Join(out, ", ")}
	}
	return out
}
