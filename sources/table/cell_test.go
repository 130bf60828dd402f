package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a\u00a0 b\n c ": "a b c", "-": "", "—": "", "н/д": "", "Нет данных": "", "#N/A": "",
		"обычный текст длиннее двадцати четырёх байт": "обычный текст длиннее двадцати четырёх байт",
		"длинный  текст с двойным пробелом внутри":    "длинный текст с двойным пробелом внутри",
		"длинный текст\u00a0с неразрывным пробелом":   "длинный текст с неразрывным пробелом",
		"x": "x", "": "", " ": "", "\ufeffИНН": "ИНН",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(" a  b ")
	f.Add("текст\u00a0\u2003длинный достаточно\u200b")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // readers quarantine such rows
		}
		got := clean(s)
		if clean(got) != got {
			t.Fatalf("%q is cleaned to %q, that to %q", s, got, clean(got))
		}
		if got != "" && got != strings.Join(strings.Fields(got), " ") {
			t.Fatalf("%q is cleaned to %q", s, got)
		}
	})
}

func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]string{
		"7707083893": "7707083893", "7.707083893E9": "7707083893", "7,707083893E+09": "7707083893",
		"7,70708E+09": "", "7.7E9": "", "текст": "текст", "1E5": "",
	} {
		got, ok := plainNumber(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestAmount(t *testing.T) {
	tests := []struct {
		in   string
		unit unit
		want string
	}{
		{"1599180000", roubles, "1599180000"},
		{"125 400,5", thousands, "125400500"},
		{"125400.5", thousands, "125400500"},
		{"1,234,567.89", roubles, "1234568"},
		{"1.234.567", roubles, "1234567"},
		{"1.234.567,5", roubles, "1234568"},
		{"-320", thousands, "-320000"},
		{"−320", thousands, "-320000"},
		{"(320)", thousands, "-320000"},
		{"0", thousands, "0"},
		{"-0", thousands, "0"},
		{"1.25E+06", roubles, "1250000"},
		{"12 млн", roubles, "12000000"},
		{"1,2 млрд руб.", thousands, "1200000000"},
		{"500 тыс. ₽", roubles, "500000"},
		{"77", 0, "77"},
		{"нет", roubles, ""},
		{"1 234 тел. 5", roubles, ""},
		{"99999999999999999", thousands, ""},
	}
	for _, tt := range tests {
		got, ok := amount(tt.in, tt.unit)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("amount(%q, %d) = %q, %v, want %q", tt.in, tt.unit, got, ok, tt.want)
		}
	}
}

func TestHeadcount(t *testing.T) {
	for in, want := range map[string][2]string{
		"47": {"47", ""}, "1 250": {"1250", ""}, "15 чел.": {"15", ""}, "15.0": {"15", ""}, "007": {"7", ""}, "0": {"0", ""},
		"16-100": {"16", "16-100"}, "101 – 250": {"101", "101 – 250"}, "от 5 до 10": {"5", "от 5 до 10"},
		"более 1000": {"1000", "более 1000"}, "до 15": {"1", "до 15"}, "много": {}, "12,7": {},
	} {
		value, note, ok := headcount(in)
		if value != want[0] || note != want[1] || ok != (want[0] != "") {
			t.Errorf("headcount(%q) = %q, %q, %v, want %q", in, value, note, ok, want)
		}
	}
}

func TestDayOf(t *testing.T) {
	for in, want := range map[string]string{
		"2012-03-15": "2012-03-15", "2012-03-15 00:00:00": "2012-03-15", "2012-03-15T10:00:00Z": "2012-03-15",
		"15.03.2012": "2012-03-15", "15/03/2012": "2012-03-15", "5.3.2012": "2012-03-05", "15.03.2012 10:00": "2012-03-15",
		"15 октября 1993 г.": "1993-10-15", "1 февраля 2020": "2020-02-01", "9 мая 2001 года": "2001-05-09", "3 марта 2001 г.": "2001-03-03",
		"41234": "2012-11-21", "41234.75": "2012-11-21", "31.02.2012": "", "2012": "", "текст": "", "": "", "15.03.12": "",
	} {
		if got := dayOf(in).String(); got != want {
			t.Errorf("dayOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDayInName(t *testing.T) {
	for in, want := range map[string]string{
		"2gis-2026-11-20.csv": "2026-11-20", "compass_20112026.xlsx": "2026-11-20", "выгрузка 20.11.2026 (1).csv": "2026-11-20",
		"export20261120.csv": "2026-11-20", "metalloobrabotka-2025.xlsx": "", "phone-79070000001.csv": "", "2026-19-45.csv": "",
	} {
		if got := dayInName(in).String(); got != want {
			t.Errorf("dayInName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestYearOf(t *testing.T) {
	for in, want := range map[string]int{"2018": 2018, "2018 год": 2018, "31.12.2018": 2018, "2018-12-31": 2018, "": 0, "давно": 0} {
		if got := yearOf(in); got != want {
			t.Errorf("yearOf(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestStatusOf(t *testing.T) {
	for in, want := range map[string]company.Status{
		"Действующая": company.StatusActive, "Действующее": company.StatusActive, "Не действует": company.StatusLiquidated,
		"Недействующая": company.StatusLiquidated, "Ликвидирована 12.03.2020": company.StatusLiquidated,
		"В процессе ликвидации": company.StatusLiquidating, "Предстоящее исключение": company.StatusLiquidating,
		"Принято решение о предстоящем исключении недействующего ЮЛ из ЕГРЮЛ": company.StatusLiquidating,
		"Прекращена деятельность": company.StatusLiquidated, "В процессе реорганизации": company.StatusReorganizing,
		"Банкротство: конкурсное производство": company.StatusBankrupt, "Исключено из ЕГРЮЛ": company.StatusLiquidated,
		"что-то": company.StatusUnknown, "Inactive": company.StatusLiquidated,
	} {
		if got := statusOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestOKVEDCodes(t *testing.T) {
	for in, want := range map[string][]string{
		"45.20": {"45.20"}, "28.15 Производство подшипников": {"28.15"}, "Торговля оптовая (46.73.6)": {"46.73.6"},
		"45.31; 46.69.5 Торговля": {"45.31", "46.69.5"}, "45.20, 45.3\n01": {"45.20", "45.3", "01"},
		"46.69.5. Торговля": {"46.69.5"}, "Услуги 24 часа": nil, "125.20": nil, "": nil,
		// A leading zero that a spreadsheet took comes back where the
		// classifier has the code; a zero at the end is not known to be lost.
		"1.11": {"01.11"}, "1.11.1": {"01.11.1"}, "1.1": {"01.1"}, "9.10.1 Услуги": {"09.10.1"}, "1.11. Зерновые": {"01.11"},
		"45.20; 1.13.2": {"45.20", "01.13.2"}, "45.2": {"45.2"}, "4.20": nil, "1": nil, "5.0": nil, "расход 1.11 л": nil,
		"1,11": {"01.11"}, "46,69": {"46.69"}, "45,99": {"45", "99"}, "45, 46": {"45", "46"},
	} {
		if got := okvedCodes(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Every code of the classes 01 to 09 survives a spreadsheet that takes it for
// a number or cuts its zero.
func TestOKVEDLostZeros(t *testing.T) {
	n := 0
	for class := 1; class <= 9; class++ {
		for group := range 100 {
			for _, code := range []string{fmt.Sprintf("%02d.%d", class, group), fmt.Sprintf("%02d.%02d", class, group)} {
				if _, ok := company.OKVED(code).Name(); !ok {
					continue
				}
				n++
				for _, cut := range []string{code[1:], strings.Replace(code[1:], ".", ",", 1), code[1:] + " Название"} {
					if strings.Contains(cut, ",") && len(cut) > 4 {
						continue
					}
					if got := okvedCodes(cut); !slices.Equal(got, []string{code}) {
						t.Errorf("%q: %q, want %q", cut, got, code)
					}
				}
			}
		}
	}
	if n < 60 {
		t.Errorf("%d codes tried", n)
	}
}

func TestCityIn(t *testing.T) {
	for in, want := range map[string]string{
		"614000, Пермский край, г. Пермь, ул. Выдуманная, д. 1":         "Пермь",
		"Тверская обл, г Тверь, ул Мнимая, 3":                           "Тверь",
		"Московская обл, г.о. Химки, г Химки, ул Первая, 1":             "Химки",
		"г.Екатеринбург, ул. Ленина":                                    "Екатеринбург",
		"Москва, ул. Вторая, д. 5":                                      "Москва",
		"197000, Санкт-Петербург, пр. Третий":                           "Санкт-Петербург",
		"ЛЕНИНГРАДСКАЯ ОБЛАСТЬ, КИРОВСКИЙ РАЙОН, ГОРОДСКОЙ ПОСЕЛОК МГА": "Мга",
		"Тверская обл, Бежецкий р-н, д. Выдумка, д 5":                   "Выдумка",
		"Вымышленная, 35":                                               "",
		"":                                                              "",
	} {
		if got := cityIn(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestZoneOfOffset(t *testing.T) {
	for in, want := range map[string]string{
		"+07:00": "Etc/GMT-7", "+03:00": "Etc/GMT-3", "-02:00": "Etc/GMT+2", "+12": "Etc/GMT-12", "UTC+5": "Etc/GMT-5",
		"+05:30": "", "+00:00": "", "": "", "МСК": "", "+99:00": "",
	} {
		if got := zoneOfOffset(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
