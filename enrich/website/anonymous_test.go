package website

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// somebody is an invented person, written in all the ways that pages have.
type somebody struct {
	ways  []string // in texts
	latin []string // surname and first name, as addresses have them
}

var everybody = []somebody{
	{[]string{"Вихров Пётр Ильич", "Пётр Вихров", "Вихров П.И.", "П. И. Вихров", "ВИХРОВ ПЁТР", "вихров петр", "Вихрову Петру Ильичу", "Вихрова Петра", "Вихровым", "Пётр", "Петру Ильичу", "Vikhrov Petr"}, []string{"vikhrov", "petr"}},
	{[]string{"Ласкина Зоя Ильинична", "Зоя Ласкина", "Ласкина З.И", "Ласкиной Зое", "Зоя", "ЗОЯ", "зоя ласкина", "Laskina Zoya"}, []string{"laskina", "zoya"}},
	{[]string{"Шевчук Олег Адамович", "Олег Шевчук", "Шевчуку Олегу", "Шевчук О.А.", "шевчук", "Олег", "ШЕВЧУК", "Shevchuk Oleg"}, []string{"shevchuk", "oleg"}},
	{[]string{"Ахметзянов Ильнур Рашидович", "Ильнур Ахметзянов", "Ахметзянову Ильнуру", "Ильнур", "Akhmetzyanov Ilnur"}, []string{"akhmetzyanov", "ilnur"}},
	{[]string{"Цой Виктория", "Виктории Цой", "Виктория", "ЦОЙ В.", "Victoria Tsoy"}, []string{"tsoy", "victoria"}},
	{[]string{"Мастеров Лев Станкович", "Мастерова Льва", "Мастеров", "Лев Мастеров", "МАСТЕРОВ Л.С.", "Masterov Lev"}, []string{"masterov", "lev"}},
	{[]string{"Гургенидзе Нана", "Нана Гургенидзе", "Гургенидзе", "Нане", "Gurgenidze Nana"}, []string{"gurgenidze", "nana"}},
}

// spotsOf puts a name wherever one may stand on a page of contacts; the
// numbers differ.
func spotsOf(name string) (spots []string) {
	const phone = `+7 (907) 123-00-%02d`
	for i, format := range []string{
		`<p>%[1]s: %[2]s</p>`,
		`<p>%[2]s (%[1]s)</p>`,
		`<p>%[2]s - %[1]s</p>`,
		`<p>%[2]s, %[1]s</p>`,
		`<p>Звоните %[1]s %[2]s</p>`,
		`<p>Отдел снабжения, %[1]s: %[2]s</p>`,
		`<p>Менеджер %[1]s<br>%[2]s</p>`,
		`<h3>%[1]s</h3><p>%[2]s</p>`,
		`<h4>Директор %[1]s</h4><p>%[2]s <a href="mailto:zavod%[3]d@vega.example">%[1]s</a></p>`,
		`<div class=card><b>%[1]s</b><p>Главный механик</p><p>%[2]s</p></div><div class=card><b>%[1]s</b><p>Снабжение</p><p>%[2]s</p></div>`,
		`<table><tr><td>%[1]s<td>Главный инженер<td>%[2]s<td>box%[3]d@vega.example</table>`,
		`<table><tr><td>Отдел<td>Кто<td>Телефон</tr><tr><td>Закупки<td>%[1]s<td>%[2]s</tr></table>`,
		`<a href="tel:+790712300%02[3]d" title="%[1]s">%[1]s</a>`,
		`<p>Часы работы: Пн-Пт 9:00-18:00, %[1]s</p>`,
		`<p>Режим работы: пн-пт 9-18 (%[1]s)</p>`,
		`<p>Юридический адрес: 614000, г. Пермь, ул. Садовая, 5, %[1]s</p>`,
		`<p>ООО «Вега», директор %[1]s, действует на основании устава</p>`,
		`<p>Генеральный директор ООО «Вега» %[1]s</p>`,
		`<script type="application/ld+json">{"@type":"Organization","name":"ООО «Вега»","employee":{"@type":"Person","name":"%[1]s","jobTitle":"Директор %[1]s","telephone":"%[2]s"},"contactPoint":{"contactType":"%[1]s","telephone":"%[2]s"}}</script>`,
		`<div itemscope itemtype="http://schema.org/Person"><span itemprop="name">%[1]s</span><span itemprop="telephone">%[2]s</span></div>`,
		`<img alt="%[1]s"><p title="%[1]s">%[2]s</p>`,
		`<p>Приёмная: %[2]s. Спросить: %[1]s</p>`,
		`<footer><p>%[1]s %[2]s</p></footer>`,
	} {
		number := fmt.Sprintf(phone, i+10)
		spots = append(spots, fmt.Sprintf(format, name, number, i))
	}
	return spots
}

// linksOf are messengers, mailboxes and pages of somebody's own.
func linksOf(who somebody) string {
	last, first := who.latin[0], who.latin[1]
	mail := ""
	if len(last) > 4 { // less cannot be told from a word
		mail = `<a href="mailto:` + last + `@vega.example">почта</a>`
	}
	return fmt.Sprintf(`<div class=card><p>%[3]s</p><p>Менеджер</p><a href="https://t.me/%[1]s_%[2]s">Telegram</a></div>
		<p>Telegram: @%[1]s59</p><p><a href="https://t.me/vega_%[2]s_%[1]s">пишите</a></p><a href="skype:%[2]s.%[1]s">Skype</a>
		<a href="https://max.ru/u/%[1]s">MAX</a><p>Skype: %[1]s</p><a href="tg://resolve?domain=%[1]s_work">t</a>
		<p>%[2]s.%[1]s@vega.example, %[1]s_%[2]s@mail.ru</p>%[5]s
		<a href="/sotrudniki/%[1]s-%[2]s">Руководство</a><a href="/kontakty?who=%[1]s">Контакты</a><a href="/komanda/%[4]s">Команда</a>`,
		last, first, who.ways[0], url.PathEscape(who.ways[1]), mail)
}

// TestNobodyIsNamed: where named people are off, no word of a name that stands
// anywhere on a site is in what is answered or remembered; with them on, none is
// once the facts of persons are taken back.
func TestNobodyIsNamed(t *testing.T) {
	for _, who := range everybody {
		words := slices.Clone(who.latin)
		for _, way := range who.ways {
			words = append(words, wordsOf(way)...)
		}
		for _, way := range who.ways {
			t.Run(way, func(t *testing.T) {
				page := strings.Join(spotsOf(way), "") + linksOf(who)
				site := pages{"/": menu("/kontakty|Контакты", "/rekvizity|Реквизиты") + `<title>` + way + `</title>`, "/kontakty": page, "/rekvizity": detailsPage}
				for _, path := range []string{"/sotrudniki/" + who.latin[0] + "-" + who.latin[1], "/kontakty?who=" + who.latin[0], "/komanda/" + url.PathEscape(who.ways[1])} {
					site[path] = `<h1>` + way + `</h1><p>Отдел закупок: +7 (907) 123-00-77</p>` + menu("/sotrudniki/"+who.latin[0]+"-2|Руководство")
				}
				e, _ := at(t, map[string]http.Handler{"vega.example": site})
				c := firm(vega, "site=http://vega.example")
				a := ask(t, e, c, nil)
				if !a.Found || len(a.Observation.All(company.FieldPhone)) < 10 {
					t.Fatalf("found %v, numbers %s", a.Found, says(a.Observation, company.FieldPhone))
				}
				m, err := unpack(a.Memory)
				if err != nil {
					t.Fatal(err)
				}
				names(t, words, "answer", a.Observation)
				names(t, words, "memory", m)

				with := ask(t, e, c, nil, persons).Observation
				all := len(with.Facts)
				with.Facts = slices.DeleteFunc(with.Facts, func(f company.Fact) bool { return f.Subject == company.SubjectPerson })
				names(t, words, "facts of the firm", with)
				if all == len(with.Facts) {
					t.Error("no fact is of a person though persons may be named")
				}
			})
		}
	}
}

// TestNobodyIsNamedAlone is the same for pages that have a name in one spot only,
// so that nothing else on the page tells that it is one.
func TestNobodyIsNamedAlone(t *testing.T) {
	u := &url.URL{Scheme: "http", Host: "vega.example", Path: "/kontakty"}
	for _, who := range everybody {
		for _, way := range who.ways {
			for _, spot := range spotsOf(way) {
				f, err := Read(u, "text/html; charset=utf-8", []byte("<p>ООО «Вега», +7 (907) 123-00-41</p>"+spot))
				if err != nil {
					t.Fatal(err)
				}
				anonymize(&f)
				if len(f.Phones) == 0 {
					t.Errorf("%s: no number is left", spot)
				}
				names(t, slices.Concat(who.latin, wordsOf(way)), spot, f)
			}
		}
	}
}

// names reports the words of names in a value: long ones anywhere, short ones as
// words of their own.
func names(t *testing.T, words []string, what string, v any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(strings.ToLower(string(b)), "ё", "е")
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	all := wordsOf(text)
	for _, w := range words {
		if utf8.RuneCountInString(w) > 4 && strings.Contains(text, w) || utf8.RuneCountInString(w) > 1 && slices.Contains(all, w) {
			at := max(0, strings.Index(text, w)-60)
			t.Errorf("%s has %q: …%s…", what, w, strings.ToValidUTF8(text[at:min(len(text), at+160)], ""))
		}
	}
}

// TestLegalNames: the name of the firm stays, a sole proprietor's too; one that
// holds a person of the page goes.
func TestLegalNames(t *testing.T) {
	f := finding.Page{
		URL: "http://vega.example/", Names: []string{"ООО «Вега»", "ИП Вихров Пётр Ильич", "ООО «Вега» Вихров П.И."}, Addresses: []string{"г. Пермь, ул. Садовая, 5", "ул. Садовая, 5 Вихров"},
		People: []finding.Person{{Name: "Вихров Пётр Ильич", Post: "Директор"}},
	}
	anonymize(&f)
	if !slices.Equal(f.Names, []string{"ООО «Вега»", "ИП Вихров Пётр Ильич"}) || !slices.Equal(f.Addresses, []string{"г. Пермь, ул. Садовая, 5"}) {
		t.Errorf("names %q, addresses %q", f.Names, f.Addresses)
	}
}

func TestPlacesOnly(t *testing.T) {
	for in, want := range map[string]string{
		"614000, г. Пермь, ул. Садовая, 5, П. И. Вихров":       "614000, г. Пермь, ул. Садовая, 5",
		"614000, г. Пермь, ул. Садовая, 5, Зоя":                "614000, г. Пермь, ул. Садовая, 5",
		"З. И. Ласкина, 614000, г. Пермь, ул. А.С. Пушкина, 5": "614000, г. Пермь, ул. А.С. Пушкина, 5",
		"ул. Промышленная, 37, г. Кунгур, Пермский край":       "ул. Промышленная, 37, г. Кунгур, Пермский край",
		"Малые Вязы, Садовый пр., д. 17 к. 10, оф. 3":          "Малые Вязы, Садовый пр., д. 17 к. 10, оф. 3",
		"": "",
	} {
		if got := placesOnly([]string{in})[0]; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestImpersonal: words of work stay, whatever is not known goes.
func TestImpersonal(t *testing.T) {
	for _, s := range []string{
		"отдел снабжения", "Отдел закупок", "ОТДЕЛ СБЫТА", "факс", "тел./факс", "приёмная", "Приемная генерального директора", "Главный инженер", "гл. механик", "бухгалтерия",
		"отдел заказов", "Отдел по работе с поставщиками", "Начальник отдела материально-технического снабжения", "менеджер по продажам запчастей", "склад № 2", "офис, 3 этаж",
		"филиал в Волгограде", "г. Екатеринбург", "контакт-центр", "Диспетчерская (круглосуточно)", "круглосуточно", "горячая линия", "Пн-Пт 9:00–18:00, обед с 13 до 14", "ОМТС", "заместитель директора по производству",
		"Ремонтно-механический цех", "sales", "Отдел продаж оборудования", "Коммерческий отдел", "мобильный", "для поставщиков", "магазин запчастей", "Сервисный центр", "по вопросам закупок", "отдел кадров",
	} {
		if !impersonal(s) {
			t.Errorf("%q is taken for a name", s)
		}
	}
	for _, s := range []string{
		"", "и", "5", "Отдел Кадров Иван", "Мастеров", "Станков", "Менеджер Станков", "мастеров", "Столова", "Торгова", "Директор В.", "отдел снабжения (Зоя)", "ольга", "Ирина, бухгалтерия", "ИП Вихров",
		"Max", "спросить Олега", "Вихров", "вихровым", "склад\u0301", "Приёмная Цой", "М. Горький", "Владимир", "Королёв", "менеджеренко", "директоров", "Главнова",
	} {
		if impersonal(s) {
			t.Errorf("%q is taken for words of work", s)
		}
	}
}

func FuzzImpersonal(f *testing.F) {
	f.Add("Отдел снабжения", "Вихров")
	f.Add("тел./факс", "z\u0301")
	f.Fuzz(func(t *testing.T, label, name string) {
		if impersonal(label) && impersonal(label+" "+name) && !impersonal("отдел "+name) && strings.ContainsFunc(name, func(r rune) bool { return r >= 'а' && r <= 'я' }) {
			t.Errorf("%q hides %q", label, name)
		}
	})
}

func TestPlainAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"http://vega.example": true, "http://vega.example/": true, "https://vega.example/kontakty.html": true, "https://vega.example/o-kompanii/rekvizity/": true,
		"https://vega.example/контакты": true, "https://vega.example/%D0%BE-%D0%BA%D0%BE%D0%BC%D0%BF%D0%B0%D0%BD%D0%B8%D0%B8": true, "https://vega.example/index.php?id=12&lang=ru": true,
		"https://vega.example/contacts/2": true, "https://vega.example/otdel-snabzheniya": true, "https://vega.example/sotrudniki": true,
		"https://vega.example/sotrudniki/vihrov": false, "https://vega.example/vihrov.html": false, "https://vega.example/контакты/зоя": false, "https://vega.example/kontakty?who=zoya": false,
		"https://zoya@vega.example/": false, "https://vega.example/#zoya": false, "https://vega.example/kontaktyvihrov": false, "https://vega.example/%zz": false, "https://vega.example/?%zz": false,
	} {
		u, err := url.Parse(address)
		if got := err == nil && plainAddress(u); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestMessengers: nicks stay that are made of the firm's name; numbers that are
// not beside a name.
func TestMessengers(t *testing.T) {
	f := finding.Page{
		URL: "http://www.vega-metiz.example/kontakty",
		Messengers: []string{
			"telegram:@vegametiz", "telegram:@Vega_Metiz_bot", "telegram:@metiz_opt59", "skype:vega-metiz.ru", "whatsapp:+79071230041", "viber:+79071230042",
			"telegram:@vihrov", "telegram:@vegametiz_vihrov", "max:c0ffee12345", "skype:live:zoya", "telegram:@opt",
		},
		People: []finding.Person{{Name: "Вихров Пётр", Post: "Директор", Duty: company.DutyHead, Phones: []string{"+79071230042"}}, {Post: "Снабжение", Phones: []string{"+79071230041"}}},
	}
	anonymize(&f)
	if want := []string{"telegram:@vegametiz", "telegram:@Vega_Metiz_bot", "telegram:@metiz_opt59", "skype:vega-metiz.ru", "whatsapp:+79071230041"}; !slices.Equal(f.Messengers, want) {
		t.Errorf("%q, want %q", f.Messengers, want)
	}
}

// TestPersonal: mailboxes with a person's name are a person's, those of firms,
// departments and towns are not.
func TestPersonal(t *testing.T) {
	for address, want := range map[string]bool{
		"i.vihrov@zavod.ru": true, "vihrov@zavod.ru": true, "zoya@zavod.ru": true, "vihrov59@mail.ru": true, "zoya.tsoy@mail.ru": true, "laskina@zavod.ru": true, "shevchuk@zavod.ru": true, "вихров@завод.рф": true,
		"info@zavod.ru": false, "zavod59@mail.ru": false, "snab@zavod.ru": false, "vihrov@vihrov.ru": false, "saratov@zavod.ru": false, "metiz@zavod.ru": false, "vega-perm@mail.ru": false, "sales.vihrov@zavod.ru": false,
		"": false, "magazin@zavod.ru": false, "kamaz@yandex.ru": false,
	} {
		if got := personal(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
