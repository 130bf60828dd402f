package zakupki

import "testing"

func TestWantedTexts(t *testing.T) {
	o := Defaults()
	w := newWanted(o.Words, plain(o.OKPD2))
	for text, want := range map[string]bool{
		"Поставка подшипников": true,
		"ПОДШИПНИКИ":           true,
		"Приобретение шарикоподшипников для нужд депо":           true,
		"Подшипники для ремонта насосов":                         true,
		"Поставка подшипников для ремонта":                       true,
		"Поставка подшипниковых узлов":                           true,
		"Узлы подшипниковые корпусные":                           true,
		"Подшипник 6205-2RS; подшипник 22216":                    true,
		"Ремонт подшипников":                                     false,
		"Услуги по замене подшипников электродвигателей":         false,
		"Подшипниковый узел насоса в сборе, ремонт":              false,
		"Выполнение работ по восстановлению подшипниковых щитов": false,
		"Поставка канцелярских товаров":                          false,
		"Закупка услуг по переборке подшипников":                 false,
		"": false,
	} {
		if got := w.text(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestWantedPurchases(t *testing.T) {
	w := newWanted([]string{"подшипник", "корпус редуктора"}, []string{"28.15.10", "28.15.31"})
	group := func(g string) []customer { return []customer{{code: ikz{group: g}}} }
	for name, c := range map[string]struct {
		p    purchase
		by   string
		want bool
	}{
		"subject":             {purchase{subject: "Поставка подшипников"}, "", true},
		"phrase in any order": {purchase{subject: "Редукторы: корпуса"}, "", true},
		"half a phrase":       {purchase{subject: "Редукторы"}, "", false},
		"position's name":     {purchase{subject: "Запчасти", positions: []position{{name: "ремень"}, {name: "Подшипник 6205"}}}, "Подшипник 6205", true},
		"position's code":     {purchase{subject: "Запчасти", positions: []position{{name: "Изделие", codes: []string{"28.15.10.112"}}}}, "Изделие", true},
		"КТРУ":                {purchase{subject: "Запчасти", positions: []position{{name: "Изделие", codes: []string{"28.15.10.110-00000001"}}}}, "Изделие", true},
		"gears":               {purchase{subject: "Запчасти", positions: []position{{name: "Редуктор", codes: []string{"28.15.24.110"}}}}, "", false},
		"group of an ИКЗ":     {purchase{customers: group("28.15")}, "", true},
		"no group":            {purchase{customers: group("")}, "", false},
		"another group":       {purchase{customers: group("20.13")}, "", false},
		"subject beats group": {purchase{subject: "Редукторы", customers: group("28.15")}, "", false},
	} {
		if by, ok := w.purchase(&c.p); by != c.by || ok != c.want {
			t.Errorf("%s: %q, %v", name, by, ok)
		}
	}
}
