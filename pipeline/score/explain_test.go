package score

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

var update = flag.Bool("update", false, "write the golden files of explanations anew")

func explain(t *testing.T, o Options, c *company.Company) *Explanation {
	t.Helper()
	sc := newScorer(t, testSegments(), o)
	row := RowOf(sc.matcher, nil, c)
	return sc.Explain(&row, c)
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", name, got)
	}
}

func TestExplainText(t *testing.T) {
	tests := []struct {
		file string
		o    Options
		c    *company.Company
	}{
		{"service.txt", Options{}, serviceChain()},
		{"shell.txt", Options{}, shell()},
		{"client.txt", Options{Exclusions: excluded{"+73432000000": NewVeto(VetoClient)}}, serviceChain()},
		{"competitor.txt", Options{}, firm(inn10(777), []fact{
			f(company.FieldNameShort, "ООО «ПОДШИПНИК-ПЕРМЬ»"), f(company.FieldOKVEDMain, "46.69.2"),
			f(company.FieldRegion, perm), f(company.FieldCity, "Пермь"),
		})},
		{"sole.txt", Options{}, firm(inn12(7), []fact{
			f(company.FieldNameFull, "ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ ПРИМЕРОВ ПРИМЕР ПРИМЕРОВИЧ"),
			f(company.FieldOKVEDMain, "33.12"), f(company.FieldRegion, "77"), f(company.FieldSME, "1"),
			f(company.FieldRegistered, "2026-02-01"), fk(company.FieldHeadcount, "2025", "21"),
		})},
		{"outside.txt", Options{}, firm(inn10(9), []fact{f(company.FieldNameShort, "ООО «Ромашка»"), f(company.FieldOKVEDMain, "62.01")})},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			var b bytes.Buffer
			e := explain(t, tt.o, tt.c)
			e.Weights = "0123abcd" // the hash itself is the config's business
			if err := e.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, tt.file, b.Bytes())
		})
	}
}

func TestExplainJSON(t *testing.T) {
	e := explain(t, Options{}, serviceChain())
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var back Explanation
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if back.Total != e.Total || len(back.Groups) != len(e.Groups) || back.Why != e.Why || back.Day != today {
		t.Errorf("read back %+v", back)
	}
	if !strings.Contains(string(b), `"points":4.2`) || !strings.Contains(string(b), `"over_cap"`) {
		t.Errorf("no fractional points or no line over the cap in %s", b)
	}
}

func TestExplainNamesSourceAndDate(t *testing.T) {
	e := explain(t, Options{}, serviceChain())
	for _, g := range e.Groups {
		for _, c := range g.Contributions {
			if c.Evidence == "" {
				t.Errorf("%s has no evidence", c.Signal)
			}
			derived := c.Signal == OverCap || c.Signal == "freshness" || c.Signal == "season"
			if c.Known && !derived && (c.Source == "" || !c.Date.Known()) {
				t.Errorf("%s: %q names no source or date", c.Signal, c.Evidence)
			}
		}
	}
}

func TestWhy(t *testing.T) {
	tests := []struct {
		name string
		c    *company.Company
		want string
	}{
		{
			"everything known", serviceChain(),
			"Техническое обслуживание и ремонт прочих автотранспортных средств — основной вид деятельности (45.20.2), в справочнике — «Автосервис», 84 сотрудника, есть мобильный и почта.",
		},
		{
			"only a word", firm(inn10(1), []fact{f(company.FieldNameShort, "ООО «Завод»")}),
			"Промышленные предприятия: в названии «завод».",
		},
		{
			"code, chain and place", firm(inn10(1), append(places(21),
				f(company.FieldOKVEDReported, "33.12"), f(company.FieldRegion, "66"), f(company.FieldCity, "Екатеринбург"))),
			"Ремонт машин и оборудования — основной вид деятельности по отчётности (33.12), сеть из 21 точки; Свердловская область — соседний регион.",
		},
		{
			"one employee", firm(inn10(1), []fact{f(company.FieldOKVEDExtra, "45.20"), fk(company.FieldHeadcount, "2025", "1"), f(company.FieldRegion, perm)}),
			"Техническое обслуживание и ремонт автотранспортных средств — дополнительный вид деятельности (45.20), 1 сотрудник, сейчас сезон закупок; Пермский край — наш регион.",
		},
		{
			"a town of the own region", firm(inn10(1), []fact{f(company.FieldOKVEDExtra, "28"), f(company.FieldRegion, perm), f(company.FieldCity, "Лысьва")}),
			"Производство машин и оборудования — дополнительный вид деятельности (28); Пермский край — наш регион.",
		},
		{
			"a place that is neither ours nor next to it", firm(inn10(1), []fact{f(company.FieldOKVEDExtra, "28"), f(company.FieldRegion, "74"), f(company.FieldCity, "Аша")}),
			"Производство машин и оборудования — дополнительный вид деятельности (28).",
		},
		{"no lead", shell(), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := explain(t, Options{}, tt.c)
			if e.Why != tt.want || Why(e) != tt.want {
				t.Errorf("why\n%s, want\n%s", e.Why, tt.want)
			}
		})
	}
}

// What a caller reads must not speak of points.
func TestWhySpeaksNoJargon(t *testing.T) {
	for _, c := range []*company.Company{serviceChain(), shell(), firm(inn10(1), []fact{f(company.FieldOKVEDMain, "28.9")})} {
		why := strings.ToLower(explain(t, Options{}, c).Why)
		for _, word := range []string{"балл", "вклад", "сигнал", "групп", "вес", "скор", "приоритет"} {
			if strings.Contains(why, word) {
				t.Errorf("%q in %q", word, why)
			}
		}
	}
}

func TestRussianNumbers(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 точек", 1: "1 точка", 2: "2 точки", 4: "4 точки", 5: "5 точек", 11: "11 точек", 12: "12 точек", 14: "14 точек",
		21: "21 точка", 22: "22 точки", 25: "25 точек", 111: "111 точек", 101: "101 точка", 1002: "1\u00a0002 точки",
	} {
		if got := count(n, "точка", "точки", "точек"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "0 тыс. ₽", 850: "850 тыс. ₽", 1000: "1 млн ₽", 1549: "1,5 млн ₽", 185_400: "185 млн ₽", 1_250_000: "1,3 млрд ₽", 2_000_000: "2 млрд ₽",
	} {
		if got := money(n); got != want {
			t.Errorf("money(%d) = %q, want %q", n, got, want)
		}
	}
	for p, want := range map[Points]string{0: "0", 67400: "67,4", -3500: "−3,5", 5: "0,005", 100 * Point: "100", 12340: "12,34"} {
		if got := p.String(); got != want {
			t.Errorf("Points(%d) = %q, want %q", int64(p), got, want)
		}
	}
}
