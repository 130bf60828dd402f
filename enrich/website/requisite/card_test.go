package requisite_test

import (
	"net/url"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/requisite"
)

const address, phone = `<p>614000, г. Пермь, ул. Садовая, д. 5</p>`, `<p>8 (907) 000-00-01</p>`

// firstName reads a page at an address whose host names no firm.
func firstName(t *testing.T, path, body string) string {
	t.Helper()
	p, err := page.Parse(&url.URL{Scheme: "https", Host: "s1.example", Path: path}, []byte(fill(body)), "text/html; charset=utf-8")
	if err != nil {
		t.Fatal(err)
	}
	var f finding.Page
	requisite.Read(p, &f)
	if len(f.Names) == 0 {
		return ""
	}
	return f.Names[0]
}

func TestCards(t *testing.T) {
	const own = `ООО «Полюс»`
	for name, tc := range map[string]struct {
		path, body, want string
	}{
		"address and phone below":  {"/", `<p>ООО «Полюс»</p>` + address + phone, own},
		"country first":            {"/", `<p>ООО «Полюс»</p><p>Россия, 614000, Пермский край, г. Пермь, улица Садовая, дом 5/2</p>` + phone, own},
		"both above":               {"/", address + phone + `<p>ООО «Полюс»</p>`, own},
		"in cells":                 {"/", `<p>ООО «Полюс»</p><table><tr><td>Адрес</td><td>Пермь, Садовый тупик, дом 8</td></tr><tr><td>Часы</td><td>9-18</td></tr><tr><td>Телефон</td><td>+7 907 000-00-01</td></tr></table>`, own},
		"a heading and a phone":    {"/", `<h2>ООО «Полюс»</h2><table><tr><td>Директор</td><td>+7 907 000-00-01</td></tr></table>`, own},
		"a footer and an address":  {"/", `<footer><p>ООО «Полюс»</p>` + address + `</footer>`, own},
		"a footer and its rights":  {"/", `<footer><p>ООО «Полюс»</p><p>© 2020 Все права защищены</p></footer>`, own},
		"numbers rows below":       {"/", `<h2>ИП Вихров Пётр Ильич</h2><table><tr><td>Адрес</td><td>614000, г. Пермь,<br>ул. Садовая,<br>д. 5</td></tr><tr><td>Почта</td><td>614001, г. Пермь,<br>ул. Полевая,<br>д. 6</td></tr><tr><td>ИНН</td><td>{ИНН12}</td></tr></table>`, `ИП Вихров Пётр Ильич`},
		"the title":                {"/", `<title>ООО Полюс-М</title><p>Пишите нам</p>`, `ООО Полюс-М`},
		"a part of the title":      {"/", `<title>ТСЖ "Полюс"/Контакты</title><p>Пишите нам</p>`, `ТСЖ "Полюс"`},
		"a label in the title":     {"/", `<title>Контакты АО «Полюс» | Пермь</title><p>Пишите нам</p>`, `АО «Полюс»`},
		"the title is second":      {"/", `<title>АО «Ось»</title><footer>© ООО «Полюс»</footer>`, own},
		"the brand in the title":   {"/", `<title>Полюс: метизы</title><p>ООО «Полюс» поставляет метизы.</p>`, own},
		"a title in passing":       {"/", `<title>Поставка для АО «Ось» завершена</title><p>Пишите нам</p>`, ``},
		"a title of clients":       {"/", `<title>Наши клиенты: АО «Ось»</title><p>Пишите нам</p>`, ``},
		"a page about a client":    {"/clients/os/", `<title>АО «Ось»</title><h1>АО «Ось»</h1><p>Мы поставили станки для АО «Ось».</p>`, ``},
		"two firms in the title":   {"/", `<title>ООО «Вал» | АО «Ось»</title><p>Пишите нам</p>`, ``},
		"a name alone":             {"/", `<p>ООО «Полюс»</p><p>Пишите нам</p>`, ``},
		"a phone is not enough":    {"/", `<p>Новости</p><p>ООО «Полюс»</p>` + phone, ``},
		"a client's card":          {"/", `<h2>Наши клиенты</h2><p>ООО «Полюс»</p>` + address + phone, ``},
		"far away":                 {"/", `<p>ООО «Полюс»</p>` + strings.Repeat(`<p>Метизы</p>`, 8) + address + phone, ``},
		"behind another firm":      {"/", `<p>ООО «Полюс»</p><p>ООО «Ось»</p>` + address + phone, `ООО «Ось»`},
		"a list of dealers":        {"/", `<p>ООО «Вал»</p>` + address + phone + `<p>ООО «Ось»</p>` + address + phone + `<p>ООО «Шар»</p>` + address + phone, ``},
		"the studio on two lines":  {"/", `<footer><p>Разработка сайта:</p><p>ООО «Лира»</p>` + phone + `</footer>`, ``},
		"the studio's label alone": {"/", `<footer><p>Создание сайта</p><p>ООО «Лира»</p>` + phone + `</footer>`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			if got := firstName(t, tc.path, tc.body); got != tc.want {
				t.Errorf("first name = %q, want %q", got, tc.want)
			}
		})
	}
}
