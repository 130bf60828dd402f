package operator_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

var day = company.NewDate(2026, 11, 24)

func running() operator.Status {
	return operator.Status{At: now, Next: "идёт ночь", Running: &operator.Running{
		Who: "ivan", Why: "ночь была пропущена", Day: day, Began: now.Add(-3 * time.Minute), Doing: "Чтение источника", Source: "Реестр МСП " + hostile,
		Part: "a.zip/1.xml", Bytes: true, Done: 512 << 10, Total: 1 << 20, Rows: 12345, Since: now.Add(-time.Minute), Left: time.Minute,
		Ended: []operator.Took{{Title: "Чтение источника: 2ГИС", Time: 65 * time.Second}},
	}}
}

func TestNightGoesOn(t *testing.T) {
	d := &desk{status: running(), runs: make([]operator.Run, 30)}
	s := open(t, d)
	doc := s.page("/night")
	says(t, doc, "Ночь идёт: список на 24 ноября 2026", "Чтение источника: Реестр МСП "+hostile, "512 КБ из 1 МБ (50 %)", "12 345 строк", "осталось 1 мин", "Уже сделано: 1")
	if doc.Find("main script").Length() > 0 {
		t.Error("a title runs as a script")
	}
	if doc.Find("progress[value='50']").Length() != 1 || doc.Find(`form[action="/night/stop"]`).Length() != 1 {
		t.Error("no bar, or no way to stop")
	}
	if got := doc.Find(".fold tbody tr").Length(); got != 7 {
		t.Errorf("%d nights on the first page", got)
	}
	s.roles = []page.Role{page.Head}
	doc = s.page("/night")
	if doc.Find("main form").Length() != 0 {
		t.Error("the head may start and stop")
	}
	for _, path := range []string{"/night/start", "/night/stop"} {
		if w := s.post(path); w.Code != http.StatusForbidden {
			t.Errorf("%s by the head: %d", path, w.Code)
		}
	}
	if got := s.page("/night/runs").Find("tbody tr").Length(); got != 30 {
		t.Errorf("%d nights", got)
	}
}

func TestNightWaits(t *testing.T) {
	d := &desk{status: operator.Status{At: now, Next: "по расписанию: вт 24.11.2026 в 01:30", Other: "Сейчас идёт стирание данных", Last: &operator.Run{Day: day, State: operator.Warn, Outcome: "не всё удалось"}}}
	s := open(t, d)
	says(t, s.page("/night"), "Дальше: по расписанию: вт 24.11.2026 в 01:30", "Сейчас идёт стирание данных", "не всё удалось", "Ни одной ещё не было")
}

func TestStart(t *testing.T) {
	for _, c := range []struct {
		fields []string
		want   string
	}{
		{nil, "ivan starts   false"},
		{[]string{"day", "2026-11-24", "skip", "1", "only", "gis"}, "ivan starts 2026-11-24 gis true"},
		{[]string{"only", "gis", "only", "rsmp"}, "ivan starts   false"}, // all is none left out
	} {
		s := open(t, &desk{})
		w := s.post("/night/start", c.fields...)
		if w.Code != http.StatusSeeOther || !slices.Equal(s.desk.changes, []string{c.want}) {
			t.Errorf("%v: %d, %q", c.fields, w.Code, s.desk.changes)
		}
		if len(s.notes.lines) != 1 || s.notes.lines[0].Action != "run" {
			t.Errorf("%v: noted %+v", c.fields, s.notes.lines)
		}
	}
	for _, c := range []struct {
		fields []string
		err    error
		status int
		words  string
	}{
		{[]string{"day", "вчера"}, nil, 400, "День списка пишется так"},
		{[]string{"only", "none"}, nil, 400, "Такого источника нет"},
		{nil, &operator.BusyError{What: "Сейчас идёт ночь"}, 409, "Сейчас идёт ночь"},
		{nil, &operator.RefusedError{Text: "Это выходной."}, 400, "Это выходной."},
	} {
		s := open(t, &desk{refuse: c.err})
		if w := s.post("/night/start", c.fields...); w.Code != c.status || !strings.Contains(w.Body.String(), c.words) || len(s.desk.changes) > 0 {
			t.Errorf("%v: %d %s", c.fields, w.Code, w.Body)
		}
	}
}

func TestStop(t *testing.T) {
	for _, status := range []operator.Status{running(), {}} {
		s := open(t, &desk{status: status})
		if w := s.post("/night/stop"); w.Code != http.StatusSeeOther || !slices.Equal(s.desk.changes, []string{"ivan stops"}) {
			t.Errorf("%d, %q", w.Code, s.desk.changes)
		}
	}
	if w := open(t, &desk{}).get("/night/stop"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("by a mere look: %d", w.Code)
	}
}

func TestRunTells(t *testing.T) {
	d := &desk{report: operator.Report{
		Run: operator.Run{Day: day, Started: now, Ended: now.Add(time.Hour), State: operator.Bad, Outcome: "не закончена"},
		Why: []string{"Причина: " + hostile}, Advice: []string{"Запустите ещё раз"}, Facts: []operator.Fact{{Name: "Компаний в базе", Value: "7"}},
		Tables: []pipeline.Table{{Title: "Источники", Note: "Прочитано = взято + не нужно + забраковано.", Head: []string{"Источник", "Состояние", "Прочитано"}, Rows: [][]pipeline.Value{{
			{Kind: pipeline.ValueText, Text: "2ГИС"}, {Kind: pipeline.ValueText, Text: "ошибка", Tone: pipeline.ToneShort}, {Kind: pipeline.ValueCount, Number: 1234},
		}}}},
	}}
	s := open(t, d)
	doc := s.page("/night/runs/2026-11-24")
	says(t, doc, "не закончена", "Причина: "+hostile, "Что сделать", "Прочитано = взято", "1 234", "1 ч 0 мин")
	if doc.Find("td.short").Text() != "ошибка" {
		t.Error("a source that failed is not told apart")
	}
	for _, path := range []string{"/night/runs/2026-11-25", "/night/runs/x"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestOnlyTheOperator(t *testing.T) {
	s := open(t, &desk{})
	s.roles = []page.Role{page.Manager, page.Analyst, page.Head}
	for _, path := range []string{"/health", "/people", "/stops", "/forget", "/audit"} {
		if w := s.get(path); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/night/start", "/night/stop", "/people", "/stops", "/stops/remove", "/forget"} {
		if w := s.post(path); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	s.roles = []page.Role{page.Manager, page.Analyst}
	for _, path := range []string{"/night", "/night/events", "/night/runs", "/night/runs/2026-11-24"} {
		if w := s.get(path); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
