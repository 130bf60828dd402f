package egrul

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// synthetic makes one file of the exchange of the size and shape of the real
// ones, in windows-1251: rows companies, each with some codes, an address in
// both forms and a history that nobody asks for, which is most of it. An eighth
// is wanted by wantCars. The same seed gives the same bytes.
func synthetic(t testing.TB, seed uint64, rows int) string {
	r := rand.New(rand.NewPCG(seed, 408))
	others := []string{"41.20", "43.29", "46.90", "47.11", "49.41", "56.10", "62.01", "68.20", "96.02", "01.11"}
	const entry = `<ГРНДата ГРН="1265900000013" ДатаЗаписи="2026-01-15" />`
	var b strings.Builder
	b.WriteString(declared1251 + root(rows))
	for i := range rows {
		code := others[r.IntN(len(others))]
		if r.IntN(8) == 0 {
			code = "45.20.1"
		}
		var more strings.Builder
		more.WriteString(`<СвАдресЮЛ ВидАдрКлассиф="1"><СвАдрЮЛФИАС ИдНом="00000000-0000-4000-8000-000000000060" Индекс="614000"><Регион>59</Регион>` +
			`<НаимРегион>ПЕРМСКИЙ КРАЙ</НаимРегион><МуниципРайон ВидКод="2" Наим="ГОРОД ПЕРМЬ" /><НаселенПункт Вид="Г" Наим="ПЕРМЬ" />` +
			`<ЭлУлДорСети Тип="УЛ" Наим="КРАСНОАРМЕЙСКАЯ" /><Здание Тип="Д." Номер="5А" />` + entry + `</СвАдрЮЛФИАС>` +
			`<АдресРФ Индекс="614000" КодРегион="59" Дом="Д. 5А"><Регион НаимРегион="ПЕРМСКИЙ КРАЙ" /><Город ТипГород="Г." НаимГород="ПЕРМЬ" />` + entry + `</АдресРФ></СвАдресЮЛ>` +
			`<СведДолжнФЛ><СвФЛ Фамилия="РОЛИКОВ" Имя="ПРИМЕР" Отчество="ОБРАЗЦОВИЧ">` + entry + `</СвФЛ><СвДолжн ВидДолжн="02" НаимДолжн="ДИРЕКТОР">` + entry + `</СвДолжн></СведДолжнФЛ>`)
		for range 10 + r.IntN(30) {
			fmt.Fprintf(&more, "\n  "+`<СвЗапЕГРЮЛ ИдЗап="%d" ГРН="1265900000013" ДатаЗап="2026-01-15"><ВидЗап КодСПВЗ="13400" НаимВидЗап="Представление сведений о регистрации юридического лица в качестве страхователя" />`+
				`<СвРегОрг КодНО="5900" НаимНО="Управление Федеральной налоговой службы по Пермскому краю" /><СведПредДок><НаимДок>УСТАВ ЮЛ</НаимДок><ДатаДок>2026-01-10</ДатаДок></СведПредДок></СвЗапЕГРЮЛ>`, r.Uint64())
		}
		body := entity(int(seed%100)*10_000+i, "2026-09-10", code, more.String())
		var extra strings.Builder
		for range 4 + r.IntN(20) {
			fmt.Fprintf(&extra, `<СвОКВЭДДоп КодОКВЭД="%s" НаимОКВЭД="Название дополнительного вида деятельности" ПрВерсОКВЭД="2014">`+entry+`</СвОКВЭДДоп>`, others[r.IntN(len(others))])
		}
		b.WriteString(document1(i, strings.Replace(body, "</СвОКВЭД>", extra.String()+"</СвОКВЭД>", 1)))
	}
	b.WriteString("</Файл>")
	return cp1251(t, b.String())
}

// release is a zip of n members of rows companies each.
func release(t testing.TB, n, rows int) string {
	t.Helper()
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf(memberName, i), synthetic(t, uint64(i), rows))
	}
	return zipped(t, pairs...)
}
