package people_test

import (
	"net/url"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/people"
	"obzvon/enrich/website/requisite"
)

func read(t testing.TB, path, body string) finding.Page {
	t.Helper()
	u, err := url.Parse("https://vega.example" + path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := page.Parse(u, []byte(body), "text/html; charset=utf-8")
	if err != nil {
		t.Fatal(err)
	}
	var f finding.Page
	for _, v := range []string{num1, num2, num3, num1 + ";ext=12", num1 + ";ext=14"} {
		f.Phones = append(f.Phones, finding.Phone{Value: v})
	}
	for _, v := range []string{"snab@vega.example", "zakupki@vega.example", "p@vega.example", "z@vega.example"} {
		if strings.Contains(body, v) {
			f.Emails = append(f.Emails, finding.Email{Value: v})
		}
	}
	requisite.Read(p, &f)
	people.Read(p, &f)
	return f
}

// written is a person as «Имя | должность | duty | phones e-mails».
func written(p finding.Person) string {
	return strings.Join([]string{p.Name, p.Post, string(p.Duty), strings.Join(append(append([]string(nil), p.Phones...), p.Emails...), " ")}, " | ")
}

func check(t *testing.T, body string, want ...string) {
	t.Helper()
	var got []string
	for _, p := range read(t, "/contacts", body).People {
		got = append(got, written(p))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

const (
	tel1 = "+7 907 314-27-11"
	tel2 = "+7 907 314-27-12"
	tel3 = "+7 907 314-27-13"
	num1 = "+79073142711"
	num2 = "+79073142712"
	num3 = "+79073142713"
)

func TestNameAndPost(t *testing.T) {
	director := "Вихров Пётр Ильич | Директор | head | "
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"colon":                 {`<p>Директор: Вихров Пётр Ильич</p>`, []string{director}},
		"dash behind":           {`<p>Вихров Пётр Ильич — директор</p>`, []string{"Вихров Пётр Ильич | директор | head | "}},
		"comma":                 {`<p>Вихров Пётр Ильич, директор, ` + tel1 + `</p>`, []string{"Вихров Пётр Ильич | директор | head | " + num1}},
		"brackets":              {`<p>Вихров Пётр Ильич (директор)</p>`, []string{"Вихров Пётр Ильич | директор | head | "}},
		"first name first":      {`<p>Директор Пётр Ильич Вихров</p>`, []string{"Пётр Ильич Вихров | Директор | head | "}},
		"initials behind":       {`<p>Директор Вихров П.И.</p>`, []string{"Вихров П.И. | Директор | head | "}},
		"initials with a space": {`<p>Директор Вихров П. И.</p>`, []string{"Вихров П. И. | Директор | head | "}},
		"initials in front":     {`<p>Директор П. И. Вихров</p>`, []string{"П. И. Вихров | Директор | head | "}},
		"no patronymic":         {`<p>Директор — Пётр Вихров</p>`, []string{"Пётр Вихров | Директор | head | "}},
		"no surname":            {`<p>Менеджер по закупкам: Ольга Петровна, ` + tel1 + `</p>`, []string{"Ольга Петровна | Менеджер по закупкам | supply | " + num1}},
		"first name only":       {`<p>Менеджер Ольга ` + tel1 + `</p>`, []string{"Ольга | Менеджер | sales | " + num1}},
		"capitals":              {`<p>ДИРЕКТОР ВИХРОВ ПЁТР ИЛЬИЧ</p>`, []string{"Вихров Пётр Ильич | ДИРЕКТОР | head | "}},
		"surname in capitals":   {`<p>ВИХРОВ Пётр Ильич, директор</p>`, []string{"Вихров Пётр Ильич | директор | head | "}},
		"a double surname":      {`<p>Директор Вихрова-Ласкина Зоя Ильинична</p>`, []string{"Вихрова-Ласкина Зоя Ильинична | Директор | head | "}},
		"a Tatar name":          {`<p>Директор Вихров Ильшат Фанисович</p>`, []string{"Вихров Ильшат Фанисович | Директор | head | "}},
		"oglu":                  {`<p>Директор Вихров Эльчин Камал оглы</p>`, []string{"Вихров Эльчин Камал оглы | Директор | head | "}},
		"glued":                 {`<p><span>Директор</span><span>Вихров Пётр Ильич</span></p>`, []string{director}},
		"two labels":            {`<p>Руководитель: директор Вихров Пётр Ильич</p>`, []string{"Вихров Пётр Ильич | директор | head | "}},
		"charter":               {`<p>Директор Вихров Пётр Ильич, действует на основании Устава</p>`, []string{director}},
		"own firm behind":       {`<h1>Реквизиты ООО «Вега»</h1><p>Полное наименование: ООО «Вега»</p><p>Генеральный директор ООО «Вега» Вихров Пётр Ильич</p>`, []string{"Вихров Пётр Ильич | Генеральный директор | head | "}},
		"row":                   {`<table><tr><td>Директор</td><td>Вихров Пётр Ильич</td><td>` + tel1 + `</td></tr></table>`, []string{director + num1}},
		"row, name first":       {`<table><tr><td>Вихров Пётр Ильич</td><td>Директор</td><td>p@vega.example</td></tr></table>`, []string{director + "p@vega.example"}},
		"terms":                 {`<dl><dt>Директор</dt><dd>Вихров Пётр Ильич</dd></dl>`, []string{director}},
		"cards":                 {`<div class=c><p>Вихров Пётр Ильич</p><p>Директор</p></div><div class=c><p>Ласкина Зоя Ильинична</p><p>Главный бухгалтер</p></div>`, []string{director, "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | "}},
		"cards, post first":     {`<div class=c><b>Директор</b><p>Вихров Пётр Ильич</p></div><div class=c><b>Главный бухгалтер</b><p>Ласкина Зоя Ильинична</p></div>`, []string{director, "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | "}},
		"a flat list":           {`<p>Вихров Пётр Ильич<br>Директор<br>Ласкина Зоя Ильинична<br>Главный бухгалтер</p>`, []string{director, "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | "}},
		"a flat list of posts":  {`<p>Директор<br>Вихров Пётр Ильич<br>Главный бухгалтер<br>Ласкина Зоя Ильинична</p>`, []string{director, "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | "}},
		"headings":              {`<h3>Вихров Пётр Ильич</h3><p>Директор</p><h3>Ласкина Зоя Ильинична</h3><p>Главный бухгалтер</p>`, []string{director, "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | "}},
		"broken name":           {`<div class=c><p>Вихров</p><p>Пётр Ильич</p><p>Директор</p></div><div class=c><p>Ласкина</p><p>Зоя Ильинична</p><p>Юрист</p></div>`, []string{director, "Ласкина Зоя Ильинична | Юрист | other | "}},
		"broken post":           {`<div class=c><p>Вихров Пётр Ильич</p><p>Заместитель директора</p><p>по снабжению</p></div><div class=c><p>Ласкина Зоя Ильинична</p><p>Юрист</p></div>`, []string{"Вихров Пётр Ильич | Заместитель директора по снабжению | supply | ", "Ласкина Зоя Ильинична | Юрист | other | "}},
		"a sentence":            {`<p>С 2015 г. генеральным директором является Вихров Пётр Ильич.</p>`, []string{"Вихров Пётр Ильич | генеральный директор | head | "}},
		"entrepreneur":          {`<footer>© ИП Вихров Пётр Ильич, 2020</footer>`, []string{"Вихров Пётр Ильич | Индивидуальный предприниматель | head | "}},
		"json-ld":               {`<script type="application/ld+json">{"@type":"Organization","employee":{"@type":"Person","name":"Пётр Вихров","jobTitle":"Директор"}}</script>`, []string{"Пётр Вихров | Директор | head | "}},
		"department above":      {`<h3>Отдел снабжения</h3><p>Вихров Пётр Ильич<br>` + tel1 + `</p>`, []string{"Вихров Пётр Ильич | Отдел снабжения | supply | " + num1}},
		"chief of a department": {`<h3>Отдел снабжения</h3><p>Начальник: Вихров Пётр Ильич, ` + tel1 + `</p>`, []string{"Вихров Пётр Ильич | Начальник, отдел снабжения | supply | " + num1}},
		"said twice":            {`<p>Директор Вихров Пётр Ильич</p><footer><p>Директор: Вихров Пётр Ильич ` + tel1 + `</p></footer>`, []string{director + num1}},
		"two in a line":         {`<p>Директор Вихров П.И., гл. инженер Ласкин О.П.</p>`, []string{"Вихров П.И. | Директор | head | ", "Ласкин О.П. | гл. инженер | engineer | "}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

// Layouts as they are met: tables with a header, cards of inline elements,
// lists of a department.
func TestLayouts(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"table with a header": {`<table><tr><th>ФИО</th><th>Должность</th><th>Телефон</th><th>E-mail</th></tr>
			<tr><td>Вихров Пётр Ильич</td><td>Главный механик</td><td>` + tel1 + `</td><td>p@vega.example</td></tr>
			<tr><td>Ласкина Зоя Ильинична</td><td>Менеджер по закупкам</td><td>` + tel2 + `</td><td>z@vega.example</td></tr></table>`, []string{
			"Вихров Пётр Ильич | Главный механик | mechanic | " + num1 + " p@vega.example",
			"Ласкина Зоя Ильинична | Менеджер по закупкам | supply | " + num2 + " z@vega.example",
		}},
		"post, name and number in cells": {`<table><tr><td>Директор</td><td>Вихров Пётр Ильич</td><td>` + tel1 + `</td></tr><tr><td>Приёмная</td><td></td><td>` + tel2 + `</td></tr></table>`, []string{
			"Вихров Пётр Ильич | Директор | head | " + num1, " | Приёмная | reception | " + num2,
		}},
		"a card in one line": {`<div class=t><span>Вихрова Ольга</span> <span>Менеджер по работе с клиентами</span> <a href="tel:+79073142711">` + tel1 + `</a></div>
			<div class=t><span>Ольга Ласкина</span> <span>Координатор отдела продаж</span> <a href="tel:+79073142712">` + tel2 + `</a></div>`, []string{
			"Вихрова Ольга | Менеджер по работе с клиентами | sales | " + num1, "Ольга Ласкина | Координатор отдела продаж | sales | " + num2,
		}},
		"a list of a department": {`<h3>Отдел продаж</h3><ul><li>Вихрова Ольга — ` + tel1 + `</li><li>Ласкин Олег — ` + tel2 + `</li></ul>`, []string{
			"Вихрова Ольга | Отдел продаж | sales | " + num1, "Ласкин Олег | Отдел продаж | sales | " + num2,
		}},
		"first names of a department": {`<p>Менеджер: Ольга — ` + tel1 + `</p><p>Механик: Олег — ` + tel2 + `</p>`, []string{
			"Ольга | Менеджер | sales | " + num1, "Олег | Механик | mechanic | " + num2,
		}},
		"founders apart": {`<h5>Генеральный Директор</h5><p>Вихров Пётр Ильич</p><h5>Учредители</h5><p>Ласкина Зоя Ильинична</p>`, []string{
			"Вихров Пётр Ильич | Генеральный Директор | head | ",
		}},
		"a firm's letters behind the post": {`<p>Генеральный директор ВГА <small>Вихров П.И.</small></p>`, []string{"Вихров П.И. | Генеральный директор ВГА | head | "}},
		"one table of bank and director": {`<table><tr><td>БИК</td><td>045773001</td></tr><tr><td>Генеральный директор</td><td>Вихров Пётр Ильич</td></tr><tr><td>Главный бухгалтер</td><td>Ласкина Зоя Ильинична</td></tr></table>`, []string{
			"Вихров Пётр Ильич | Генеральный директор | head | ", "Ласкина Зоя Ильинична | Главный бухгалтер | accounts | ",
		}},
		"a small team with long texts": {`<h2>Наша команда</h2><div class=m><h4>Вихров Пётр</h4><p>Основатель и директор</p><p>Собрал первый станок в гараже и с тех пор делает их лучше всех в крае, любит рыбалку и длинные дороги.</p></div>
			<div class=m><h4>Ласкина Зоя</h4><p>Технолог</p><p>Отвечает за то, чтобы каждая деталь была такой, как на чертеже, и ни на волос иначе.</p></div>`, []string{
			"Вихров Пётр | Основатель и директор | head | ", "Ласкина Зоя | Технолог | production | ",
		}},
		"numbers told without the code": {`<p>Главный инженер, 314-27-11</p><p>Бухгалтерия 314-27-12</p>`, []string{
			" | Главный инженер | engineer | " + num1, " | Бухгалтерия | accounts | " + num2,
		}},
		"mail before the number": {`<p><b>Отдел закупок</b><br>E-mail: zakupki@vega.example<br>Тел.: ` + tel1 + `</p>`, []string{" | Отдел закупок | supply | " + num1 + " zakupki@vega.example"}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

func TestNotPeople(t *testing.T) {
	for name, body := range map[string]string{
		"no post":             `<p>Вихров Пётр Ильич</p>`,
		"a street":            `<p>Директор: ул. Петра Вихрова, 5</p><p>ул. Юрий Вихров, директор</p>`,
		"dative":              `<p>Директору Вихрову Петру Ильичу</p>`,
		"genitive":            `<p>в лице директора Вихрова Петра Ильича, действующего на основании Устава</p>`,
		"a review":            `<h2>Отзывы</h2><div><p>Пётр Вихров</p><p>Директор</p><p>Всё понравилось!</p></div>`,
		"a review by class":   `<div class="reviews__item"><p>Пётр Вихров</p><p>Главный механик</p></div>`,
		"a quotation":         `<blockquote>Пётр Вихров, директор</blockquote>`,
		"another firm's":      `<p>Пётр Вихров, директор ООО «Лира»</p>`,
		"another, no form":    `<p>Пётр Вихров, директор автосервиса «Лира»</p>`,
		"an author":           `<p>Автор: Пётр Вихров, технолог</p>`,
		"a former one":        `<p>Бывший директор Вихров Пётр Ильич</p>`,
		"a founder":           `<p>Учредитель: Вихров Пётр Ильич</p>`,
		"a firm in quotes":    `<p>Директор магазина «Пётр Вихров»</p>`,
		"the past":            `<p>Завод основан под руководством директора, им был Вихров Пётр Ильич</p>`,
		"a menu":              `<nav><a>Директор</a><a>Пётр Вихров</a></nav>`,
		"a form":              `<form><p>Директор</p><p>Пётр Вихров</p></form>`,
		"a vacancy":           `<h2>Вакансии</h2><p>Менеджер по закупкам ` + tel1 + `</p>`,
		"a department alone":  `<p>Отдел снабжения</p>`,
		"a sentence":          `<p>Наш менеджер свяжется с вами по телефону ` + tel1 + `</p>`,
		"to connect":          `<p>Связь с менеджером: ` + tel1 + `</p>`,
		"an address":          `<p>г. Пермь, ул. Садовая, д. 5, офис 12, ` + tel1 + `</p>`,
		"the office":          `<p>Офис: ` + tel1 + `</p>`,
		"a label":             `<p>Телефон: ` + tel1 + `</p>`,
		"goods":               `<p>Мастер-класс: ` + tel1 + `</p><p>Отделка домов ` + tel2 + `</p>`,
		"a service":           `<p>Доставка бетона по городу: ` + tel1 + `</p><p>Продажа болтов и гаек ` + tel2 + `</p>`,
		"a consultation":      `<p>Консультация специалиста: ` + tel1 + `</p><p>Звонок менеджеру ` + tel2 + `</p>`,
		"a town":              `<p>Пермь: ` + tel1 + `</p><p>Кунгур ` + tel2 + `</p>`,
		"hours":               `<p>Пн–Пт 9:00–18:00, ` + tel1 + `</p>`,
		"a word and a name":   `<p>Виктория Плаза, офис</p>`,
		"general responsible": `<p>Общество с ограниченной ответственностью ` + tel1 + `</p>`,
	} {
		t.Run(name, func(t *testing.T) { check(t, body) })
	}
	if got := read(t, "/news/2020/1", `<p>Директор Вихров Пётр Ильич открыл цех.</p>`).People; len(got) != 0 {
		t.Errorf("a page of news: %v", got)
	}
}

func TestDepartments(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"colon":            {`<p>Отдел снабжения: ` + tel1 + `</p>`, []string{" | Отдел снабжения | supply | " + num1}},
		"label between":    {`<p>Отдел снабжения, тел.: ` + tel1 + `, e-mail: snab@vega.example</p>`, []string{" | Отдел снабжения | supply | " + num1 + " snab@vega.example"}},
		"number first":     {`<p>` + tel1 + ` — приёмная</p><p>` + tel2 + ` (главный механик)</p>`, []string{" | приёмная | reception | " + num1, " | главный механик | mechanic | " + num2}},
		"both in a line":   {`<p>Приёмная ` + tel1 + `, бухгалтерия ` + tel2 + `</p>`, []string{" | Приёмная | reception | " + num1, " | бухгалтерия | accounts | " + num2}},
		"lines":            {`<p>Отдел закупок<br>` + tel1 + `<br>` + tel2 + `<br>zakupki@vega.example</p>`, []string{" | Отдел закупок | supply | " + num1 + " " + num2 + " zakupki@vega.example"}},
		"heading":          {`<h3>Отдел закупок</h3><h4>Телефон:</h4><p>` + tel1 + `</p><h4>E-mail:</h4><p>zakupki@vega.example</p><h3>Отдел кадров</h3><p>` + tel2 + `</p>`, []string{" | Отдел закупок | supply | " + num1 + " zakupki@vega.example", " | Отдел кадров | staff | " + num2}},
		"row":              {`<table><tr><td>Главный инженер</td><td>` + tel1 + `</td></tr><tr><td>Склад</td><td>` + tel2 + `</td></tr></table>`, []string{" | Главный инженер | engineer | " + num1, " | Склад | other | " + num2}},
		"cards":            {`<div class=c><b>Бухгалтерия</b><p>` + tel1 + `</p></div><div class=c><b>Отдел сбыта</b><p>` + tel2 + `</p></div>`, []string{" | Бухгалтерия | accounts | " + num1, " | Отдел сбыта | sales | " + num2}},
		"part of one":      {`<h3>Управление снабжения</h3><p>(сырьё и материалы)</p><h4>Приёмная</h4><p>` + tel1 + `</p>`, []string{" | Управление снабжения. Приёмная | supply | " + num1}},
		"extension":        {`<p>Отдел продаж: ` + tel1 + ` (доб. 12)</p><p>Отдел снабжения: ` + tel1 + ` (доб. 14)</p>`, []string{" | Отдел продаж | sales | " + num1 + ";ext=12", " | Отдел снабжения | supply | " + num1 + ";ext=14"}},
		"mailbox":          {`<p>Для предложений: zakupki@vega.example</p>`, []string{" | Отдел снабжения | supply | zakupki@vega.example"}},
		"not the next one": {`<p>Отдел снабжения: ` + tel1 + `</p><p>Мы продаём болты.</p><p>` + tel2 + `</p>`, []string{" | Отдел снабжения | supply | " + num1}},
		"with a person":    {`<h3>Отдел снабжения</h3><p>` + tel1 + `</p><p>Инженер Вихров Пётр Ильич, ` + tel2 + `</p>`, []string{" | Отдел снабжения | supply | " + num1, "Вихров Пётр Ильич | Инженер, отдел снабжения | supply | " + num2}},
		"the person's own": {`<div class=c><p>Вихров Пётр Ильич</p><p>Директор</p></div><div class=c><p>Ласкина Зоя Ильинична</p><p>Юрист</p></div><p>` + tel3 + `</p>`, []string{"Вихров Пётр Ильич | Директор | head | ", "Ласкина Зоя Ильинична | Юрист | other | "}},
		"several":          {`<p>Директор Вихров Пётр Ильич</p><p>` + tel1 + `</p><p>Юрист Ласкина Зоя Ильинична</p><p>z@vega.example</p>`, []string{"Вихров Пётр Ильич | Директор | head | " + num1, "Ласкина Зоя Ильинична | Юрист | other | z@vega.example"}},
		"a card of three":  {`<div class=c><p>Главный механик</p><p>Вихров Пётр Ильич</p><p>Тел.: ` + tel3 + `</p></div><div class=c><p>Юрист</p><p>Ласкина Зоя Ильинична</p></div>`, []string{"Вихров Пётр Ильич | Главный механик | mechanic | " + num3, "Ласкина Зоя Ильинична | Юрист | other | "}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}
