package main

import (
	"fmt"
	"strconv"
)

// firmListing is one door of a firm, with the contact that is to join it.
func firmListing(f *firm, door int) listing {
	l := listing{
		name: f.core, // of a sole proprietor too: the surname is not on the sign
		says: f.says, rubrics: f.rubrics, place: f.place, kind: "branch",
		address: fmt.Sprintf("Образцовая, %d", 1+f.number%90+door*3), noCity: f.number%31 == 7,
	}
	if f.sign != "" {
		l.name = f.sign
	}
	if f.number%6 == 1 {
		l.note = fmt.Sprintf("%d этаж", 1+f.number%3)
	}
	if f.number%4 == 2 {
		l.district, l.quarter = []string{"Образцовый район", "Примерный район"}[f.number%8/4], "Тестовый"
	}
	switch f.match {
	case byPhone:
		l.phones = gisPhones(f)
	case bySite:
		if f.site == "" {
			l.phones = gisPhones(f)
			break
		}
		l.site = "http://" + f.site
		if f.number%3 == 0 {
			l.site += "/?utm_source=2gis"
		}
		if f.number%4 != 0 { // another desk's number than the registry of Компас has
			l.phones = []string{"8907001" + fmt.Sprintf("%04d", f.number)}
		}
	case byName:
		if f.number%8 != 0 {
			l.phones = gisPhones(f)
		}
		if f.site != "" {
			l.site = "https://www." + f.site
		}
	}
	if f.email != "" && f.number%2 == 0 {
		l.emails = append(l.emails, f.email)
	}
	if f.mobile != "" && f.number%5 == 0 {
		l.whatsapp = "https://wa.me/7" + f.mobile
	}
	if len(l.emails) > 0 && f.number%3 == 0 {
		l.emails = append(l.emails, "manager@"+f.site)
	}
	if f.number%12 == 3 {
		l.vk, l.telegram = fmt.Sprintf("https://vk.com/sample_firm_%d", f.number), fmt.Sprintf("https://t.me/sample_firm_%d", f.number)
	}
	if len(l.phones) > 0 && f.number%9 == 0 {
		l.phones = append(l.phones, fmt.Sprintf("8907004%04d (сервис)", f.number))
	}
	return l
}

// gisPhones writes numbers as the exporter does: 8 instead of +7, remarks in
// brackets.
func gisPhones(f *firm) []string {
	var out []string
	if f.landline != "" {
		phone := "8" + f.landline
		if f.number%7 == 2 {
			phone += " (отдел продаж)"
		}
		out = append(out, phone)
	}
	if f.mobile != "" {
		out = append(out, "8"+f.mobile)
	}
	return out
}

// strangers are rows that are no candidates: things that are no firms, firms
// outside the segments, and listings whose company no registry can tell.
func strangers(g *forge) []listing {
	var out []listing
	for i, kind := range []string{"parking", "street", "crossroad", "station", "parking", "road", "street", "parking"} {
		p := g.places[i]
		out = append(out, listing{name: fmt.Sprintf("Образцовая %d", i+1), place: p, kind: kind})
	}
	outside := []struct{ name, says, rubrics string }{
		{"Тёплая Чашка", "кафе", "Кафе"},
		{"Ножницы и Фен", "парикмахерская", "Парикмахерские"},
		{"Булка Образцовая", "пекарня", "Пекарни; Кафе"},
		{"Полка Товаров", "магазин", "Продуктовые магазины"},
		{"Свежий Букет", "цветочный салон", "Цветы"},
		{"Рыжий Кот", "зоомагазин", "Зоотовары"},
	}
	for i := range 24 {
		o := outside[i%len(outside)]
		out = append(out, listing{
			name: fmt.Sprintf("%s %d", o.name, i/len(outside)+1), says: o.says, rubrics: o.rubrics, place: g.places[(i*5)%len(g.places)],
			kind: "branch", address: fmt.Sprintf("Примерная, %d", i+1), phones: []string{fmt.Sprintf("8907002%04d", i)},
		})
	}
	// Ten signs in one office centre share its switchboard.
	for i := range 10 {
		out = append(out, listing{
			name: coreName(470+i) + " Трейд", says: "торговая компания", rubrics: "Автозапчасти для иномарок", place: g.placeOf("54"), kind: "branch",
			address: "Офисная, 1", note: fmt.Sprintf("офис %d", 301+i), phones: []string{"8" + officeCentre + fmt.Sprintf(" (офис %d)", 301+i)},
		})
	}
	// Signs of firms that are in no registry here.
	for i := range 14 {
		l := listing{
			name: coreName(485+i) + " Гараж", says: "автосервис", rubrics: "Авторемонт и техобслуживание (СТО)", place: g.places[(i*3)%len(g.places)],
			kind: "branch", address: fmt.Sprintf("Гаражная, %d", i+1),
		}
		if i%3 != 0 {
			l.phones = []string{fmt.Sprintf("8907003%04d", i)}
		}
		if i%4 == 0 {
			l.site = "https://vk.com/sample_garage_" + strconv.Itoa(i)
		}
		out = append(out, l)
	}
	return out
}
