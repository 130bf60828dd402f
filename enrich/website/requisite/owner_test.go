package requisite_test

import (
	"slices"
	"strings"
	"testing"
)

// A page's own number is told from those of firms that are named beside it.
func TestOwners(t *testing.T) {
	const own = `<footer>© ООО «Вега», ИНН {ИНН}</footer>`
	for name, tc := range map[string]struct{ body, want string }{
		"an offer":                {`<p>ООО «Вега», именуемое в дальнейшем Исполнитель, предлагает заключить договор.</p><h2>Реквизиты</h2><p>Исполнитель: ООО «Вега», ИНН {ИНН}</p><p>Заказчик: ООО «Лира», ИНН {ЛИРА}</p>`, "{ИНН}"},
		"an offer in two columns": {`<table><tr><td>Исполнитель</td><td>Заказчик:</td></tr><tr><td>ООО «Вега»<br>ИНН {ИНН}</td><td>ООО «___»<br>ИНН ______</td></tr></table>`, "{ИНН}"},
		"a policy":                {`<p>Оператор: ООО «Вега» (ИНН {ИНН}). Данные передаются третьим лицам: ООО «Лира» (ИНН {ЛИРА}).</p>`, "{ИНН}"},
		"a processor":             {`<p>Обработку по поручению оператора ведёт общество с ограниченной ответственностью «Лира» (ООО «Лира»), ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"a counter of visitors":   {`<p>Сайт использует Яндекс.Метрику, услугу ООО «Лира», ИНН {ЛИРА}</p>`, ""},
		"a known service":         {`<p>Письма отправляет ООО «Яндекс», ИНН {ЛИРА}</p>`, ""},
		"hosting":                 {`<p>Хостинг-провайдер: ООО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"hosting alone":           {`<p>Хостинг предоставляет ООО «Лира», ИНН {ЛИРА}</p>`, ""},
		"hosting in cells":        {`<table><tr><td>Хостинг-провайдер</td><td>ООО «Лира»</td></tr><tr><td>ИНН</td><td>{ЛИРА}</td></tr></table>`, ""},
		"hosting, lines":          {`<p>Хостинг:</p><p>ООО «Лира»</p><p>ИНН {ЛИРА}</p>`, ""},
		"a heading of hosting":    {`<h3>Сведения о хостинге:</h3><p>ИНН {ЛИРА}</p>`, ""},
		"a payment service":       {`<p>Приём платежей: ООО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"own behind a service":    {`<p>Хостинг: ООО «Лира». © ООО «Вега», ИНН {ИНН}</p>`, "{ИНН}"},
		"own below a studio":      {`<footer><p>Разработка сайта — студия «Лира», Пермь, недорого и в срок</p><p>ООО «Полюс» ИНН {ИНН}</p></footer>`, "{ИНН}"},
		"own in a host's name":    {`<p>ООО «Хостинг-Полюс», ИНН {ИНН}</p>`, "{ИНН}"},
		"an advertisement":        {`<p>Реклама. ООО «Лира», ИНН {ЛИРА}, erid: 2Vtz</p>` + own, "{ИНН}"},
		"an advertiser":           {`<p>Рекламодатель: АО «Лира» ИНН {ЛИРА}</p>`, ""},
		"a franchise":             {`<p>Правообладатель товарного знака — ООО «Лира», ИНН {ЛИРА}</p><footer>ИП Вихров П.И., ИНН {ИНН12}</footer>`, "{ИНН12}"},
		"a franchise of the name": {`<p>Работаем по франшизе: ООО «Вега», ИНН {ЛИРА}</p><footer>ИП Вихров П.И., ИНН {ИНН12}</footer>`, "{ИНН12}"},
		"a landlord":              {`<p>Арендодатель: ООО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"a landlord's own site":   {`<p>Арендодатель: ООО «Полюс», ИНН {ЛИРА}</p>`, "{ЛИРА}"},
		"a maker of goods":        {`<p>Изготовитель: ООО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"a maker's own site":      {`<p>Изготовитель: ООО «Полюс», ИНН {ЛИРА}</p>`, "{ЛИРА}"},
		"a union of builders":     {`<p>Член СРО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"an insurer":              {`<p>Страховщик: АО «Лира», ИНН {ЛИРА}</p>` + own, "{ИНН}"},
		"a director's":            {`<p>ООО «Вега», ИНН {ИНН}</p><p>Генеральный директор Вихров Пётр Ильич, ИНН {ИНН12}</p>`, "{ИНН}"},
		"an entrepreneur's":       {`<p>Руководитель: ИП Вихров Пётр Ильич, ИНН {ИНН12}</p>`, "{ИНН12}"},
		"an own shop":             {`<p>Продавец: ООО «Полюс», ИНН {ИНН}. Доставку осуществляет АО «Лира», ИНН {ЛИРА}.</p>`, "{ИНН}"},
		"own, told of others":     {`<p>Мы не передаём данные клиентов третьим лицам, кроме случаев, предусмотренных законодательством Российской Федерации. ООО «Полюс», ИНН {ИНН}</p>`, "{ИНН}"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := read(t, tc.body).INNs, strings.Fields(fill(tc.want)); !slices.Equal(got, want) {
				t.Errorf("INNs = %v, want %v", got, want)
			}
		})
	}
}

// The names of such firms are not the site's either.
func TestOwnersNames(t *testing.T) {
	for name, body := range map[string]string{
		"hosting":       `<table><tr><td>Хостинг-провайдер</td><td>ООО «Лира»</td></tr><tr><td>ИНН</td><td>{ЛИРА}</td></tr></table>`,
		"advertisement": `<footer><p>Реклама. ООО «Лира», ИНН {ЛИРА}</p></footer>`,
		"a franchise":   `<p>Товарный знак принадлежит ООО «Лира», ИНН {ЛИРА}</p>`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, body+`<footer>© ООО «Полюс»</footer>`).Names; len(got) == 0 || got[0] != "ООО «Полюс»" {
				t.Errorf("Names = %q, want first ООО «Полюс»", got)
			}
		})
	}
}
