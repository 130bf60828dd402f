package main

import (
	"encoding/hex"
	"fmt"
	"strconv"
)

// page is a whole HTML page.
func page(title, body string) string {
	return `<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>` + title + `</title></head><body>` + body + `</body></html>`
}

// called is what the site calls the firm.
func (f *firm) called() string {
	if f.sign != "" {
		return f.sign
	}
	return f.core
}

func (f *firm) legal() string {
	switch f.kind {
	case soleTrader:
		return "ИП " + f.who.String()
	case farmHead:
		return "КФХ " + f.who.String()
	case legalEntity:
	}
	return f.form + " «" + f.core + "»"
}

func (f *firm) address() string {
	return fmt.Sprintf("%s, г. %s, ул. Образцовая, д. %d", f.place.index, f.place.city, 1+f.number%90)
}

func (f *firm) lead() string {
	return "<h1>" + f.called() + "</h1><p>Мы — " + f.says + ". Работаем с " + strconv.Itoa(f.founded) + " года, цены от 1 500 руб.</p>"
}

func (f *firm) home(contacts string) string {
	nav := `<nav><a href="/">Главная</a> <a href="/uslugi">Услуги</a> <a href="/ceny">Цены</a> <a href="` + contacts + `">Контакты</a></nav>`
	more := ""
	if f.web == webTable {
		more = ` <a href="rekvizity.html">Реквизиты</a>`
	}
	return page(f.called(), "<header>"+nav+"</header>"+f.lead()+"<footer>© "+f.called()+more+
		` <a href="https://studio.example">Создание сайтов — Студия Пример</a></footer>`)
}

func (f *firm) requisites() string {
	text := fmt.Sprintf("%s, ИНН %s", f.legal(), f.inn)
	if f.kind == legalEntity {
		text = fmt.Sprintf("%s, ИНН/КПП %s/%s, ОГРН %s", f.legal(), f.inn, f.kpp(), f.ogrn)
	}
	return text + ", р/с 40702810000000000000 в АО «Примербанк», БИК 040000000"
}

func (f *firm) requisitesPage() string {
	return page("Реквизиты", "<h1>Реквизиты</h1><p>"+f.requisites()+"</p>")
}

// contacts has numbers as links and whom to ask for.
func (f *firm) contacts() string {
	return page("Контакты", fmt.Sprintf(`<h1>Контакты</h1>
<p>Телефон: <a href="tel:+7%[1]s">%[2]s</a></p>
<p>Отдел снабжения: <a href="tel:+7%[3]s">%[4]s</a>, <a href="mailto:snab@%[5]s">snab@%[5]s</a></p>
<p>E-mail: <a href="mailto:info@%[5]s">info@%[5]s</a></p>
<p>Адрес: %[6]s</p><p>Режим работы: пн–пт 9:00–18:00</p><p>%[7]s</p>`,
		f.desk, dashed(f.desk), f.direct, dashed(f.direct), f.site, f.address(), f.requisites()))
}

// table has departments in rows, one of them with a name.
func (f *firm) table() string {
	return page("Контакты", fmt.Sprintf(`<h1>Контактная информация</h1><table>
<tr><td>Приёмная</td><td>%s</td><td>office@%s</td></tr>
<tr><td>Главный механик<br>%s</td><td>%s</td><td></td></tr>
</table><p>%s</p>`, dashed(f.desk), f.site, f.who, dashed(f.direct), f.address()))
}

// marked has data for machines and a cloaked address.
func (f *firm) marked() string {
	return page("Контакты", fmt.Sprintf(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"LocalBusiness","name":%q,
"telephone":"+7%s","address":{"@type":"PostalAddress","addressLocality":%q,"streetAddress":"ул. Образцовая, д. %d"},"openingHours":"Mo-Fr 09:00-18:00"}</script>
<h1>Контакты</h1><p>Закупки: %s</p><p>Почта: <a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="%s">[email&#160;protected]</a></p><p>%s</p>`,
		f.called(), f.desk, f.place.city, 1+f.number%90, dashed(f.direct), cloaked("zakaz@"+f.site), f.requisites()))
}

// running has numbers in running text, the code given once.
func (f *firm) running() string {
	return page("Контакты", fmt.Sprintf(`<p>Звоните нам: %s (мобильный), отдел закупок 8 907 %s. Пишите: info [at] %s.</p><p>%s</p><p>%s</p>`,
		dashed(f.desk), f.direct[3:], f.site, f.address(), f.requisites()))
}

func (f *firm) footer() string {
	return fmt.Sprintf(`<footer><p>%s</p><p>Тел. %s, info@%s</p><p>%s</p></footer>`, f.address(), dashed(f.desk), f.site, f.requisites())
}

// dashed writes ten digits as people do.
func dashed(n string) string {
	return fmt.Sprintf("+7 (%s) %s-%s-%s", n[:3], n[3:6], n[6:8], n[8:])
}

// cloaked hides an address as a well-known delivery network does: each byte
// combined with a first one.
func cloaked(mail string) string {
	const key = 0x5a
	out := []byte{key}
	for i := range len(mail) {
		out = append(out, mail[i]^key)
	}
	return hex.EncodeToString(out)
}
