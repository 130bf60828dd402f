package people_test

import (
	"strings"
	"testing"
)

// cards makes a list of cards, each of lines in elements of their own classes.
func cards(all ...[]string) string {
	var b strings.Builder
	for _, lines := range all {
		b.WriteString(`<div class="card">`)
		for i, l := range lines {
			class := "text"
			if i == 0 {
				class = "head"
			}
			b.WriteString(`<div class="` + class + `">` + l + `</div>`)
		}
		b.WriteString("</div>\n")
	}
	return b.String()
}

const (
	petr  = "Вихров Пётр Ильич"
	zoya  = "Ласкина Зоя Ильинична"
	oleg  = "Ребров Олег Юрьевич"
	alla  = "Тетерина Алла Львовна"
	igor  = "Кулагин Игорь Львович"
	ghost = "Чудодей" // no post that is known, nor sounds like one
)

// One unknown post takes none of the others' from their places.
func TestCardsKeepTheirPosts(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"post first, one unknown": {cards([]string{"Директор", petr, tel1}, []string{ghost, zoya, tel2}, []string{"Юрист", oleg, tel3}, []string{"Логист", alla}), []string{
			petr + " | Директор | head | " + num1, oleg + " | Юрист | other | " + num3, alla + " | Логист | other | ",
		}},
		"post first, the first unknown": {cards([]string{ghost, petr, tel1}, []string{"Директор", zoya, tel2}, []string{"Юрист", oleg}), []string{
			zoya + " | Директор | head | " + num2, oleg + " | Юрист | other | ",
		}},
		"name first, one unknown": {cards([]string{petr, "Директор"}, []string{zoya, ghost}, []string{oleg, "Юрист"}), []string{
			petr + " | Директор | head | ", oleg + " | Юрист | other | ",
		}},
		"number in the line of the name": {cards([]string{"Директор", petr + " " + tel1}, []string{ghost, zoya + " " + tel2}, []string{"Юрист", oleg + " " + tel3}), []string{
			petr + " | Директор | head | " + num1, oleg + " | Юрист | other | " + num3,
		}},
		"a card without a name": {cards([]string{"Директор", petr + " " + tel1}, []string{"Электрик", tel2}, []string{"Сантехник", tel3}), []string{
			petr + " | Директор | head | " + num1, " | Электрик | engineer | " + num2, " | Сантехник | other | " + num3,
		}},
		"without boxes": {`<p>Директор<br>` + petr + `<br>` + ghost + `<br>` + zoya + `<br>Юрист<br>` + oleg + `<br>Логист<br>` + alla + `</p>`, []string{
			petr + " | Директор | head | ", oleg + " | Юрист | other | ", alla + " | Логист | other | ",
		}},
		"without boxes, names first": {`<p>` + petr + `<br>Директор<br>` + zoya + `<br>` + ghost + `<br>` + oleg + `<br>Юрист<br>` + alla + `<br>Логист</p>`, []string{
			petr + " | Директор | head | ", oleg + " | Юрист | other | ", alla + " | Логист | other | ",
		}},
		"numbers between": {`<p>` + ghost + `<br>` + petr + `<br>` + tel1 + `<br>Директор<br>` + zoya + `<br>` + tel2 + `</p>`, []string{
			zoya + " | Директор | head | " + num2,
		}},
		"headings": {`<h4>` + ghost + `</h4><p>` + petr + `</p><h4>Директор</h4><p>` + zoya + `</p><h4>Юрист</h4><p>` + oleg + `</p>`, []string{
			zoya + " | Директор | head | ", oleg + " | Юрист | other | ",
		}},
		"one line": {`<p>Чудодей ` + petr + `, директор ` + zoya + `</p>`, []string{zoya + " | директор | head | "}},
		"cells":    {`<table><tr><td>` + petr + `</td><td>` + ghost + `</td><td>` + zoya + `</td><td>Директор</td></tr></table>`, []string{zoya + " | Директор | head | "}},
		"an unknown trade in its place": {cards([]string{"Директор", petr}, []string{"Хореографист", zoya}, []string{"Юрист", oleg}), []string{
			petr + " | Директор | head | ", zoya + " | Хореографист | other | ", oleg + " | Юрист | other | ",
		}},
		"a town is no trade": {cards([]string{"Директор", petr}, []string{"Кунгур", zoya}, []string{"Юрист", oleg}), []string{
			petr + " | Директор | head | ", oleg + " | Юрист | other | ",
		}},
		"a number above everybody": {`<p>` + tel1 + `</p>` + cards([]string{petr, "Директор"}, []string{zoya, "Юрист"}), []string{
			petr + " | Директор | head | ", zoya + " | Юрист | other | ",
		}},
		"two lists in two orders": {`<h2>Правление</h2>` + cards([]string{"Директор", petr}, []string{"Юрист", oleg}) + `<h2>Снабжение</h2>` + cards([]string{zoya, "Менеджер по закупкам"}, []string{alla, "Логист"}), []string{
			petr + " | Директор | head | ", oleg + " | Юрист | other | ", zoya + " | Менеджер по закупкам | supply | ", alla + " | Логист, снабжение | supply | ",
		}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

func TestStandIns(t *testing.T) {
	for post, duty := range map[string]string{
		"И. о. директора": "head", "И.о. директора": "head", "И.О. директора": "head", "ио директора": "head", "Врио директора": "head", "ВрИО главного инженера": "engineer",
		"И. о. коммерческого директора": "sales", "И.о. главного механика": "mechanic", "Исполняющий обязанности начальника отдела снабжения": "supply",
		"Временно исполняющая обязанности главного бухгалтера": "accounts", "Вр. и. о. генерального директора": "head", "И. о. управляющего": "head",
		"Управляющий": "head", "Управляющая": "head", "Управляющая магазином": "head", "Помощник управляющей": "reception",
	} {
		t.Run(post, func(t *testing.T) {
			check(t, cards([]string{post, petr, tel1}, []string{"Юрист", oleg}), petr+" | "+post+" | "+duty+" | "+num1, oleg+" | Юрист | other | ")
			check(t, `<p>`+post+` `+petr+`</p>`, petr+" | "+post+" | "+duty+" | ")
		})
	}
	for _, text := range []string{"И. о.", "Управляющая компания", "Управляющая организация", "И. о. И. о."} {
		t.Run(text, func(t *testing.T) { check(t, `<p>`+text+` `+tel1+`</p>`) })
	}
}

func TestReachOfDepartments(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"columns of labels and values": {`<div class=b><div>Отдел закупок</div><div class=l><p>Телефон:<br>Бесплатный:</p></div><div class=v><p>` + tel1 + `<br>` + tel2 + `</p></div></div><div class=b><div>Склад</div><div class=l><p>Телефон:<br>Факс:</p></div><div class=v><p>` + tel3 + `</p></div></div>`, []string{
			" | Отдел закупок | supply | " + num1 + " " + num2, " | Склад | other | " + num3,
		}},
		"an address between":              {`<p><b>Склад:</b><br>г. Пермь, ул. Садовая, д. 5, офис 7<br>` + tel1 + `</p>`, []string{" | Склад | other | " + num1}},
		"hours between":                   {`<p><b>Отдел сбыта</b><br>Пн–Пт с 8:00 до 17:00<br>` + tel1 + `</p>`, []string{" | Отдел сбыта | sales | " + num1}},
		"an address in its line":          {`<p>Склад: г. Пермь, ул. Садовая, 5</p><p>` + tel1 + `</p>`, []string{" | Склад | other | " + num1}},
		"an address behind":               {`<p>Отдел сбыта: ` + tel1 + `</p><p>г. Кунгур, ул. Мира, 2</p><p>` + tel2 + `</p>`, []string{" | Отдел сбыта | sales | " + num1}},
		"hours behind":                    {`<p>Отдел сбыта</p><p>` + tel1 + `</p><p>Время работы: с 8-00 до 17-00</p><p>` + tel2 + `</p>`, []string{" | Отдел сбыта | sales | " + num1}},
		"towns in brackets":               {`<p>Магазины<br>` + tel1 + ` (Пермь)<br>` + tel2 + ` (Кунгур)</p>`, []string{" | Магазины | other | " + num1 + " " + num2}},
		"or":                              {`<p>Отдел сбыта:<br>` + tel1 + ` или ` + tel2 + `</p>`, []string{" | Отдел сбыта | sales | " + num1 + " " + num2}},
		"a comma list":                    {`<p>Приёмная: ` + tel1 + `, отдел кадров: ` + tel2 + `, сбыт: ` + tel3 + `</p><p>p@vega.example</p>`, []string{" | Приёмная | reception | " + num1, " | отдел кадров | staff | " + num2, " | сбыт | sales | " + num3}},
		"the address of one":              {`<h3>Адрес производства</h3><p>г. Пермь, ул. Садовая, 5</p><p>` + tel1 + `</p>`, nil},
		"a director's address":            {`<p>Директор ` + petr + `</p><p>г. Пермь, ул. Садовая, 5</p><p>` + tel1 + `</p>`, []string{petr + " | Директор | head | "}},
		"cards that begin with numbers":   {cards([]string{tel1, "Отдел закупок"}, []string{tel2, "Бухгалтерия"}), []string{" | Отдел закупок | supply | " + num1, " | Бухгалтерия | accounts | " + num2}},
		"a list that begins with numbers": {`<p>` + tel1 + `<br>Отдел закупок<br>` + tel2 + `<br>Бухгалтерия</p>`, []string{" | Отдел закупок | supply | " + num1, " | Бухгалтерия | accounts | " + num2}},
		"a list that ends with numbers":   {`<p>Отдел закупок<br>` + tel1 + `<br>Бухгалтерия<br>` + tel2 + `</p>`, []string{" | Отдел закупок | supply | " + num1, " | Бухгалтерия | accounts | " + num2}},
		"the firm's number below":         {`<p>Отдел закупок: ` + tel1 + `</p><p>Единый номер: ` + tel2 + `</p>`, []string{" | Отдел закупок | supply | " + num1}},
		"somebody's number below":         {`<p>Отдел закупок: ` + tel1 + `</p><p>Ольга: ` + tel2 + `</p>`, []string{" | Отдел закупок | supply | " + num1}},
		"the number above the name":       {cards([]string{"Секретарь", tel1, zoya}, []string{"Юрист", tel2, oleg}), []string{zoya + " | Секретарь | reception | " + num1, oleg + " | Юрист | other | " + num2}},
		"rows under a title":              {`<table><tr><td colspan=3>Отдел закупок</td></tr><tr><td>Начальник</td><td>` + petr + `</td><td>` + tel1 + `</td></tr><tr><td>Специалист</td><td>` + zoya + `</td><td>` + tel2 + `</td></tr></table>`, []string{petr + " | Начальник, отдел закупок | supply | " + num1, zoya + " | Специалист, отдел закупок | supply | " + num2}},
		"a department, a name and a post": {`<p>Снабжение</p><p>` + petr + `</p><p>Начальник</p><p>` + tel1 + `</p>`, []string{petr + " | Начальник, снабжение | supply | " + num1}},
		"a long address":                  {`<p>Отдел сбыта</p><p>614000, Пермский край, г. Пермь, ул. Садовая, д. 5, корпус 2, офис 7, второй этаж</p><p>` + tel1 + `</p>`, []string{" | Отдел сбыта | sales | " + num1}},
		"numbered offices":                {`<p>Офис 1: ` + tel1 + `</p><p>Офис2 ` + tel2 + `</p>`, nil},
		"an office in a town":             {`<p>Офис в Кунгуре: ` + tel1 + `</p>`, nil},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

func TestLabelsAmongDepartments(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"cards":           {cards([]string{"Приёмная", tel1}, []string{"Сбыт", tel2}, []string{"Настройка станков", tel3}), []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2, " | Настройка станков | other | " + num3}},
		"colons":          {`<p>Приёмная: ` + tel1 + `</p><p>Заточка резцов: ` + tel2 + `</p><p>Сбыт: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Заточка резцов | other | " + num2, " | Сбыт | sales | " + num3}},
		"lone":            {`<p>Заточка резцов: ` + tel2 + `</p>`, nil},
		"towns":           {`<p>Приёмная: ` + tel1 + `</p><p>Сбыт: ` + tel2 + `</p><p>Кунгур: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2}},
		"two-word towns":  {`<p>Приёмная: ` + tel1 + `</p><p>Сбыт: ` + tel2 + `</p><p>Нижний Новгород: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2}},
		"a name unheard":  {`<p>Приёмная: ` + tel1 + `</p><p>Сбыт: ` + tel2 + `</p><p>Гульчачак: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2}},
		"names of fields": {`<p>Приёмная: ` + tel1 + `</p><p>Сбыт: ` + tel2 + `</p><p>Единый номер: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2}},
		"a firm":          {`<p>Приёмная: ` + tel1 + `</p><p>Сбыт: ` + tel2 + `</p><p>ООО «Лира»: ` + tel3 + `</p>`, []string{" | Приёмная | reception | " + num1, " | Сбыт | sales | " + num2}},
	} {
		t.Run(name, func(t *testing.T) { check(t, tc.body, tc.want...) })
	}
}

func TestDirectories(t *testing.T) {
	card := `<p>Директор: ` + petr + `</p><p>Отдел снабжения: ` + tel1 + `</p>`
	for _, marks := range []string{
		`<p>Это ваша компания?</p><p>Управлять страницей</p>`,
		`<p>Каталог организаций</p><p>Карточка организации</p><p>Основной вид деятельности</p>`,
		`<p>Проверить контрагента</p><p>Дата регистрации 01.02.2003</p><p>Уставный капитал 10 000 руб.</p>`,
		`<p>ИНН 7707083893</p><p>ИНН 7736050003</p><p>ИНН 7728168971</p><p>ИНН 7744001497</p><p>ИНН 7702070139</p><p>ИНН 7710140679</p>`,
	} {
		check(t, card+marks)
	}
	for _, marks := range []string{
		`<p>Карточка организации</p><p>Уставный капитал 10 000 руб.</p><p>Дата регистрации 01.02.2003</p>`,
		`<p>ИНН 7707083893</p><p>ИНН 7736050003</p>`,
		`<p>Каталог предприятий</p>`,
	} {
		check(t, card+marks, petr+" | Директор | head | ", " | Отдел снабжения | supply | "+num1)
	}
}

func TestTowns(t *testing.T) {
	for _, text := range []string{"Отдел сбыта в Н. Новгороде", "Отдел сбыта, Г. Пермь", "Отдел сбыта, ул. П. И. Вихрова"} {
		for _, p := range read(t, "/contacts", `<p>`+text+`</p><p>`+tel1+`</p>`).People {
			if p.Name != "" {
				t.Errorf("%s: a person %q", text, p.Name)
			}
		}
	}
}
