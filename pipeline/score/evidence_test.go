package score

import (
	"slices"
	"testing"

	"obzvon/pipeline/company"
)

// contributionOf finds a signal's line; a company that is no lead has none.
func contributionOf(t *testing.T, e *Explanation, signal string) Contribution {
	t.Helper()
	for _, g := range e.Groups {
		for _, c := range g.Contributions {
			if c.Signal == signal {
				return c
			}
		}
	}
	t.Fatalf("no line of %s in %+v", signal, e)
	return Contribution{}
}

func TestEvidence(t *testing.T) {
	service := f(company.FieldOKVEDMain, "45.20")
	tests := []struct {
		name   string
		signal string
		facts  []fact
		want   string
	}{
		{"word on the sign", "name_words", []fact{service, f(company.FieldNameBrand, "Автосервис 59")}, "«автосервис» на вывеске"},
		{"word in the description", "name_words", []fact{service, f(company.FieldDescription, "Ремонт грузовиков")}, "«ремонт грузовиков» в описании"},
		{"word in the site", "name_words", []fact{service, f(company.FieldSite, "https://avtoservis-obrazec.ru")}, "слово в адресе сайта avtoservis-obrazec.ru"},
		{"word in the mailbox", "name_words", []fact{service, f(company.FieldEmail, "a@avtoservis-obrazec.ru")}, "слово в адресе почты avtoservis-obrazec.ru"},
		{"no word", "name_words", []fact{service, f(company.FieldNameShort, "ООО «Вектор»")}, "слов этого сегмента нет"},
		{"other rubrics", "rubric", []fact{service, f(company.FieldRubric, "Кафе")}, "рубрики другие"},
		{"weak code", "okved_main", []fact{f(company.FieldOKVEDMain, "45.20.3")}, "45.20.3 «Мойка автотранспортных средств», слабый признак"},
		{"reported elsewhere", "okved_reported", []fact{service, f(company.FieldOKVEDReported, "62.01")}, "62.01 «Разработка компьютерного программного обеспечения», не из этого сегмента"},
		{"code without a name", "okved_reported", []fact{service, f(company.FieldOKVEDReported, "00.99")}, "00.99, не из этого сегмента"},
		{"default code that does not count", "okved_main", []fact{f(company.FieldOKVEDMain, "46.90"), f(company.FieldOKVEDExtra, "46.69.2")}, "46.90 «Торговля оптовая неспециализированная», общий код: без слова в названии или рубрики не считается"},
		{"listed without a site", "site", []fact{service, f(company.FieldPhone, "+73422000000")}, "в справочнике не указан"},
		{"listed without a mobile", "mobile", []fact{service, f(company.FieldPhone, "+73422000000")}, "мобильного в справочнике нет"},
		{"listed without a phone", "phone", []fact{service, f(company.FieldRubric, "Кафе")}, "номера для звонка нет"},
		{"a head", "named_person", []fact{service, f(company.FieldHeadName, "Примеров Пример Примерович")}, "известно, кого спросить"},
		{"one place", "branches", append(places(1), service), "1 точка в справочнике"},
		{"far", "proximity", []fact{service, f(company.FieldRegion, "77")}, "Москва, далеко"},
		{"near", "proximity", []fact{service, f(company.FieldRegion, "66"), f(company.FieldCity, "Ревда")}, "Свердловская область, соседний регион"},
		{"midway", "proximity", []fact{service, f(company.FieldRegion, "74")}, "Челябинская область, не по соседству"},
		{"home", "proximity", []fact{service, f(company.FieldRegion, perm)}, "Пермский край, регион продавца"},
		{"reorganizing", "status_clean", []fact{service, f(company.FieldStatus, string(company.StatusReorganizing))}, "реорганизуется"},
		{"season", "season", []fact{service}, "ноябрь — сезон закупок"},
		{"unknown, a part taken", "revenue", []fact{service}, "неизвестно, взята доля 0,25"},
		{"unknown", "okved_reported", []fact{service}, "неизвестно"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := contributionOf(t, explain(t, Options{}, firm(inn10(1), tt.facts)), tt.signal); got.Evidence != tt.want {
				t.Errorf("evidence %q, want %q", got.Evidence, tt.want)
			}
		})
	}
}

func TestNearMisses(t *testing.T) {
	tests := []struct {
		name  string
		facts []fact
		want  string
	}{
		{"too large", []fact{f(company.FieldOKVEDMain, "46.69.2"), fk(company.FieldHeadcount, "2025", "400")}, "нужно до 100 сотрудников, известно 400"},
		{"too small", []fact{f(company.FieldOKVEDMain, "33.12"), fk(company.FieldHeadcount, "2025", "3")}, "нужно от 20 сотрудников, известно 3"},
		{"too few places", append(places(2), f(company.FieldOKVEDMain, "45.32")), "нужно от 3 точек, известно 2"},
		{"places unknown", []fact{f(company.FieldOKVEDMain, "45.32")}, "нужно от 3 точек, о точках ничего не известно"},
		{"default code", []fact{f(company.FieldOKVEDReported, "46.69")}, "код 46.69 общий: нужно ещё слово в названии или рубрика"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := explain(t, Options{}, firm(inn10(1), tt.facts))
			if e.Lead || len(e.Near) != 1 || e.Near[0].Reason != tt.want || e.Verdict == "" {
				t.Errorf("near %+v, want %q", e.Near, tt.want)
			}
		})
	}
}

func TestVetoesNameTheirGrounds(t *testing.T) {
	e := explain(t, Options{}, firm(inn10(777), []fact{
		f(company.FieldOKVEDMain, "28.15.1"), f(company.FieldStatus, string(company.StatusBankrupt)), f(company.FieldRubric, "Подшипники"),
	}))
	want := []Veto{
		{VetoBankrupt, "компания в банкротстве"},
		{VetoMaker, "сама производит подшипники: ОКВЭД 28.15.1"},
		{VetoCompetitor, "конкурент: назван в файле сегментов, рубрика «Подшипники»"},
	}
	if len(e.Vetoes) != len(want) {
		t.Fatalf("vetoes %+v, want %+v", e.Vetoes, want)
	}
	for i := range want {
		if e.Vetoes[i] != want[i] {
			t.Errorf("veto %+v, want %+v", e.Vetoes[i], want[i])
		}
	}
}

func TestCoOperativesAreNotOurs(t *testing.T) {
	e := explain(t, Options{}, firm(inn10(1), []fact{f(company.FieldNameShort, `ЖСК "ОБРАЗЕЦ"`), f(company.FieldOKVEDMain, "45.20")}))
	const want = "Не звоним: жилищный, гаражный или садовый кооператив («жск» в названии)."
	if e.Lead || e.Verdict != want || len(e.Vetoes) != 1 || e.Vetoes[0].Code != VetoNotOurs {
		t.Errorf("verdict %q, vetoes %+v, want %q", e.Verdict, e.Vetoes, want)
	}
}

// A row may be older than the company it is explained with: the numbers stay
// those of the row, and nothing breaks.
func TestExplainWithANewerCompany(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	row := RowOf(sc.matcher, nil, serviceChain())
	e := sc.Explain(&row, firm(inn10(101), []fact{f(company.FieldOKVEDMain, "62.01")}))
	if res := sc.Score(&row); e.Total != res.Total || !e.Lead || e.Why == "" {
		t.Errorf("explained %s, scored %s", e.Total, res.Total)
	}
}

func TestDoubtedRevenueIsUnknownAndSaysWhy(t *testing.T) {
	c := firm(inn10(1), []fact{
		f(company.FieldOKVEDMain, "45.20"), fk(company.FieldHeadcount, "2025", "3"),
		fk(company.FieldRevenue, "2024", "30000000"), fk(company.FieldRevenue, "2025", "200000000000"),
	})
	sc := newScorer(t, testSegments(), Options{})
	row := RowOf(sc.matcher, nil, c)
	e := sc.Explain(&row, c)
	if row.Revenue != Unknown || !slices.Contains(e.Missing, "выручка") {
		t.Errorf("revenue %d, missing %q", row.Revenue, e.Missing)
	}
	const want = "выручка 200 млрд ₽ на 3 человек: не верится, считаем неизвестной, взята доля 0,25"
	if got := contributionOf(t, e, "revenue"); got.Evidence != want || got.Known || got.Source != "rsmp" || got.Points != pointsOf(2) {
		t.Errorf("contribution %+v, want %q", got, want)
	}
}
