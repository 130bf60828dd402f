package analyst

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"тел. +7 907 000-00-01":            "тел. [телефон]",
		"8(4732)00-00-12 доб. 3":           "[телефон] доб. 3",
		"89070000001":                      "[телефон]",
		"9070000001;4952000000":            "[телефон];[телефон]",
		"2-33-44, вахта":                   "[телефон], вахта",
		"7707000003;770001001":             "7707000003;770001001",
		"ИНН 3812000000":                   "ИНН 3812000000",
		`ИННЮЛ="4700000001"`:               `ИННЮЛ="4700000001"`,
		"3812000000":                       "[телефон]",
		"ОГРН 1027700000001 от 2026-11-23": "ОГРН 1027700000001 от 2026-11-23",
		"45.20.1 45.31 46.69.9":            "45.20.1 45.31 46.69.9",
		"16.11.2026":                       "16.11.2026",
		"2026-11-16 – 2026-11-20":          "2026-11-16 – 2026-11-20",
		"пишите на sales@firm.example, ждём": "пишите на [почта], ждём",
		"канал @somebody":                    "канал [скрыто]",
		"https://t.me/somebody":              "https://[скрыто]",
		"ИП Образцов Пример Образцович":      "ИП [имя]",
		"ИП Образцов П. О., Самара":          "ИП [имя], Самара",
		"ООО «Азимут», Образцов П. О.":       "ООО «Азимут», [имя]",
		"директор П.О. Образцов":             "директор [имя]",
		"ОБРАЗЦОВА ПРИМЕРА ПЕТРОВНА":         "[имя]",
		"типичный случай":                    "типичный случай",
		"ООО «Типография Ильича»":            "ООО «Типография Ильича»",
		"г. Самара, ул. Заводская, 12":       "г. Самара, ул. Заводская, 12",
	} {
		if got := Mask(text); got != want {
			t.Errorf("Mask(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMaskRow(t *testing.T) {
	for raw, want := range map[string]string{
		`<ИПВклМСП ИННФЛ="630000000000"><ФИОИП Фамилия="Образцов" Имя="Пример"/>`: `<ИПВклМСП ИННФЛ="630000000000"><ФИОИП Фамилия="[скрыто]" Имя="[скрыто]"/>`,
		`<НаимЮЛ Имя='Пример`:                   `<НаимЮЛ Имя="[скрыто]"`,
		`<Фамилия>Образцов</Фамилия><КПП>1`:     `<Фамилия>[скрыто]</Фамилия><КПП>1`,
		`Контактное лицо: Пример; Город: Тверь`: `Контактное лицо: [скрыто]; Город: Тверь`,
		`{"phone": "нет", "city": "Тверь"}`:     `{"phone": [скрыто], "city": "Тверь"}`,
		"Азимут\t8 (4732) 00-00-12\tТверь":      "Азимут\t[телефон]\tТверь",
	} {
		if got := MaskRow(raw); got != want {
			t.Errorf("MaskRow(%q) = %q, want %q", raw, got, want)
		}
	}
}

// dialable is a number of Russia as people write it.
var dialable = regexp.MustCompile(`(?:\+7|(?:^|\D)8)[ \x{a0}(-]{0,2}[3489]\d\d[ \x{a0})-]{0,2}\d{3}[ \x{a0}-]?\d\d[ \x{a0}-]?\d\d(?:\D|$)`)

func FuzzMask(f *testing.F) {
	for _, s := range []string{
		"тел. +7 907 000-00-01", "ИП Образцов П. О.", "a@b.example", `Фамилия="О"`, "8(4732)00-00-12", "ИНН 3812000000 8 907 000 00 01",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		for _, masked := range []string{Mask(text), MaskRow(text)} {
			if strings.Contains(masked, "@") {
				t.Errorf("%q became %q", text, masked)
			}
			if dialable.MatchString(masked) {
				t.Errorf("%q became %q, in which there is a number", text, masked)
			}
		}
		if once := Mask(text); Mask(once) != once {
			t.Errorf("%q gives %q, and that gives %q", text, once, Mask(once))
		}
	})
}

// Whatever the program itself takes for numbers in a cell is hidden.
func FuzzMaskHidesWhatIsParsed(f *testing.F) {
	f.Add("8 (907) 000-00-01, 2-33-44")
	f.Add("+7 907 000 00 01")
	f.Fuzz(func(t *testing.T, cell string) {
		if !utf8.ValidString(cell) {
			return
		}
		phones, _ := company.ParsePhones(Mask(cell), "", "")
		for _, p := range phones {
			if p.Kind == company.PhoneMobile {
				t.Errorf("%q became %q, in which %s can be read", cell, Mask(cell), p.E164)
			}
		}
	})
}
