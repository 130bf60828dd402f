package score

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// today is the day all tests score for.
var today = company.NewDate(2026, time.November, 23)

const perm = "59"

// testSegments is a small segments file with every kind of rule.
func testSegments() *config.Segments {
	return &config.Segments{
		SchemaVersion: 1,
		Groups: []config.Group{
			{ID: "fit", Title: "Соответствие", Cap: 45},
			{ID: "size", Title: "Размер", Cap: 20},
			{ID: "reach", Title: "Связь", Cap: 15},
			{ID: "state", Title: "Устойчивость", Cap: 10},
			{ID: "now", Title: "Потребность сейчас", Intent: true, Cap: 10},
		},
		Signals: []config.Signal{
			{ID: "okved_main", Group: "fit", Title: "Основной ОКВЭД", Points: 30},
			{ID: "okved_reported", Group: "fit", Title: "ОКВЭД по отчётности", Points: 20},
			{ID: "okved_extra", Group: "fit", Title: "Дополнительный ОКВЭД", Points: 7},
			{ID: "name_words", Group: "fit", Title: "Слова в названии", Points: 9},
			{ID: "rubric", Group: "fit", Title: "Рубрика", Points: 8},
			{ID: "headcount", Group: "size", Title: "Сотрудники", Points: 10, Unknown: 0.3},
			{ID: "revenue", Group: "size", Title: "Выручка", Points: 8, Unknown: 0.25},
			{ID: "sme_category", Group: "size", Title: "Категория МСП", Points: 2},
			{ID: "branches", Group: "size", Title: "Точки", Points: 6},
			{ID: "phone", Group: "reach", Title: "Телефон", Points: 6},
			{ID: "mobile", Group: "reach", Title: "Мобильный", Points: 3},
			{ID: "email", Group: "reach", Title: "E-mail", Points: 2},
			{ID: "site", Group: "reach", Title: "Сайт", Points: 2},
			{ID: "named_person", Group: "reach", Title: "Руководитель", Points: 2},
			{ID: "proximity", Group: "state", Title: "Близость", Points: 5, Unknown: 0.3},
			{ID: "age", Group: "state", Title: "Возраст", Points: 3},
			{ID: "status_clean", Group: "state", Title: "Статус", Points: 1, Unknown: 0.5},
			{ID: "freshness", Group: "state", Title: "Свежесть", Points: 1},
			{ID: "season", Group: "now", Title: "Сезон", Points: 10},
			{ID: "tender", Group: "now", Title: "Открытый тендер", Points: 10},
			{ID: "tender_past", Group: "now", Title: "Недавние тендеры", Points: 6},
			{ID: "exhibition", Group: "now", Title: "Выставка", Points: 4, Unknown: 0.1},
			{ID: "competitor_client", Group: "now", Title: "Другой поставщик", Points: 5},
		},
		Ladders: config.Ladders{
			Headcount: []config.Step{{From: 0, Value: 0.1}, {From: 15, Value: 0.5}, {From: 100, Value: 1}},
			Revenue:   []config.Step{{From: 0, Value: 0}, {From: 10, Value: 0.4}, {From: 120, Value: 1}},
			Branches:  []config.Step{{From: 1, Value: 0.1}, {From: 2, Value: 0.5}, {From: 10, Value: 1}},
			Age:       []config.Step{{From: 0, Value: 0}, {From: 1, Value: 0.4}, {From: 5, Value: 1}},
			Freshness: []config.Step{{From: 0, Value: 1}, {From: 45, Value: 0.5}, {From: 365, Value: 0}},
			Category:  []config.Step{{From: 1, Value: 0.3}, {From: 2, Value: 0.7}, {From: 3, Value: 1}},

			Tender:           []config.Step{{From: 0, Value: 0.5}, {From: 3, Value: 1}},
			TenderPast:       []config.Step{{From: 0, Value: 1}, {From: 90, Value: 0.5}, {From: 365, Value: 0}},
			Exhibition:       []config.Step{{From: 0, Value: 1}, {From: 60, Value: 0.5}, {From: 240, Value: 0}},
			CompetitorClient: []config.Step{{From: 0, Value: 0.6}, {From: 100, Value: 1}, {From: 730, Value: 0}},
		},
		Proximity: config.Proximity{
			SameRegion: 1, Others: 0.2,
			Regions: []config.RegionProximity{
				{Codes: []config.Code{"18", "66"}, Value: 0.8},
				{Codes: []config.Code{"02", "74"}, Value: 0.5},
			},
		},
		FitLevels: config.Fit{Core: 1, Adjacent: 0.6, Weak: 0.25},
		Segments: []config.Segment{
			{
				ID: "service", Title: "Автосервисные сети", Priority: 1, Hook: "Какие подшипники меняете?",
				Codes: config.Codes{Core: []config.Code{"45.20"}, Adjacent: []config.Code{"49.41"}, Weak: []config.Code{"45.20.3"}},
				Words: []string{"автосервис", "СТО", "ремонт грузов"}, Rubrics: []string{"автосервис", "ремонт ходовой"},
				Season: []int{3, 4, 11},
			},
			{
				ID: "dealers", Title: "Мелкие дилеры", Priority: 1, Partner: true,
				Codes:      config.Codes{Core: []config.Code{"46.69", "46.69.2"}, Adjacent: []config.Code{"46.90"}},
				SecondSign: []config.Code{"46.90", "46.69"},
				Words:      []string{"промснаб", "запчаст"}, Rubrics: []string{"запчаст"},
				Size: &config.Range{To: 100},
			},
			{
				ID: "industry", Title: "Промышленные предприятия", Priority: 2,
				Codes: config.Codes{Core: []config.Code{"28", "33.12"}, Weak: []config.Code{"28.9"}},
				Words: []string{"завод"}, Size: &config.Range{From: 20},
			},
			{
				ID: "chains", Title: "Сети магазинов", Priority: 3,
				Codes: config.Codes{Core: []config.Code{"45.32"}}, Rubrics: []string{"автомагазин"}, BranchesFrom: 3,
			},
		},
		Vetoes: config.Vetoes{
			MakerCodes:        []config.Code{"28.15.1"},
			CompetitorWords:   []string{"подшипник"},
			CompetitorRubrics: []string{"подшипник"},
			CompetitorINNs:    []config.INN{config.INN(inn10(777))},
			NotOursWords:      []string{"жск", "пжск", "гск", "снт", "жилищн строительн кооп"},
		},
	}
}

func newScorer(t testing.TB, s *config.Segments, o Options) *Scorer {
	t.Helper()
	if o.Today == 0 {
		o.Today = today
	}
	if o.SellerRegion == "" {
		o.SellerRegion = perm
	}
	sc, err := New(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// inn10 makes a valid number of a legal entity out of a serial one.
func inn10(n int) company.INN {
	s := fmt.Sprintf("59%07d", n)
	sum := 0
	for i, w := range []int{2, 4, 10, 3, 5, 9, 4, 6, 8} {
		sum += w * int(s[i]-'0')
	}
	return company.INN(s + strconv.Itoa(sum%11%10))
}

// inn12 makes a valid number of a person.
func inn12(n int) company.INN {
	s := fmt.Sprintf("59%08d", n)
	for _, weights := range [][]int{{7, 2, 4, 10, 3, 5, 9, 4, 6, 8}, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}} {
		sum := 0
		for i, w := range weights {
			sum += w * int(s[i]-'0')
		}
		s += strconv.Itoa(sum % 11 % 10)
	}
	return company.INN(s)
}

type fact = company.Fact

// firm derives a company from one registry and one directory observation.
func firm(inn company.INN, registry []fact, directory ...fact) *company.Company {
	obs := []company.Observation{{Source: "rsmp", Key: string(inn), INN: inn, Date: company.NewDate(2026, time.November, 10), Facts: registry}}
	if len(directory) > 0 {
		obs = append(obs, company.Observation{Source: "2gis", Key: "1", INN: inn, Date: company.NewDate(2026, time.September, 1), Facts: directory})
	}
	for i := range obs {
		obs[i].Sort()
	}
	c := company.Derive(inn, obs, company.Standings{"rsmp": {Trust: 90}, "2gis": {Trust: 50}})
	return &c
}

func f(field company.Field, value string) fact { return fact{Field: field, Value: value} }

func fk(field company.Field, key, value string) fact {
	return fact{Field: field, Key: key, Value: value}
}

// places makes the branches of a chain.
func places(n int) []fact {
	var out []fact
	for i := range n {
		out = append(out, fk(company.FieldBranch, strconv.Itoa(i), fmt.Sprintf("Пермь, ул. Заводская, %d", i+1)))
	}
	return out
}

// serviceChain is an auto service of which everything is known.
func serviceChain() *company.Company {
	return firm(inn10(101), []fact{
		f(company.FieldNameFull, "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"УРАЛЬСКИЙ АВТОСЕРВИС\""),
		f(company.FieldNameShort, "ООО \"УРАЛЬСКИЙ АВТОСЕРВИС\""),
		f(company.FieldOKVEDMain, "45.20.2"), f(company.FieldOKVEDReported, "45.20.2"),
		f(company.FieldOKVEDExtra, "45.32.1"), f(company.FieldOKVEDExtra, "49.41"),
		f(company.FieldRegion, "66"), f(company.FieldCity, "Екатеринбург"),
		fk(company.FieldHeadcount, "2024", "60"), fk(company.FieldHeadcount, "2025", "84"),
		fk(company.FieldRevenue, "2025", "185400000"), f(company.FieldSME, "2"),
		f(company.FieldRegistered, "2009-03-12"), f(company.FieldStatus, "active"),
		f(company.FieldHeadPost, "директор"),
	}, append(places(12),
		f(company.FieldRubric, "Автосервис"), f(company.FieldPhone, "+79070000001"), f(company.FieldPhone, "+73432000000"),
		f(company.FieldEmail, "info@obrazec-ural.ru"), f(company.FieldSite, "https://obrazec-ural.ru"))...)
}

// shell is a firm of which a registry knows two default codes.
func shell() *company.Company {
	return firm(inn10(102), []fact{
		f(company.FieldNameShort, "ООО \"ВЕКТОР\""),
		f(company.FieldOKVEDMain, "46.90"), f(company.FieldRegion, perm),
	})
}

// randomRow makes a row of any content that RowOf could make.
func randomRow(r *rand.Rand) Row {
	row := Row{
		inn: keyOf(inn10(r.IntN(9_999_999))), Headcount: Unknown, Revenue: Unknown,
		Branches: uint16(r.IntN(15)), Region: uint8(r.IntN(100)), SME: uint8(r.IntN(4)), Status: Status(r.IntN(int(statusLast) + 1)),
		Reach: Reach(r.IntN(int(reachAll) + 1)), Given: Given(r.IntN(int(givenAll) + 1)),
	}
	row.Origin = Origin(row.Region) & originAll
	if r.IntN(3) > 0 {
		row.Status = statusActive
	}
	if r.IntN(2) == 0 {
		row.inn = keyOf(inn12(r.IntN(99_999_999)))
		row.Marks |= MarkSole
	}
	if r.IntN(10) == 0 {
		row.Marks |= Marks(r.IntN(int(marksAll) + 1))
	}
	if r.IntN(2) == 0 {
		row.Headcount = int32(r.IntN(300))
	}
	if r.IntN(2) == 0 {
		row.Revenue = r.Int64N(300_000)
	}
	if r.IntN(3) > 0 {
		row.Registered = today - company.Date(r.IntN(9000))
		row.Seen = today - company.Date(r.IntN(500))
	}
	row.Known, row.Whole = row.Registered, uint16(row.inn)
	day := func(one *company.Date, span int) {
		if r.IntN(4) == 0 {
			*one = today + company.Date(r.IntN(2*span)-span)
		}
	}
	day(&row.Tender, 30)
	day(&row.Notice, 500)
	day(&row.Fair, 400)
	day(&row.Supply, 900)
	if r.IntN(10) == 0 {
		row.Risks = Risks(r.IntN(256))
	}
	for i := range 4 {
		if r.IntN(3) == 0 {
			row.Match[i] = Match(r.IntN(256))
		}
	}
	return row
}

func randomRows(n int) []Row {
	r := rand.New(rand.NewPCG(1, 2))
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = randomRow(r)
	}
	return rows
}
