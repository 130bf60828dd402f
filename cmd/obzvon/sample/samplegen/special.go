package main

import "fmt"

// special makes the firms that show what the program has to cope with. Each is
// listed in README.md.
func (g *forge) special() []*firm {
	var all []*firm
	add := func(profileID string, change func(f *firm)) *firm {
		f := g.blank(profileOf(profileID))
		f.registry, f.kompas = true, true
		f.staff, f.category = 12, 1
		change(f)
		g.identify(f)
		all = append(all, f)
		return f
	}
	perm, novosibirsk := g.placeOf("59"), g.placeOf("54")

	chain := add("auto_service", func(f *firm) {
		f.core, f.place, f.doors, f.code, f.staff = "Полярный Вектор Автосервис Плюс", perm, 12, "45.20", 140
		f.says, f.category = "сеть автосервисов", 3
	})
	chain.landline, chain.mobile, chain.match = perm.landline(), "", byPhone
	chain.site = domain(chain.core)
	chain.email = "zakaz@" + chain.site

	add("industry", func(f *firm) {
		f.core, f.form, f.code, f.reported, f.registry, f.staff = "Образцовый Подшипник", "АО", "28.15.1", "", false, 900
		f.revenue = 3_400_000
	})
	add("small_dealers", func(f *firm) { f.core, f.code, f.doors = "Подшипникторг Образец", "46.69.2", 1 })
	add("small_dealers", func(f *firm) { f.core, f.code = "Меридиан Подшипникопт", "46.69.9" })
	add("small_dealers", func(f *firm) { f.core, f.code, f.doors = "Кедровый Подшипник", "46.69.2", 1 })

	add("parts_wholesale", func(f *firm) { f.core, f.status = "Закатный Автоснаб", "Ликвидирована" })
	add("auto_service", func(f *firm) {
		f.core, f.status = "Осенний Техцентр", "Признана банкротом"
	})
	add("auto_service", func(f *firm) {
		f.core, f.status = "Листопадный Шиномонтаж", "В процессе реорганизации"
	})

	for _, place := range []*place{novosibirsk, novosibirsk, g.placeOf("55")} {
		add("parts_wholesale", func(f *firm) {
			f.core, f.place, f.kompas, f.code, f.doors = "Двойной Автоснаб", place, false, "45.31.1", 1
			f.match = byName
		})
	}
	for range 5 {
		add("small_dealers", func(f *firm) {
			f.core, f.code, f.extras, f.reported, f.kompas = coreName(f.number), "46.90", nil, "", false
		})
	}
	for i, f := range []string{"Озёрный Склад Запчасти", "Речной Центр Автодеталь", "Верхний Этаж Снаб", "Тихий Офис Промснаб"} {
		centre := add([]string{"parts_wholesale", "parts_wholesale", "small_dealers", "small_dealers"}[i], func(x *firm) {
			x.core, x.place = f, novosibirsk
		})
		centre.landline, centre.mobile, centre.site, centre.email = officeCentre, "", "", ""
	}
	g.silent(add)
	g.renamed(add)
	return all
}

// silent makes firms of which sources know a site or an e-mail and no number.
func (g *forge) silent(add func(string, func(*firm)) *firm) {
	for i := range 24 {
		profile := []string{"auto_service", "parts_wholesale", "small_dealers", "industry"}[i%4]
		f := add(profile, func(f *firm) { f.doors, f.staff = 0, 20+3*i })
		f.landline, f.mobile, f.site, f.web, f.special = "", "", domain(f.core), webKind(i%webStyles), true
		f.email = "info@" + f.site
		if i >= 19 {
			f.web = []webKind{webForbids, webBroken, webEmpty, webForeign, webGone}[i-19]
		}
	}
}

// renamed makes firms whose sign has nothing to do with their name: a listing
// finds its company only by the ИНН that the site prints.
func (g *forge) renamed(add func(string, func(*firm)) *firm) {
	for i := range 8 {
		f := add([]string{"auto_service", "parts_wholesale"}[i%2], func(f *firm) {
			f.kompas, f.doors, f.sign = false, 1, coreName(440+i)+" Моторс"
		})
		f.site, f.email, f.web, f.special, f.match = domain(f.sign), "", webKind(i%webStyles), true, bySite
		f.landline, f.mobile = "", fmt.Sprintf("907006%04d", i)
	}
}

// officeCentre is the switchboard of an invented office centre in Новосибирск.
const officeCentre = "3832000099"

func profileOf(id string) *profile {
	for i := range profiles {
		if profiles[i].id == id {
			return &profiles[i]
		}
	}
	panic("no profile " + id)
}

func (g *forge) placeOf(code string) *place {
	for _, p := range g.places {
		if p.code == code {
			return p
		}
	}
	panic("no place " + code)
}
