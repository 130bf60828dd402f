package evidence

import (
	"testing"

	"obzvon/pipeline/company"
)

// One listing, one firm, nobody else: what comes of it.
func TestOutcomes(t *testing.T) {
	m, inn := testModel(), validINN(1)
	sole := validPersonINN(1)
	tests := []struct {
		what, listing, firm string
		inn                 company.INN
		count               func(uint64) Count
		want                Outcome
	}{
		{"name, region, city", "brand=Уралтехника|region=59|city=Пермь", `short=ООО "УРАЛТЕХНИКА"|region=59|city=Пермь`, inn, only, Match},
		{"legal name spelled out", `brand=ООО «Вега-Тест»|region=59|city=Кунгур`, `full=ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ВЕГА-ТЕСТ"|region=59|city=Кунгур`, inn, only, Match},
		{"Latin", "brand=Belozor|region=59|city=Кунгур", `short=ООО "БЕЛОЗОР"|region=59|city=Кунгур`, inn, only, Match},
		{"an abbreviation", "brand=НПО Белозор|region=59|city=Кунгур", `short=ООО "НАУЧНО-ПРОИЗВОДСТВЕННОЕ ОБЪЕДИНЕНИЕ "БЕЛОЗОР"|region=59|city=Кунгур`, inn, only, Match},
		{"a slip of the pen, and a phone", "brand=Белазор|region=59|city=Пермь|phone=+79070000001", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+79070000001`, inn, only, Match},
		{"another town", "brand=Белозор|region=59|city=Кунгур", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь`, inn, only, Review},
		{"another region", "brand=Белозор|region=66|city=Екатеринбург", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь`, inn, only, None},
		{"moved, with its phone", "brand=Белозор|region=66|city=Екатеринбург|phone=+79070000001", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+79070000001`, inn, only, Match},
		{"another form", "brand=Белозор, АО|region=59|city=Пермь", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь`, inn, only, Review},
		{"a common name", "brand=Вега|region=59|city=Пермь", `short=ООО "ВЕГА"|region=59|city=Пермь`, inn, shared(64, 64), None},
		{"a trade", "brand=Автозапчасти|region=59|city=Кунгур", `short=ООО "АВТОЗАПЧАСТИ"|region=59|city=Кунгур`, inn, only, Review},
		{"ОГРН", "brand=Шинный центр|ogrn=" + validOGRN(1), `short=ООО "БЕЛОЗОР"|ogrn=` + validOGRN(1), inn, only, Match},
		{"another ОГРН", "brand=Белозор|region=59|city=Пермь|phone=+79070000001|ogrn=" + validOGRN(2), `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+79070000001|ogrn=` + validOGRN(1), inn, only, None},
		{"ИНН in print", "site=https://belozor.example|region=59|inn=" + string(inn), `short=ООО "БЕЛОЗОР"|region=59`, inn, only, Match},
		{"another ИНН in print", "brand=Белозор|region=59|city=Пермь|phone=+79070000001|inn=" + string(validINN(2)), `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+79070000001`, inn, only, None},
		{"phone of its own", "brand=Шинный двор|region=59|city=Пермь|phone=+73422000001", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+73422000001`, inn, only, Match},
		{"phone of a centre", "brand=Оникс|region=59|city=Пермь|phone=+73422000001", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|phone=+73422000001`, inn, shared(9, 20), Review},
		{"town and address alone", "region=59|city=Пермь|address=ул. Ленина, 5", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|address=614000, г. Пермь, ул. Ленина, д. 5, офис 3`, inn, only, None},
		{"another firm at the address", "brand=Оникс|region=59|city=Пермь|address=Ленина, 5", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|address=614000, г. Пермь, ул. Ленина, д. 5, офис 3`, inn, only, None},
		{"site", "brand=Шинный двор|region=59|city=Пермь|site=https://www.belozor.example/shop", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|email=info@belozor.example`, inn, only, Match},
		{"site of a builder", "brand=Оникс|region=59|city=Пермь|site=https://belozor.builder.example", `short=ООО "БЕЛОЗОР"|region=59|city=Пермь|site=https://belozor.builder.example`, inn, only, None},
		{"a franchise's door", "brand=Оникс|region=66|city=Екатеринбург|site=https://onix.example", `short=ООО "ОНИКС"|region=59|city=Пермь|site=https://onix.example`, inn, shared(1, 30), Review},
		{"a sole proprietor", "brand=ИП Вымышленный П. И.|region=59|city=Кунгур", "full=Вымышленный Пётр Ильич|short=ИП Вымышленный П.И.|region=59|city=Кунгур", sole, only, Match},
		{"another sole proprietor", "brand=ИП Вымышленный А. И.|region=59|city=Кунгур|phone=+79070000001", "full=Вымышленный Пётр Ильич|region=59|city=Кунгур|phone=+79070000001", sole, only, Review},
		{"a firm of the proprietor's", "brand=ООО Вымышленный|region=59|city=Кунгур", "full=Вымышленный Пётр Ильич|region=59|city=Кунгур", sole, only, None},
		{"numbers of branches", "brand=СМУ-7 Белозор|region=59|city=Пермь", `short=ООО "СМУ-5 БЕЛОЗОР"|region=59|city=Пермь`, inn, only, None},
		{"nothing", "", `short=ООО "БЕЛОЗОР"`, inn, only, None},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			w := m.Weigh(listingOf(m, test.listing), firmOf(m, test.inn, test.firm), test.count)
			d := m.Decide([]Weighed{w})
			if d.Outcome != test.want {
				t.Errorf("%v with probability %.4f, want %v", d.Outcome, d.Probability, test.want)
				logEvidence(t, w)
			}
		})
	}
}
