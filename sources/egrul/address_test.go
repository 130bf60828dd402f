package egrul

import "testing"

func TestCalm(t *testing.T) {
	for in, want := range map[string]string{
		"ПОЛУШКИНА РОЩА": "Полушкина Роща", "РОСТОВ-НА-ДОНУ": "Ростов-на-Дону", "60 ЛЕТ ОКТЯБРЯ": "60 лет Октября",
		"1-Я ШОССЕЙНАЯ": "1-я Шоссейная", "40-ЛЕТИЯ ВЛКСМ": "40-летия ВЛКСМ", "А.С.ПУШКИНА": "А.С.Пушкина", "ОРДЫНКА Б.": "Ордынка Б.",
		"им. Ленина": "им. Ленина", "МУНИЦИПАЛЬНЫЙ ОКРУГ БАСМАННЫЙ": "Муниципальный округ Басманный", "  РЯЗАНЬ \n ": "Рязань", "": "", "-": "-",
		"Д'АРТАНЬЯНА": "Д'артаньяна", "8 МАРТА": "8 Марта",
	} {
		if got := calm(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	for in, want := range map[string]string{
		"5": "д. 5", "Д. 5": "д. 5", "Д.5А": "д. 5А", "ДОМ 5 К.2": "дом 5 к. 2", "ЛИТЕР А": "литер А", "ПОМЕЩ.1/1 ОФИС 5": "помещ. 1/1 офис 5",
		"ЭТАЖ 2 ПОМЕЩ. IV КОМ. 3": "этаж 2 помещ. IV ком. 3", "": "", " 7 / 1 ": "д. 7 / 1",
	} {
		if got := numbered("д.", in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPoints(t *testing.T) {
	for name, c := range map[string]struct {
		in   seat
		want point
	}{
		"nothing": {seat{}, point{}},
		"a town that is a region": {
			seat{KLADR: &kladr{Index: "192007", Code: "78", House: "Д. 16", Street: named{"УЛ.", "ТАМБОВСКАЯ"}}},
			point{"78", "Санкт-Петербург", "", "192007, Санкт-Петербург, ул. Тамбовская, д. 16"},
		},
		"a district that is a town": {
			seat{KLADR: &kladr{Code: "94", District: named{"Г.", "КРАСНЫЙ ЛУЧ"}}},
			point{"94", "Красный Луч", "", "Луганская Народная Республика, г. Красный Луч"},
		},
		"no known code": {
			seat{KLADR: &kladr{Code: "00", Region: named{"КРАЙ", "ПЕРМСКИЙ"}}},
			point{"59", "", "", "Пермский край"},
		},
		"no region at all": {
			seat{KLADR: &kladr{Region: named{"", "НИГДЕ"}, Street: named{"УЛИЦА", "МИРА"}}},
			point{"", "", "", "Нигде, ул. Мира"},
		},
		"only an index": {seat{KLADR: &kladr{Index: "614000"}}, point{}},
		"ФИАС before КЛАДР, which fills in": {
			seat{
				FIAS:  &fias{Code: "76", Municipal: named{"1", "ЯРОСЛАВСКИЙ"}, Street: named{"УЛ", "МИРНАЯ"}},
				KLADR: &kladr{Code: "59", Settlement: named{"Д.", "КУЗНЕЧИХА"}, District: named{"Р-Н", "ПЕРМСКИЙ"}},
			},
			point{"76", "Кузнечиха", "Ярославский район", "Ярославская область, Ярославский район, ул. Мирная"},
		},
		"the settlement alone is the last address": {
			seat{Place: &fias{Code: "76", Municipal: named{"2", "ГОРОД РЫБИНСК"}}, KLADR: &kladr{Code: "76", City: named{"Г", "Рыбинск"}, House: "1"}},
			point{"76", "Рыбинск", "Рыбинск", "Ярославская область, г. Рыбинск, д. 1"},
		},
	} {
		if got := c.in.point(); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestRoubles(t *testing.T) {
	for in, want := range map[string]string{
		"10000": "10000", "10000.50": "10001", "8400.4999": "8400", "0": "0", " 12 ": "12", "007": "7",
		"-5": "", "1e9": "", "1.23456": "", "десять": "", "": "", "9999999999999999999": "9999999999999999999", "99999999999999999999": "",
	} {
		if got := roubles(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
