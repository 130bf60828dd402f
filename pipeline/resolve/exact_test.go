package resolve

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

const (
	fOGRN, fPhone, fSite, fEmail = string(company.FieldOGRN), string(company.FieldPhone), string(company.FieldSite), string(company.FieldEmail)
	fShort, fBrand, fFull        = string(company.FieldNameShort), string(company.FieldNameBrand), string(company.FieldNameFull)
	fCity, fRegion               = string(company.FieldCity), string(company.FieldRegion)
)

var (
	innA, innB, innC = validINN(1), validINN(2), validINN(3)
	ipINN            = company.INN("526317984689")
)

// Each case is one listing «L» against companies and other listings.
func TestExact(t *testing.T) {
	reg := func(inn company.INN, pairs ...string) company.Observation {
		return obs("rsmp", string(inn), inn, pairs...)
	}
	list := func(key string, pairs ...string) company.Observation { return obs("2gis", key, "", pairs...) }
	const phone, phone2, phone3 = "+79070000001", "+79070000002", "+79070000003"
	tests := []struct {
		name   string
		base   []company.Observation
		inn    company.INN // "" = not joined
		kinds  []string
		reason Reason
		cands  []company.INN
	}{
		{
			"ОГРН",
			[]company.Observation{reg(innA, fOGRN, "1027700132195"), list("L", fOGRN, "1027700132195")},
			innA,
			[]string{"ogrn"},
			"", nil,
		},
		{
			"phone",
			[]company.Observation{reg(innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone), list("L", fBrand, "Ясень", fPhone, phone)},
			innA,
			[]string{"phone"},
			"", nil,
		},
		{
			"phone with an extension",
			[]company.Observation{reg(innA, fPhone, phone), list("L", fPhone, phone+";ext=12")},
			innA,
			[]string{"phone"},
			"", nil,
		},
		{
			"site",
			[]company.Observation{reg(innA, fSite, "https://www.yasen-plus.ru"), list("L", fSite, "http://shop.yasen-plus.ru/contacts")},
			innA,
			[]string{"site"},
			"", nil,
		},
		{
			"mailbox on the site's domain",
			[]company.Observation{reg(innA, fSite, "https://yasen-plus.ru"), list("L", fEmail, "info@yasen-plus.ru")},
			innA,
			[]string{"email"},
			"", nil,
		},
		{
			"name and city",
			[]company.Observation{
				reg(innA, fFull, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь", fRegion, "59"),
				list("L", fBrand, "Северный ясень, ООО", fCity, "г. Пермь", fRegion, "59"),
			},
			innA,
			[]string{"name_city"},
			"", nil,
		},
		{
			"Moscow needs no city",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fRegion, "77"), list("L", fBrand, "Северный ясень", fCity, "Москва"),
			},
			innA,
			[]string{"name_city"},
			"", nil,
		},
		{
			"all at once",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь", fPhone, phone, fSite, "https://yasen.ru"),
				list("L", fBrand, "Северный ясень", fCity, "Пермь", fPhone, phone, fSite, "https://yasen.ru", fEmail, "a@yasen.ru"),
			},
			innA,
			[]string{"phone", "site", "email", "name_city"},
			"", nil,
		},
		{
			"phone of two companies",
			[]company.Observation{reg(innA, fPhone, phone), reg(innB, fPhone, phone), list("L", fPhone, phone)},
			"", nil, ReasonShared,
			[]company.INN{innA, innB},
		},
		{
			"phone of two companies, site of one",
			[]company.Observation{
				reg(innA, fPhone, phone, fSite, "https://yasen.ru"), reg(innB, fPhone, phone), list("L", fPhone, phone, fSite, "https://yasen.ru"),
			},
			innA,
			[]string{"site"},
			"", nil,
		},
		{
			"phone of a business centre",
			[]company.Observation{
				reg(innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone), list("L", fBrand, "Клён", fPhone, phone), list("M", fBrand, "Дуб", fPhone, phone),
			},
			"", nil, ReasonShared,
			[]company.INN{innA},
		},
		{
			"branches of one name are no business centre",
			[]company.Observation{
				reg(innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone), list("L", fBrand, "Ясень", fPhone, phone),
				list("M", fBrand, "Ясень, магазин автозапчастей", fPhone, phone), list("N", fBrand, "Автосервис Ясень", fPhone, phone),
			},
			innA,
			[]string{"phone"},
			"", nil,
		},
		{
			"free mail",
			[]company.Observation{reg(innA, fEmail, "yasen@mail.ru"), list("L", fEmail, "klen@mail.ru", fBrand, "Клён")},
			"", nil, ReasonBare, nil,
		},
		{
			"free mail by config",
			[]company.Observation{reg(innA, fEmail, "yasen@pochta.example.ru"), list("L", fEmail, "klen@pochta.example.ru")},
			"", nil, ReasonBare, nil,
		},
		{
			"social network",
			[]company.Observation{reg(innA, fSite, "https://vk.com/yasen"), list("L", fSite, "https://vk.com/klen")},
			"", nil, ReasonBare, nil,
		},
		{
			"site builder by config",
			[]company.Observation{reg(innA, fSite, "https://yasen.builder.ru"), list("L", fSite, "https://klen.builder.ru")},
			"", nil, ReasonBare, nil,
		},
		{
			"evidence for two",
			[]company.Observation{
				reg(innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone), reg(innB, fShort, `ООО "КЛЁН"`, fSite, "https://klen.ru"),
				list("L", fPhone, phone, fSite, "https://klen.ru"),
			},
			"", nil, ReasonConflict,
			[]company.INN{innA, innB},
		},
		{
			"ОГРН against phone",
			[]company.Observation{
				reg(innA, fOGRN, "1027700132195", fPhone, phone2), reg(innB, fPhone, phone), list("L", fOGRN, "1027700132195", fPhone, phone),
			},
			"", nil, ReasonConflict,
			[]company.INN{innA, innB},
		},
		{
			"phone agrees, ОГРН is another",
			[]company.Observation{
				reg(innA, fOGRN, "1027700132195", fPhone, phone), list("L", fOGRN, "1037739010891", fPhone, phone),
			},
			"", nil, ReasonOtherOGRN,
			[]company.INN{innA},
		},
		{
			"name in another city",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Уфа", fRegion, "02"), list("L", fBrand, "Северный ясень", fCity, "Пермь", fRegion, "59"),
			},
			"", nil, ReasonOtherCity,
			[]company.INN{innA},
		},
		{
			"city of the same name elsewhere",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Киров", fRegion, "43"), list("L", fBrand, "Северный ясень", fCity, "Киров", fRegion, "40"),
			},
			"", nil, ReasonOtherCity,
			[]company.INN{innA},
		},
		{
			"name without a city",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fRegion, "59"), list("L", fBrand, "Северный ясень", fRegion, "59"),
			},
			"", nil, ReasonOtherCity,
			[]company.INN{innA},
		},
		{
			"namesakes in the city",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь"), reg(innB, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь"),
				list("L", fBrand, "Северный ясень", fCity, "Пермь"),
			},
			"", nil, ReasonNamesakes,
			[]company.INN{innA, innB},
		},
		{
			"namesakes told apart by form",
			[]company.Observation{
				reg(innA, fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь"), reg(innB, fShort, `АО "СЕВЕРНЫЙ ЯСЕНЬ"`, fCity, "Пермь"),
				list("L", fBrand, "Северный ясень, ПАО", fCity, "Пермь"),
			},
			innB,
			[]string{"name_city"},
			"", nil,
		},
		{
			"short name",
			[]company.Observation{reg(innA, fShort, `ООО "ЯСЕНЬ"`, fCity, "Пермь"), reg(innB, fShort, `ООО "ДУБ"`, fCity, "Пермь"), list("L", fBrand, "Дуб", fCity, "Пермь")},
			"", nil, ReasonCommonName, nil,
		},
		{
			"name of a trade",
			[]company.Observation{reg(innA, fShort, `ООО "ШИННЫЙ ЦЕНТР"`, fCity, "Пермь"), list("L", fBrand, "Шинный центр", fCity, "Пермь")},
			"", nil, ReasonCommonName, nil,
		},
		{
			"person by name",
			[]company.Observation{
				reg(ipINN, fFull, "ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ СОСНОВСКИЙ ПЁТР ИЛЬИЧ", fCity, "Пермь"), list("L", fBrand, "ИП Сосновский Пётр Ильич", fCity, "Пермь"),
			},
			"", nil, ReasonBare, nil,
		},
		{
			"person without the form",
			[]company.Observation{
				reg(ipINN, fFull, "СОСНОВСКИЙ ПЁТР ИЛЬИЧ", fCity, "Пермь"), list("L", fBrand, "Сосновский Пётр Ильич", fCity, "Пермь"),
			},
			"", nil, ReasonUnknown, nil,
		},
		{
			"person by phone",
			[]company.Observation{reg(ipINN, fPhone, phone), list("L", fBrand, "Автосервис", fPhone, phone)},
			ipINN,
			[]string{"phone"},
			"", nil,
		},
		{
			"sister branch through a joined one",
			[]company.Observation{
				reg(innA, fPhone, phone), list("J", fPhone, phone, fPhone, phone2), list("K", fPhone, phone2, fPhone, phone3), list("L", fPhone, phone3),
			},
			innA,
			[]string{"phone"},
			"", nil,
		},
		{
			"a listing that joins nothing lends nothing",
			[]company.Observation{
				reg(innA, fPhone, phone), reg(innB, fPhone, phone2), list("J", fPhone, phone, fPhone, phone2, fPhone, phone3), list("L", fPhone, phone3),
			},
			"", nil, ReasonUnknown, nil,
		},
		{
			"nothing known",
			[]company.Observation{reg(innA, fPhone, phone), list("L", fPhone, phone2)},
			"", nil, ReasonUnknown, nil,
		},
		{
			"nothing to match by",
			[]company.Observation{reg(innA, fPhone, phone), list("L", fBrand, "Автосервис")},
			"", nil, ReasonBare, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t, tt.base...)
			rep := run(t, s)
			j, joined := joins(t, s)["2gis/L"]
			if joined != (tt.inn != "") || j.INN != tt.inn || !reflect.DeepEqual(kinds(j), tt.kinds) || j.Manual {
				t.Errorf("join %+v, want %q by %q", j, tt.inn, tt.kinds)
			}
			row, waits := reason(rep, "L")
			if waits == joined {
				t.Fatalf("joined %v and in review %v", joined, waits)
			}
			checkRow(t, row, tt.reason, tt.cands)
		})
	}
}

func checkRow(t *testing.T, row ReviewRow, want Reason, cands []company.INN) {
	t.Helper()
	var got []company.INN
	for _, c := range row.Candidates {
		got = append(got, c.INN)
		if c.Name == "" {
			t.Errorf("candidate %s has no name", c.INN)
		}
	}
	if row.Reason != want || !slices.Equal(got, cands) {
		t.Errorf("reason %q with %q, want %q with %q; why: %s", row.Reason, got, want, cands, row.Why)
	}
	if want == "" {
		return
	}
	if !strings.HasSuffix(row.Why, ".") || !utf8.ValidString(row.Why) || row.Observation.Key != row.ID.Key {
		t.Errorf("row reads %q, observation %q", row.Why, row.Observation.Key)
	}
}

// The companies stand in a column of their own; the reason is one short
// sentence however long the names are.
func TestReasonsAreShort(t *testing.T) {
	long := func(s string) string { return "ООО «" + strings.TrimSpace(strings.Repeat(s+" ", 20)) + "»" }
	const phone, phone2 = "+79070000001", "+79070000002"
	far := func(name string) []string { return []string{fShort, name, fCity, "Уфа", fRegion, "02"} }
	tests := []struct {
		base []company.Observation
		want Reason
		why  string // "" = any
	}{
		{
			[]company.Observation{
				obs("rsmp", "a", innA, fShort, long("Ясень"), fPhone, phone), obs("rsmp", "b", innB, fShort, long("Клён"), fPhone, phone),
				obs("2gis", "L", "", fPhone, phone),
			},
			ReasonShared, "Телефон +7 907 000-00-01: общий для нескольких фирм (2).",
		},
		{
			[]company.Observation{
				obs("rsmp", "a", innA, fShort, "Ясень", fEmail, "a@yasen.ru"), obs("rsmp", "b", innB, fShort, "Клён", fEmail, "b@yasen.ru"),
				obs("rsmp", "c", innC, fShort, "Дуб", fEmail, "c@yasen.ru"), obs("2gis", "L", "", fEmail, "d@yasen.ru"),
			},
			ReasonShared, "Почта на yasen.ru: общая для нескольких фирм (3 или больше).",
		},
		{
			[]company.Observation{
				obs("rsmp", "a", innA, fShort, "Северный ясень", fCity, "Пермь"), obs("rsmp", "b", innB, fShort, "Северный ясень", fCity, "Пермь"),
				obs("2gis", "L", "", fBrand, "Северный ясень", fCity, "Пермь"),
			},
			ReasonNamesakes, "В городе несколько компаний с названием «северный ясень» (2).",
		},
		{
			[]company.Observation{
				obs("rsmp", "a", innA, fShort, long("Ясень"), fPhone, phone), obs("rsmp", "b", innB, fShort, long("Клён"), fPhone, phone2),
				obs("2gis", "L", "", fPhone, phone, fPhone, phone2),
			},
			ReasonConflict, "",
		},
		{
			[]company.Observation{
				obs("rsmp", "a", innA, far(long("Ясень"))...), obs("rsmp", "b", innB, far(long("Ясень"))...),
				obs("2gis", "L", "", fBrand, long("Ясень"), fCity, "Пермь", fRegion, "59"),
			},
			ReasonOtherCity, "",
		},
	}
	for _, tt := range tests {
		row, ok := reason(run(t, open(t, tt.base...)), "L")
		if !ok || row.Reason != tt.want {
			t.Errorf("reason %q, want %q", row.Reason, tt.want)
		}
		if tt.why != "" && row.Why != tt.why {
			t.Errorf("why %q, want %q", row.Why, tt.why)
		}
		n := utf8.RuneCountInString(row.Why)
		if n == 0 || n > whyLetters || !strings.HasSuffix(row.Why, ".") && !strings.HasSuffix(row.Why, "…") || !utf8.ValidString(row.Why) {
			t.Errorf("%d letters: %q", n, row.Why)
		}
	}
}

// A name that ten companies carry says nothing even where the city has one.
func TestCommonName(t *testing.T) {
	for _, n := range []int{commonName - 1, commonName} {
		var base []company.Observation
		for i := range n {
			inn := validINN(100 + i)
			base = append(base, obs("rsmp", string(inn), inn, fShort, `ООО "АЛЬТАИР"`, fCity, "Город"+string(rune('а'+i))))
		}
		base = append(base, obs("2gis", "L", "", fBrand, "Альтаир", fCity, "Города"))
		s := open(t, base...)
		rep := run(t, s)
		_, joined := joins(t, s)["2gis/L"]
		if joined != (n < commonName) {
			t.Errorf("%d companies of the name: joined %v, reasons %v", n, joined, rep.Reasons)
		}
	}
}

func TestEveryReasonIsInRussian(t *testing.T) {
	for _, r := range Reasons() {
		if r.Title() == string(r) || strings.ContainsAny(r.Title(), "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s is called %q", r, r.Title())
		}
		if r.rank() < 0 {
			t.Errorf("%s has no rank", r)
		}
	}
}
