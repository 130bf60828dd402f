package head_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"obzvon/exports/web/head"
	"obzvon/pipeline/company"
)

func TestTeam(t *testing.T) {
	day := company.NewDate(2026, 11, 20)
	d := &desk{team: head.Team{Until: day + 2, WeekFrom: day - 4, MonthFrom: company.NewDate(2026, 11, 1), Managers: []head.Member{
		{
			ID: "anna", Name: "Анна", Role: "привлечение", Away: "нет на месте по 30.11.2026", Norm: 40,
			Week: head.Tally{Days: 5, Norm: 200, Dials: 150, Contacts: 40, Interest: 7}, Month: head.Tally{Days: 10, Norm: 400, Dials: 390},
			Lists:   []head.ListState{{Day: day + 3, Rows: 40}, {Day: day, Past: true, Rows: 40}, {Day: day - 1, Past: true, Rows: 38, Done: 30}},
			Overdue: []head.Promise{{Due: day - 1, INN: inn, Company: "ООО «Ролик» " + hostile, Comment: "после обеда"}}, More: 3,
		},
		{ID: "gone", Name: "gone"},
	}}}
	s := open(t, d)
	doc := s.page("/team")
	says(t, doc, "нет на месте по 30.11.2026", "▼ 150 из 200", "контактов 40, интерес 7; в день 30", "Ни одного результата за 20 ноября 2026",
		"Строк без результата: 48", "Просрочены обещанные звонки: 4", hostile, "в настройках его больше нет")
	if doc.Find("main script").Length() > 0 {
		t.Error("a name runs as a script")
	}
	stats := doc.Find(".member").First().Find(".stat")
	if stats.Eq(0).HasClass("short") || !stats.Eq(1).HasClass("short") || stats.Eq(2).HasClass("short") {
		t.Error("today is no day to judge by, the week is short, the month is good enough")
	}
	if doc.Find(`a[href="/lists?manager=anna"]`).Length() != 1 {
		t.Error("no way to his list")
	}
	d.team = head.Team{}
	says(t, s.page("/team"), "Менеджеров пока нет")
}

func TestTargets(t *testing.T) {
	revenue := int64(1_200_000)
	d := &desk{targets: head.TargetList{Day: company.NewDate(2026, 11, 23), Rows: []head.Target{
		{Firm: head.Firm{INN: inn, Name: hostile, Keeper: "Анна"}, Listed: true, Revenue: &revenue, Contacts: []string{"Отдел снабжения, +7 907 000-00-01"}},
		{Firm: head.Firm{INN: inn}, Listed: true, Released: true, Note: "снята (olga)"},
		{Firm: head.Firm{INN: inn, Name: "АО «Вал»"}, Added: true},
	}}}
	s := open(t, d)
	doc := s.page("/targets")
	says(t, doc, "1 200 000 ₽", "Отдел снабжения", "снята, уйдёт со следующего списка", "появится в следующем списке", "ещё не звонили", "в базе нет")
	if got := doc.Find(".card form button").Map(func(_ int, b *goquery.Selection) string { return b.AttrOr("value", "") }); !slices.Equal(got, []string{"release", "add", "release"}) {
		t.Errorf("buttons %v", got)
	}
	for act, want := range map[string]string{"add": "olga add " + inn, "release": "olga release " + inn} {
		d.changes = nil
		w := s.post("/targets", "act", act, "inn", "7701 000 001")
		if w.Code != http.StatusSeeOther || !slices.Equal(d.changes, []string{want}) {
			t.Errorf("%s: %d, did %q", act, w.Code, d.changes)
		}
	}
	for _, fields := range [][]string{{"act", "add", "inn", "1"}, {"act", "burn", "inn", inn}} {
		if w := s.post("/targets", fields...); w.Code != http.StatusBadRequest {
			t.Errorf("%v: %d", fields, w.Code)
		}
	}
	d.refuse = head.ErrUnknown
	if w := s.post("/targets", "act", "add", "inn", inn); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "нет ни в одном источнике") {
		t.Errorf("unknown: %d %s", w.Code, w.Body)
	}
}
