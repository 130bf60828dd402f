package head_test

import (
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"obzvon/pipeline/company"
	"obzvon/pipeline/plan"
)

func report() *plan.Report {
	day := company.NewDate(2026, 11, 20)
	return &plan.Report{
		Start: company.NewDate(2026, 11, 1), From: company.NewDate(2026, 11, 1), YearFrom: company.NewDate(2026, 11, 1), Month: 1,
		Work: []plan.Work{{Manager: "anna", Name: "Анна", Days: 10, Norm: 400, Dials: 300, Contacts: 60, Offers: 4}},
		Days: []plan.DayWork{{Day: day, Manager: "anna", Name: "Анна " + hostile, Norm: 40, Dials: 30, Contacts: 9}},
		Stages: []plan.Stage{
			{ID: "contacts", Title: "Контакты", Count: 60, From: 100, To: 150, DueBy: 70},
			{ID: "qualified", Title: "Потребность", Count: 41, From: 40, To: 60, DueBy: 28},
			{ID: "offers", Title: "КП", Count: 4, From: 25, To: 35, DueBy: 3},
			{ID: "trials", Title: "Тест", Count: 0, From: 10, To: 15},
			{ID: "contracts", Title: "Договор", Count: 0, From: 5, To: 8},
			{ID: "repeats", Title: "Повтор"},
		},
		Months:   []plan.MonthLine{{Month: 1, From: company.NewDate(2026, 11, 1), Counts: map[string]int{"contracts": 1}, Dials: 300}},
		Forecast: plan.Forecast{Days: 10, Left: 5, Month: map[string]int{"contacts": 90, "qualified": 62}},
	}
}

// TestPlanAtAGlance: the month's funnel stands first, each step with its plan, its
// forecast and a word where it is behind; each chart has its figures.
func TestPlanAtAGlance(t *testing.T) {
	s := open(t, &desk{report: report()})
	doc := s.page("/plan")
	first := doc.Find(".funnel .stat")
	if first.Length() != 6 {
		t.Fatalf("%d steps of the funnel", first.Length())
	}
	if got := strings.Join(strings.Fields(first.First().Text()), " "); got != "Контакты ▼ 60 план на месяц 100–150, к этому дню от 70 к концу месяца выйдет 90" {
		t.Errorf("the first step: %q", got)
	}
	if first.Eq(1).HasClass("short") || !first.Eq(1).HasClass("good") || !first.First().HasClass("short") {
		t.Error("steps are told apart wrongly")
	}
	if doc.Find(".bar > i.w-40").Length() != 1 {
		t.Error("the bar of 60 of 150 is not at 40 %")
	}
	charts := doc.Find("figure")
	if charts.Length() < 2 {
		t.Fatalf("%d charts", charts.Length())
	}
	charts.Each(func(_ int, f *goquery.Selection) {
		img := f.Find("img")
		src, alt := img.AttrOr("src", ""), img.AttrOr("alt", "")
		if !strings.HasPrefix(src, "/plan/charts/") || !strings.HasSuffix(src, ".svg?to=2026-11-23") || alt == "" {
			t.Errorf("chart %q, %q", src, alt)
		}
		if f.Find("table tbody tr").Length() == 0 {
			t.Errorf("%s has no table", src)
		}
		if w := s.get(src); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" {
			t.Errorf("%s: %d %s", src, w.Code, w.Header())
		}
	})
	if s.desk.plans != 1 {
		t.Errorf("a page with its charts computes the plan %d times", s.desk.plans)
	}
	says(t, doc, "Работа менеджеров", "75 % (ниже плана)", "Анна "+hostile)
	if doc.Find("main script").Length() > 0 {
		t.Error("a name runs as a script")
	}
}

func TestPlanOnADay(t *testing.T) {
	s := open(t, &desk{report: report()})
	says(t, s.page("/plan?to=2026-11-20"), "по 20 ноября 2026")
	for path, status := range map[string]int{
		"/plan?to=2026-11-24": http.StatusBadRequest, "/plan?to=xyz": http.StatusBadRequest,
		"/plan/charts/none.svg": http.StatusNotFound, "/plan/charts/funnel": http.StatusNotFound, "/plan/charts/funnel.svg": http.StatusOK,
	} {
		if w := s.get(path); w.Code != status {
			t.Errorf("%s: %d, want %d", path, w.Code, status)
		}
	}
}

// TestPlanWithoutResults says what to do instead of showing empty tables.
func TestPlanWithoutResults(t *testing.T) {
	r := report()
	r.Empty = true
	doc := open(t, &desk{report: r}).page("/plan")
	if doc.Find("table").Length()+doc.Find("figure").Length() > 0 {
		t.Error("empty tables are shown")
	}
	says(t, doc, "Результатов пока нет")
}

// TestEveryTableOnAPhone: a cell knows the head of its column, which a phone shows
// beside it.
func TestEveryTableOnAPhone(t *testing.T) {
	r := report()
	for range 40 {
		r.BySource = append(r.BySource, plan.Line{Name: hostile, Dials: 3, Companies: 2})
	}
	r.Days[0].Contacts = math.MaxInt32
	doc := open(t, &desk{report: r}).page("/plan")
	doc.Find("table.fold td:not(.name)").Each(func(_ int, td *goquery.Selection) {
		if td.AttrOr("data-h", "") == "" {
			t.Errorf("%q has no head", td.Text())
		}
	})
}
