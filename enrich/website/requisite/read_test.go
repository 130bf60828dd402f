package requisite_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/enrich/website/requisite"
	"obzvon/pipeline/company"
)

// number completes digits by those that make the checksum right.
func number(parse func(string) bool, prefix string, missing int) string {
	for i := range 100 {
		s := prefix + fmt.Sprintf("%0*d", missing, i)
		if len(s) == len(prefix)+missing && parse(s) {
			return s
		}
	}
	panic("no checksum for " + prefix)
}

func validINN(s string) bool  { _, err := company.ParseINN(s); return err == nil }
func validOGRN(s string) bool { _, err := company.ParseOGRN(s); return err == nil }

// Numbers of invented firms.
var (
	vega     = number(validINN, "590299417", 1)
	vegaOGRN = number(validOGRN, "116595800417", 1)
	lira     = number(validINN, "667099318", 1)
	bank     = number(validINN, "770099216", 1)
	sole     = number(validINN, "5904990311", 2)
	soleOGRN = number(validOGRN, "31659580041723", 1)
)

func fill(s string) string {
	return strings.NewReplacer("{ИНН}", vega, "{ОГРН}", vegaOGRN, "{ЛИРА}", lira, "{БАНК}", bank, "{ИНН12}", sole, "{ОГРНИП}", soleOGRN).Replace(s)
}

func read(t testing.TB, body string) finding.Page {
	t.Helper()
	u, err := url.Parse("https://vega-perm.example/contacts/")
	if err != nil {
		t.Fatal(err)
	}
	p, err := page.Parse(u, []byte(fill(body)), "text/html; charset=utf-8")
	if err != nil {
		t.Fatal(err)
	}
	var f finding.Page
	requisite.Read(p, &f)
	return f
}

func TestNumbers(t *testing.T) {
	grouped := vega[:4] + " " + vega[4:7] + " " + vega[7:]
	for name, tc := range map[string]struct {
		body            string
		inn, ogrn, kpps string
	}{
		"a line each":         {`<p>ИНН {ИНН}</p><p>КПП 590201001</p><p>ОГРН {ОГРН}</p>`, "{ИНН}", "{ОГРН}", "590201001"},
		"one label for two":   {`<p>ИНН/КПП: {ИНН}/590201001</p>`, "{ИНН}", "", "590201001"},
		"spaces around":       {`<p>ИНН / КПП {ИНН} / 590201001</p>`, "{ИНН}", "", "590201001"},
		"the other order":     {`<p>КПП/ИНН 590201001/{ИНН}</p>`, "{ИНН}", "", "590201001"},
		"a dotted line":       {`<p>ООО «Вега» · ИНН {ИНН} · ОГРН {ОГРН}</p>`, "{ИНН}", "{ОГРН}", ""},
		"cells":               {`<table><tr><td>ИНН</td><td>{ИНН}</td></tr><tr><td>ОГРН:</td><td>{ОГРН}</td></tr></table>`, "{ИНН}", "{ОГРН}", ""},
		"a cell for two":      {`<table><tr><td>ИНН/КПП</td><td>{ИНН}/590201001</td></tr></table>`, "{ИНН}", "", "590201001"},
		"cells below":         {`<table><tr><th>ИНН</th><th>ОГРН</th></tr><tr><td>{ИНН}</td><td>{ОГРН}</td></tr></table>`, "{ИНН}", "{ОГРН}", ""},
		"a list of terms":     {`<dl><dt>ИНН</dt><dd>{ИНН}</dd><dt>ОГРН</dt><dd>{ОГРН}</dd></dl>`, "{ИНН}", "{ОГРН}", ""},
		"labels, then values": {`<div>ИНН</div><div>ОГРН</div><div>{ИНН}</div><div>{ОГРН}</div>`, "{ИНН}", "{ОГРН}", ""},
		"digits in groups":    {`<p>ИНН: ` + grouped + `</p>`, "{ИНН}", "", ""},
		"words for a label":   {`<p>Основной государственный регистрационный номер (ОГРН) {ОГРН}</p><p>Идентификационный номер налогоплательщика: {ИНН}</p>`, "{ИНН}", "{ОГРН}", ""},
		"a date behind":       {`<p>ОГРН: {ОГРН} от 1 марта 2016 года</p>`, "", "{ОГРН}", ""},
		"glued":               {`<p>РеквизитыИП Вихров Пётр Ильич ИНН{ИНН12} ОГРНИП{ОГРНИП}</p>`, "{ИНН12}", "{ОГРНИП}", ""},
		"a small label":       {`<p>Инн {ИНН}, кпп 590201001</p>`, "{ИНН}", "", "590201001"},
		"json-ld":             {`<script type="application/ld+json">{"@type":"Organization","taxID":"{ИНН}"}</script><p>Вега</p>`, "{ИНН}", "", ""},
		"microdata":           {`<div itemscope itemtype="https://schema.org/Organization"><span itemprop="taxID">{ИНН}</span></div>`, "{ИНН}", "", ""},

		"the bank's label":        {`<p>ИНН {ИНН}</p><p>ИНН банка {БАНК}</p>`, "{ИНН}", "", ""},
		"behind the bank's name":  {`<p>ООО «Вега», ИНН {ИНН}</p><p>р/с 40702810900000000001 в ПАО «Энский банк», БИК 045773001, ИНН {БАНК}</p>`, "{ИНН}", "", ""},
		"below the bank's name":   {`<h2>Реквизиты</h2><p>ООО «Вега»</p><p>ИНН {ИНН}</p><p>Банк: ПАО «Энский банк»</p><p>БИК 045773001</p><p>ИНН {БАНК}</p>`, "{ИНН}", "", ""},
		"own behind the bank":     {`<p>Банк ПАО «Энский банк», БИК 045773001</p><p>ОГРН {ОГРН}</p>`, "", "{ОГРН}", ""},
		"the studio's":            {`<footer><p>© ООО «Вега» ИНН {ИНН}</p><p>Разработка сайта: ООО «Лира», ИНН {ЛИРА}</p></footer>`, "{ИНН}", "", ""},
		"a client's":              {`<p>ИНН {ИНН}</p><h2>Наши клиенты</h2><p>ООО «Лира», ИНН {ЛИРА}</p>`, "{ИНН}", "", ""},
		"the payment service's":   {`<p>ООО «Вега» ИНН {ИНН}</p><p>Платежи принимает платёжный агрегатор ООО «Лира» ИНН {ЛИРА}</p>`, "{ИНН}", "", ""},
		"two of one group":        {`<h2>Реквизиты</h2><p>1. ООО «Вега» ИНН {ИНН}</p><p>2. ООО «Лира» ИНН {ЛИРА}</p>`, "{ИНН} {ЛИРА}", "", ""},
		"the site's name first":   {`<h2>Реквизиты</h2><p>ООО «Лира» ИНН {ЛИРА}</p><p>ОКПО 00000000</p><p>ОКВЭД 46.69</p><p>Прочее</p><footer>ООО «Вега» ИНН {ИНН}</footer>`, "{ИНН} {ЛИРА}", "", ""},
		"a placeholder":           {`<p>ИНН 1234567894 ОГРН 1234567890123 КПП 123456789</p>`, "", "", ""},
		"a blank":                 {`<p>ИНН_________, ОГРН__________</p>`, "", "", ""},
		"zeros":                   {`<p>ИНН 0000000000</p>`, "", "", ""},
		"a wrong checksum":        {`<p>ИНН 5902994171, ОГРН 1165958004170</p>`, "", "", ""},
		"a word that begins so":   {`<p>ИННовации {ИНН}</p>`, "", "", ""},
		"a number without label":  {`<p>{ИНН}</p>`, "", "", ""},
		"КПП alone":               {`<p>КПП 590201001</p>`, "", "", ""},
		"what a form asks for":    {`<p>Укажите ИНН вашей организации; телефон +7 907 000-00-01</p>`, "", "", ""},
		"a number after the text": {`<p>ИНН и ОГРН высылаем по запросу. Заказ № {ИНН}</p>`, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, tc.body)
			for _, c := range []struct {
				field, want string
				got         []string
			}{{"INNs", tc.inn, f.INNs}, {"OGRNs", tc.ogrn, f.OGRNs}, {"KPPs", tc.kpps, f.KPPs}} {
				if want := strings.Fields(fill(c.want)); !slices.Equal(c.got, want) {
					t.Errorf("%s = %v, want %v", c.field, c.got, want)
				}
			}
		})
	}
}

func TestManyOwners(t *testing.T) {
	var b strings.Builder
	for i := range 6 {
		fmt.Fprintf(&b, "<p>ООО «Фирма %c», ИНН %s</p>", 'А'+i, number(validINN, fmt.Sprintf("59029%04d", 5000+37*i), 1))
	}
	if f := read(t, b.String()); len(f.INNs) != 0 {
		t.Errorf("a list of firms: INNs = %v", f.INNs)
	}
	if f := read(t, b.String()+`<footer>ООО «Вега» ИНН {ИНН}</footer>`); !slices.Equal(f.INNs, []string{vega}) {
		t.Errorf("with a footer: INNs = %v, want %s", f.INNs, vega)
	}
}

func TestNames(t *testing.T) {
	for name, tc := range map[string]struct {
		body, want string
	}{
		"copyright":             {`<footer>© 2020 ООО «Полюс-М». Все права защищены</footer>`, `ООО «Полюс-М»`},
		"straight quotes":       {`<footer>© ООО "Полюс"</footer>`, `ООО "Полюс"`},
		"curly quotes":          {`<footer>© ООО “Полюс”</footer>`, `ООО “Полюс”`},
		"low quotes":            {`<footer>© ООО „Полюс“</footer>`, `ООО „Полюс“`},
		"inner quotes":          {`<footer>© ООО "ТД "Полюс"</footer>`, `ООО "ТД "Полюс"`},
		"inner quotes closed":   {`<footer>© ООО «ТД «Полюс»», 2020</footer>`, `ООО «ТД «Полюс»»`},
		"inner quotes open":     {`<footer>© АО «Полюс — компания «Ось», 2020</footer>`, `АО «Полюс — компания «Ось»`},
		"words before quotes":   {`<footer>© ООО Торговый дом "Полюс"</footer>`, `ООО Торговый дом "Полюс"`},
		"no quotes":             {`<footer>© ООО Полюс Сервис, 2020</footer>`, `ООО Полюс Сервис`},
		"no quotes, a label":    {`<footer>ООО Полюс ИНН {ИНН}</footer>`, `ООО Полюс`},
		"full form":             {`<p>Общество с ограниченной ответственностью «Полюс»</p><p>ИНН {ИНН}</p>`, `Общество с ограниченной ответственностью «Полюс»`},
		"full form, two lines":  {`<h2>Реквизиты</h2><p>Общество с ограниченной ответственностью</p><p>«Полюс»</p><p>ИНН {ИНН}</p>`, `Общество с ограниченной ответственностью «Полюс»`},
		"label":                 {`<p>Полное наименование: ЗАО «Полюс»</p>`, `ЗАО «Полюс»`},
		"label cell":            {`<table><tr><td>Сокращённое наименование</td><td>ПАО «Полюс»</td></tr></table>`, `ПАО «Полюс»`},
		"number below":          {`<p>ООО «Полюс»</p><p>ИНН {ИНН}</p>`, `ООО «Полюс»`},
		"entrepreneur":          {`<p>ИП Вихров Пётр Ильич</p><p>ИНН {ИНН12}</p>`, `ИП Вихров Пётр Ильич`},
		"entrepreneur initials": {`<footer>© ИП Вихров П.И., 2020</footer>`, `ИП Вихров П.И.`},
		"entrepreneur in full":  {`<p>Индивидуальный предприниматель Вихров Пётр Ильич ИНН {ИНН12} ОГРНИП {ОГРНИП}</p>`, `Индивидуальный предприниматель Вихров Пётр Ильич`},
		"initials like a town":  {`<footer>© ИП Вихров А.Г., 2020</footer>`, `ИП Вихров А.Г.`},
		"a town behind":         {`<footer>© ИП Вихров П.И. г. Пермь</footer>`, `ИП Вихров П.И.`},
		"a town in capitals":    {`<footer>© ИП ВИХРОВ П.И. Г. ПЕРМЬ</footer>`, `ИП ВИХРОВ П.И.`},
		"misspelt":              {`<footer>© Общество с ограниченой ответсвенностью «Полюс»</footer>`, `Общество с ограниченной ответственностью «Полюс»`},
		"misspelt in capitals":  {`<footer>© ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬ «ПОЛЮС», ОБЩЕСТВО С ОГРАНИЧЕНОЙ ОТВЕСТВЕННОСТЬЮ «ОСЬ»</footer>`, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «ОСЬ»`},
		"a partnership":         {`<footer>© ТСЖ «Полюс»</footer>`, `ТСЖ «Полюс»`},
		"oglu":                  {`<footer>© ИП Вихров Пётр Ильхам оглы</footer>`, `ИП Вихров Пётр Ильхам оглы`},
		"farm":                  {`<footer>© КФХ «Полюшко»</footer>`, `КФХ «Полюшко»`},
		"policy":                {`<p>Настоящая политика составлена ООО «Полюс» (далее – Оператор).</p>`, `ООО «Полюс»`},
		"json-ld":               {`<script type="application/ld+json">{"@type":"LocalBusiness","legalName":"ООО «Полюс»"}</script>`, `ООО «Полюс»`},
		"named as the host":     {`<p>ООО «Вега» поставляет метизы.</p>`, `ООО «Вега»`},
		"above the card":        {`<p>ООО «Полюс»</p><p>Адрес: г. Пермь, ул. Садовая, д. 5</p><p>Тел.: +7 907 000-00-01</p>`, `ООО «Полюс»`},

		"a cell of its own":                    {`<table><tr><td>ИП</td><td>Вихров П.И.</td></tr><tr><td>ИНН</td><td>{ИНН12}</td></tr></table>`, `ИП Вихров П.И.`},
		"the name's own label":                 {`<h2>Индивидуальный предприниматель</h2><p>ФИО: Вихров Пётр Ильич</p><p>ИНН {ИНН12}</p>`, `Индивидуальный предприниматель Вихров Пётр Ильич`},
		"the heading says so":                  {`<p>Наши реквизиты</p><p>ООО «Полюс»</p><p>Юр. адрес: г. Пермь, Садовый проезд, 5</p><p>Р/с 40702810900000000001 в ПАО «Энский банк»</p><p>ИНН {ИНН}</p>`, `ООО «Полюс»`},
		"words below the form":                 {`<p>Акционерное общество</p><p>торговый дом «Полюс»</p><p>ИНН {ИНН}</p>`, `Акционерное общество торговый дом «Полюс»`},
		"a sentence below the form":            {`<p>Наименование: Акционерное общество</p><p>Завод «Полюс» построен давно</p>`, ``},
		"the form in Latin":                    {`<div>Полное наименование</div><div>OOO «Полюс»</div>`, `ООО «Полюс»`},
		"above a card without a street's kind": {`<h3>ООО «Полюс»</h3><p>г.Пермь, Садовая, 107</p><p>(342) 214-27-11</p>`, `ООО «Полюс»`},
		"a form on its line":                   {`<h2>Индивидуальный предприниматель</h2><p>Вихров Пётр Ильич</p><p>ИНН {ИНН12}</p>`, `Индивидуальный предприниматель Вихров Пётр Ильич`},

		"the bank's label":      {`<table><tr><td>Полное наименование учреждения банка</td><td>ПАО ЭНСКИЙ БАНК</td></tr></table>`, ``},
		"a client":              {`<h2>Наши клиенты</h2><p>ООО «Полюс»</p>`, ``},
		"in passing":            {`<p>Отгрузили шестерни для ООО «Полюс» в срок.</p>`, ``},
		"the bank's requisites": {`<p>Банковские реквизиты</p><p>ПАО «Энский банк»</p>`, ``},
		"the bank":              {`<p>Расчётный счёт 40702810900000000001 в ПАО «Энский банк», БИК 045773001</p>`, ``},
		"the bank below":        {`<table><tr><td>Банк</td><td>ПАО «Энский банк»</td></tr></table>`, ``},
		"the studio":            {`<footer>Разработка сайта: ООО «Полюс»</footer>`, ``},
		"a blank":               {`<footer>© ООО «Название компании»</footer>`, ``},
		"a form alone":          {`<p>Полное наименование:</p><p>Общество с ограниченной ответственностью</p>`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, tc.body).Names
			if tc.want == "" && len(got) == 0 {
				return
			}
			if len(got) == 0 || got[0] != tc.want {
				t.Errorf("Names = %q, want first %q", got, tc.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"label":                    {`<p>Адрес: 614000, Пермский край, г. Пермь, ул. Садовая, д. 5, офис 12</p>`, []string{"614000, Пермский край, г. Пермь, ул. Садовая, д. 5, офис 12"}},
		"no label":                 {`<p>г. Пермь, ул. Садовая, 5</p>`, []string{"г. Пермь, ул. Садовая, 5"}},
		"street behind":            {`<p>Пермь, Садовое шоссе, 5а</p>`, []string{"Пермь, Садовое шоссе, 5а"}},
		"phone behind":             {`<p>г. Пермь, ул. Садовая, 5 +7 907 000-00-01</p>`, []string{"г. Пермь, ул. Садовая, 5"}},
		"phone with eight":         {`<p>г. Пермь, ул. Садовая, 5 8 (907) 000-00-01</p>`, []string{"г. Пермь, ул. Садовая, 5"}},
		"two lines":                {`<p>614000, г. Пермь,<br>ул. Садовая, д. 5, корп. 2</p>`, []string{"614000, г. Пермь, ул. Садовая, д. 5, корп. 2"}},
		"a break, a town":          {`<p>614000, г. Пермь<br>ул. Садовая, 10а</p>`, []string{"614000, г. Пермь, ул. Садовая, 10а"}},
		"a break, a country":       {`<p>222000, Республика Беларусь<br>г. Энск, ул. Садовая, 8</p>`, []string{"222000, Республика Беларусь, г. Энск, ул. Садовая, 8"}},
		"a break, no digit":        {`<p>Пермский край<br>г. Пермь<br>ул. Садовая, 8</p>`, []string{"Пермский край, г. Пермь, ул. Садовая, 8"}},
		"a break, no kind":         {`<p>Пермь<br>Садовая ул., 8</p>`, []string{"Пермь, Садовая ул., 8"}},
		"no break of one":          {`<p>Поставки в г. Пермь</p><p>Офис: ул. Садовая, 8</p>`, []string{"ул. Садовая, 8"}},
		"a holiday":                {`<p>г. Энск, ул. 1 Мая, 1</p>`, []string{"г. Энск, ул. 1 Мая, 1"}},
		"years":                    {`<p>г. Энск, ул. 50 лет Октября, 12, офис 3</p>`, []string{"г. Энск, ул. 50 лет Октября, 12, офис 3"}},
		"years in one word":        {`<p>г. Энск, пр. 60-летия Победы 7</p>`, []string{"г. Энск, пр. 60-летия Победы 7"}},
		"an ordinal":               {`<p>г. Энск, ул. 3-я Садовая, д. 16</p>`, []string{"г. Энск, ул. 3-я Садовая, д. 16"}},
		"an ordinal behind":        {`<p>г. Энск, ул. Садовая 3-я, 16</p>`, []string{"г. Энск, ул. Садовая 3-я, 16"}},
		"an ordinal before":        {`<p>г. Энск, 3-я Садовая ул., 16</p>`, []string{"г. Энск, 3-я Садовая ул., 16"}},
		"counted heroes":           {`<p>г. Энск, ул. 26 Бакинских комиссаров, 5</p>`, []string{"г. Энск, ул. 26 Бакинских комиссаров, 5"}},
		"a town behind":            {`<p>Садовая ул. 5 Пермь 614000</p>`, []string{"Садовая ул. 5"}},
		"an office behind":         {`<p>г. Энск, ул. Садовая 5 Офис 3</p>`, []string{"г. Энск, ул. Садовая 5 Офис 3"}},
		"house below":              {`<p>Пермь, ул. Большая Садовая<br>д. 60А, офис 103</p>`, []string{"Пермь, ул. Большая Садовая д. 60А, офис 103"}},
		"place behind":             {`<p>ул. Садовая, 37, г. Энск, Энская область, 614000</p>`, []string{"ул. Садовая, 37, г. Энск, Энская область, 614000"}},
		"the legal first":          {`<p>Фактический адрес: г. Пермь, ул. Садовая, 5</p><p>Юридический адрес: г. Пермь, ул. Полевая, 7</p>`, []string{"г. Пермь, ул. Полевая, 7", "г. Пермь, ул. Садовая, 5"}},
		"one said twice":           {`<p>Адрес: 614000, г. Пермь, ул. Садовая, д. 5</p><footer>Пермь, ул. Садовая, дом 5</footer>`, []string{"614000, г. Пермь, ул. Садовая, д. 5"}},
		"json-ld":                  {`<script type="application/ld+json">{"@type":"Organization","address":{"@type":"PostalAddress","postalCode":"614000","addressLocality":"Пермь","streetAddress":"ул. Садовая, 5"}}</script>`, []string{"614000, Пермь, ул. Садовая, 5"}},
		"prose":                    {`<p>Наш новый просторный светлый склад запчастей для грузовых машин находится по адресу г. Пермь, ул. Садовая, 5</p>`, []string{"г. Пермь, ул. Садовая, 5"}},
		"no street":                {`<p>Адрес: г. Пермь, Садовая 5, кв. 68</p>`, []string{"г. Пермь, Садовая 5, кв. 68"}},
		"a letter in marks":        {`<p>с. Полевое, ул. Садовая, дом 80 “А”</p>`, []string{"с. Полевое, ул. Садовая, дом 80 “А”"}},
		"a town before the index":  {`<p>Пермь 614000, ул. Садовая, 5</p>`, []string{"Пермь 614000, ул. Садовая, 5"}},
		"words before the index":   {`<p>Ждём вас 614000, ул. Садовая, 5</p>`, []string{"614000, ул. Садовая, 5"}},
		"no kind of street":        {`<p>г.Пермь, Садовая, 107</p>`, []string{"г.Пермь, Садовая, 107"}},
		"a town and a count":       {`<p>г. Пермь, Садовая мебель, 107 видов</p>`, nil},
		"a region behind brackets": {`<p>Садовая ул., 3, Ленск, Респ. Саха (Якутия), 678142</p>`, []string{"Садовая ул., 3, Ленск, Респ. Саха (Якутия), 678142"}},
		"a building's short word":  {`<p>Адрес: г. Пермь, ул. Садовая, д. 6, корп./ст. 1</p>`, []string{"г. Пермь, ул. Садовая, д. 6, корп./ст. 1"}},
		"the town alone":           {`<footer><p>г. Пермь</p></footer>`, []string{"г. Пермь"}},
		"the bank's":               {`<table><tr><td>Адрес банка</td><td>г. Пермь, ул. Садовая, 5</td></tr></table>`, nil},
		"a client's":               {`<h2>Наши партнёры</h2><p>г. Пермь, ул. Садовая, 5</p>`, nil},
		"a street alone":           {`<p>Скидки жителям улицы Садовой!</p>`, nil},
		"the floor space":          {`<p>Площадь 1200 кв. м, офис на 5 этаже</p>`, nil},
		"a hot line":               {`<p>Горячая линия 8 (907) 314-27-11</p>`, nil},
		"a square":                 {`<p>Пермь, площадь Садовая, 3</p>`, []string{"Пермь, площадь Садовая, 3"}},
		"brackets behind":          {`<p>г. Пермь, ул. Садовая, 8 (вход со двора)</p>`, []string{"г. Пермь, ул. Садовая, 8"}},
		"an office nowhere":        {`<p>г. Пермь, ул. Садовая, д. 5, офис в центре</p>`, []string{"г. Пермь, ул. Садовая, д. 5"}},
		"the mail's":               {`<p>Адрес электронной почты: 5@vega.example</p>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, tc.body).Addresses; !slices.Equal(got, tc.want) {
				t.Errorf("Addresses = %q, want %q", got, tc.want)
			}
		})
	}
}
