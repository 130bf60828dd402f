package contact

import (
	"net/url"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
)

func read(t testing.TB, html string) finding.Page {
	t.Helper()
	u := &url.URL{Scheme: "https", Host: "zavod.example", Path: "/"}
	p, err := page.Parse(u, []byte(html), "text/html; charset=utf-8")
	if err != nil {
		t.Fatal(err)
	}
	f := finding.Page{URL: u.String()}
	Read(p, &f)
	return f
}

// show writes what was found in one line: values, labels in brackets.
func show(f finding.Page) string {
	var out []string
	for _, p := range f.Phones {
		out = append(out, labelled(p.Value, p.Label))
	}
	for _, e := range f.Emails {
		out = append(out, labelled(e.Value, e.Label))
	}
	out = append(out, f.Messengers...)
	if f.Hours != "" {
		out = append(out, "{"+f.Hours+"}")
	}
	return strings.Join(out, " ")
}

func labelled(value, label string) string {
	if label == "" {
		return value
	}
	return value + " [" + label + "]"
}

func TestRead(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{
			"what is shown counts, not where the link leads",
			`<a href="tel:+73422999999">+7 (342) 210-17-80</a> <a href="mailto:info@shablon.ru">info@zavod.ru</a>`,
			"+73422101780 info@zavod.ru",
		},
		{
			"a link that is wrong once is wrong behind an icon too",
			`<a href="tel:+73422999998"><img src="p.png"></a><p><a href="tel:+73422999998">+7 (342) 210-17-80</a></p>`,
			"+73422101780",
		},
		{"a button that dials", `<a href="tel:83422101780">Позвонить</a>`, "+73422101780"},
		{"mail with a subject, in percents", `<a href="mailto:%20info%40zavod.ru?subject=Заказ&bcc=autor@studio.ru">Написать</a>`, "info@zavod.ru"},
		{"mailto twice", `<a href="mailto:mailto:info@zavod.ru">Почта</a>`, "info@zavod.ru"},
		{"the firm's two boxes", `<a href="mailto:mir-zavod@yandex.ru">info@mirzavod.ru</a>`, "info@mirzavod.ru mir-zavod@yandex.ru"},
		{
			"labels before, after and above",
			`<p>Отдел снабжения: 8 (342) 210-17-80</p><p>8 (342) 210-17-81 (бухгалтерия)</p><p>8 (342) 210-17-82 - Директор</p>
			<h4>Приёмная</h4><p>8 (342) 210-17-83</p><p>priem@zavod.ru</p><p>Факс: 8 (342) 210-17-84</p>`,
			"+73422101780 [Отдел снабжения] +73422101781 [бухгалтерия] +73422101782 [Директор] +73422101783 [Приёмная] +73422101784 [Факс] priem@zavod.ru [Приёмная]",
		},
		{
			"a table", `<table><tr><td>Отдел сбыта</td><td>тел. 210-17-80</td><td>sbyt@zavod.ru</td></tr>
			<tr><td>Снабжение</td><td>(342) 210-17-81</td><td>snab@zavod.ru</td></tr></table>`,
			"+73422101781 [Снабжение] sbyt@zavod.ru [Отдел сбыта] snab@zavod.ru [Снабжение]",
		},
		{
			"split over tags", `<div>+7 <span>(342)</span> <b>210-17-80</b></div><span class="m">info</span><span>@</span><span>zavod.ru</span>`,
			"+73422101780 info@zavod.ru",
		},
		{"the code above", `<div><p>+7 (342)</p><p>210-17-80</p></div>`, "+73422101780"},
		{"an extension behind the link", `<a href="tel:+73422101780">+7 (342) 210-17-80</a> (доб. 12)`, "+73422101780;ext=12"},
		{
			"Cloudflare", `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="` + cloudflare("info@zavod.ru") + `">[email&#160;protected]</a>`,
			"info@zavod.ru",
		},
		{"entities", `&#105;nfo&#64;zavod&#46;ru`, "info@zavod.ru"},
		{"letters hidden between", `info<span style="display: none">nospam</span>@zavod.ru`, "info@zavod.ru"},
		{"in reverse", `<span style="unicode-bidi:bidi-override; direction: rtl">ur.dovaz@ofni</span>`, "info@zavod.ru"},
		{"halves in attributes", `<span data-name="info" data-domain="zavod" data-tld="ru"></span>`, "info@zavod.ru"},
		{"attributes", `<a class="b" data-phone="+7 (342) 210-17-80">Показать</a><span data-tel="83422101781"></span>`, "+73422101780 +73422101781"},
		{"microdata", `<meta itemprop="telephone" content="+7 342 210-17-80"><meta itemprop="email" content="info@zavod.ru">`, "+73422101780 info@zavod.ru"},
		{
			"JSON-LD", `<script type="application/ld+json">{"@graph":[{"@type":"Organization","telephone":["+7 342 210-17-80","8 (342) 210-17-81"],
			"contactPoint":{"email":"mailto:info@zavod.ru"},"review":[{"author":{"telephone":"+79071230045"}}]}]}</script>`,
			"+73422101780 +73422101781 info@zavod.ru",
		},
		{
			"comments, scripts, hints",
			`<!-- +7 (342) 210-17-80 --><script>var p="+7 (342) 210-17-81"</script><input placeholder="+7 (342) 210-17-82">
			<label>Телефон, например +7 (342) 210-17-83</label><s>+7 (342) 210-17-84</s><div hidden>+7 (342) 210-17-85</div>
			<select><option>+7 (342) 210-17-86</option></select><p>+7 (999) 999-99-99, test@test.ru, logo@2x.png</p>`, "",
		},
		{
			"the maker of the site",
			`<footer><p>Тел. 8 (342) 210-17-80</p><p>info@zavod.ru © Завод. Создание сайтов: web@studio.ru</p>
			<p>Разработка сайта:</p><p>8 (342) 210-17-99</p><a href="https://t.me/studio_web">Разработка</a></footer>`,
			"+73422101780 info@zavod.ru",
		},
		{
			"a studio's own page", `<main><h1>Создание сайтов</h1><p>Создание сайтов под ключ: 8 (342) 210-17-80</p>` + strings.Repeat("<p>Работы</p>", 20) + `</main>`,
			"+73422101780 [Создание сайтов под ключ]",
		},
		{"reviews", `<div class="reviews"><div class="reviews__item">Звоните мне 8 (342) 210-17-80, petr@mail.ru</div></div>`, ""},
		{
			"registers and accounts", `<p>ИНН/КПП: 5902000000/590201001</p><p>р/с 40702810907123004500</p><p>ОКПО 12345678, ОКАТО 57401372000</p><p>Тел.: 3422101780</p>`,
			"+73422101780",
		},
		{
			"messengers", `<a href="https://wa.me/79071230045?text=hi">W</a><a href="https://api.whatsapp.com/send?phone=+7 907 123-00-46">W</a>
			<a href="whatsapp://send?phone=79071230047">W</a><a href="https://t.me/zavod_perm">T</a><a href="tg://resolve?domain=zavod_two">T</a>
			<a href="https://t.me/+79071230045">T</a><a href="viber://chat?number=%2B79071230045">V</a><a href="https://max.ru/u/AbC-1_x">M</a><a href="skype:zavod.perm?call">S</a>`,
			"whatsapp:+79071230045 whatsapp:+79071230046 whatsapp:+79071230047 telegram:@zavod_perm telegram:@zavod_two telegram:+79071230045 viber:+79071230045 max:AbC-1_x skype:zavod.perm",
		},
		{"no messengers", `<a href="https://t.me/share/url?url=x">T</a><a href="https://wa.me/?text=x">W</a><a href="https://t.me/">T</a><a href="https://max.ru/">M</a>
			<a href="https://t.me/+AbCdEfGh">T</a><a href="viber://forward?text=x">V</a><a href="https://wa.me/79999999999">W</a><a href="https://vk.com/zavod">V</a>`, ""},
		{
			"messengers in words", `<p>Skype: zavod.perm</p><p>Телеграм: @zavod_perm</p><p>Скайп:</p><p>zavod.two</p>`,
			"skype:zavod.perm telegram:@zavod_perm skype:zavod.two",
		},
		{"hours", `<p>Режим работы</p><p>Пн–Пт: 9:00–18:00</p><p>Сб, Вс — выходной</p>`, "{Пн–Пт: 9:00–18:00; Сб, Вс — выходной}"},
		{
			"an extension in the text only", `<p><a href="tel:+73422101780">+7 (342) 210-17-80, вн. 3760</a></p><p>Приёмная <a href="tel:+73422101780"><i></i></a></p>`,
			"+73422101780;ext=3760 +73422101780 [Приёмная]",
		},
		{
			"messengers of a number", `<p>Телефон моб.(WhatsApp,Viber): +7 907 123-00-45</p><p>+7 907 123-00-46 — ватсап</p>`,
			"+79071230045 +79071230046 whatsapp:+79071230045 viber:+79071230045 whatsapp:+79071230046",
		},
		{
			"messengers that are not said of one number", `<p>+7 907 123-00-45, +7 907 123-00-46 (WhatsApp)</p><p>Звоните +7 907 123-00-47 или пишите в WhatsApp менеджеру</p>`,
			"+79071230045 +79071230046 +79071230047",
		},
		{"one messenger", `<a href="https://t.me/zavod_perm">Telegram <span>@ZAVOD_PERM</span></a>`, "telegram:@ZAVOD_PERM"},
		{"hours under days", `<div><p>Ежедневно</p><p>9:00–21:00</p></div>`, "{Ежедневно 9:00–21:00}"},
		{
			"short in a link beside", `<p>Тел/факс: <a href="tel:+73422101780">+7 (342) 210-17-80</a> <a href="tel:+73422781810">278-18-10</a></p>`,
			"+73422101780 [тел./факс] +73422781810 [тел./факс]",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(read(t, tt.html)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// cloudflare hides an address as Cloudflare does.
func cloudflare(s string) string {
	const hex, key = "0123456789abcdef", 0x5a
	out := []byte{hex[key>>4], hex[key&15]}
	for i := range len(s) {
		c := s[i] ^ key
		out = append(out, hex[c>>4], hex[c&15])
	}
	return string(out)
}

func TestHours(t *testing.T) {
	for text, want := range map[string]bool{
		"Пн-Пт 9.00-18.00":                    true,
		"Ежедневно с 9 до 21":                 true,
		"Режим работы: круглосуточно":         true,
		"пн.–пт. 8:30 — 17:15, обед 12–13":    true,
		"Работаем с 2005 года":                false,
		"Пн-Пт":                               false,
		"10 лет на рынке, 5 филиалов":         false,
		"Пн-Пт 9-18, тел. +7 (342) 210-17-80": false,
	} {
		if got := tellsHours(text); got != want {
			t.Errorf("tellsHours(%q) = %v", text, got)
		}
	}
}
