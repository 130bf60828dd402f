package head_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"obzvon/exports/web/head"
	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

func firms(n int) []head.Firm {
	out := make([]head.Firm, n)
	for i := range out {
		out[i] = head.Firm{INN: company.INN(fmt.Sprintf("77%08d", i)), Name: fmt.Sprintf("ООО «Ролик %d» %s", i, hostile), Keeper: "Анна", KeeperID: "anna", Why: "по спискам", Settled: i%2 == 0}
	}
	return out
}

func TestSearchForACompany(t *testing.T) {
	d := &desk{found: head.Found{Firms: firms(2)}, settled: firms(1000)}
	s := open(t, d)
	doc := s.page("/assignments?q=+ролик+")
	says(t, doc, "Нашлось: 2", "ООО «Ролик 1» "+hostile, "Анна", "вручную: 1 000")
	if !slices.Equal(d.searches, []string{"ролик"}) {
		t.Errorf("asked for %q", d.searches)
	}
	if doc.Find("main script").Length() > 0 {
		t.Error("a name runs as a script")
	}
	if got := doc.Find("#settled tbody tr").Length(); got != 1000 {
		t.Errorf("%d of 1000 settled companies", got)
	}
	s.page("/assignments?q=ролик&all=1")
	if d.searches[1] != "ролик everywhere" {
		t.Errorf("asked for %q", d.searches[1])
	}
	d.found, d.settled = head.Found{}, nil
	says(t, s.page("/assignments?q=нет"), "Ничего не нашлось среди компаний", "Искать во всей базе")
	if w := s.get("/assignments?q=" + strings.Repeat("a", 200)); w.Code != http.StatusBadRequest {
		t.Errorf("a question of 200 letters: %d", w.Code)
	}
	if len(d.changes)+len(s.notes.lines) > 0 {
		t.Error("looking changes something")
	}
}

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		act  []string
		want string
		note string
	}{
		{[]string{"act", "give", "manager", "boris"}, "olga give " + inn + " boris", "assign give boris"},
		{[]string{"act", "pin", "manager", "boris"}, "olga pin " + inn + " boris", "assign pin boris"},
		{[]string{"act", "free"}, "olga free " + inn, "assign free"},
	} {
		s := open(t, &desk{})
		w := s.post("/assignments", append(c.act, "inn", inn, "back", "/assignments?q=%D1%80&x=1")...)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/assignments?q=%D1%80&x=1" {
			t.Errorf("%v: %d to %s", c.act, w.Code, w.Header().Get("Location"))
		}
		if !slices.Equal(s.desk.changes, []string{c.want}) {
			t.Errorf("%v: did %q", c.act, s.desk.changes)
		}
		if n := s.notes.lines; len(n) != 1 || n[0].Action != "change" || n[0].What != c.note || n[0].Rows != 1 {
			t.Errorf("%v: noted %+v", c.act, n)
		}
	}
}

// TestSettleRefused: each refusal is told in words, nothing is changed, and no ИНН
// and nothing that was typed comes into the log.
func TestSettleRefused(t *testing.T) {
	for _, c := range []struct {
		fields []string
		err    error
		status int
		words  string
	}{
		{[]string{"act", "give", "inn", "7701000009", "manager", "anna"}, nil, 400, "В ИНН ошибка"},
		{[]string{"act", "sell", "inn", inn}, nil, 400, "Непонятно"},
		{[]string{"act", "give", "inn", inn, "manager", "Иванов +7 907"}, head.ErrManager, 400, "Такого менеджера"},
		{[]string{"act", "give", "inn", inn, "manager", "anna"}, &head.PinnedError{Manager: "Борис"}, 409, "закреплена за менеджером «Борис»"},
		{[]string{"act", "pin", "inn", inn, "manager", "anna"}, head.ErrUnknown, 404, "нет ни в одном источнике"},
		{[]string{"act", "free", "inn", inn}, head.ErrNothing, 404, "никому не отдавали"},
	} {
		s := open(t, &desk{refuse: c.err})
		w := s.post("/assignments", c.fields...)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.words) {
			t.Errorf("%v: %d %s", c.fields, w.Code, w.Body)
		}
		if len(s.desk.changes) > 0 {
			t.Errorf("%v: did %q", c.fields, s.desk.changes)
		}
		if n := len(s.notes.lines); c.err != nil && (n != 2 || !s.notes.lines[1].Refused || s.notes.lines[1].What != s.notes.lines[0].What) {
			t.Errorf("%v: noted %+v, want that it was not done", c.fields, s.notes.lines)
		}
		for _, n := range s.notes.lines {
			if strings.Contains(n.What, "770") || strings.Contains(n.What, "907") {
				t.Errorf("noted %q", n.What)
			}
		}
	}
}

// TestNothingWithoutANote: what cannot be written down is not done.
func TestNothingWithoutANote(t *testing.T) {
	full := errors.New("disk full")
	for path, fields := range map[string][]string{
		"/assignments":      {"act", "give", "inn", inn, "manager", "anna"},
		"/assignments/move": {"from", "anna", "to", "boris", "mark", "m1"},
		"/targets":          {"act", "add", "inn", inn},
	} {
		s := open(t, &desk{move: head.Move{Free: 3, Mark: "m1"}})
		s.notes.fail, s.broken = full, true
		if w := s.post(path, fields...); w.Code != http.StatusInternalServerError || len(s.desk.changes) > 0 {
			t.Errorf("%s: %d, did %q", path, w.Code, s.desk.changes)
		}
	}
}

func TestMoveAll(t *testing.T) {
	d := &desk{move: head.Move{From: head.Manager{Name: "Анна"}, To: head.Manager{Name: "Борис"}, Free: 12, Pinned: 2, Mark: "m1"}}
	s := open(t, d)
	says(t, s.page("/assignments/move?from=anna"), "Ничего ещё не изменится")
	doc := s.page("/assignments/move?from=anna&to=boris")
	says(t, doc, "Анна → Борис: 12 компаний и 2 закреплённые")
	if len(d.changes) > 0 {
		t.Fatal("counting moves")
	}
	if w := s.post("/assignments/move", "from", "anna", "to", "boris", "mark", "m0"); w.Code != http.StatusConflict || len(d.changes) > 0 {
		t.Errorf("another move than was shown: %d, %q", w.Code, d.changes)
	}
	w := s.post("/assignments/move", "from", "anna", "to", "boris", "mark", "m1", "pinned", "1")
	if w.Code != http.StatusSeeOther || !slices.Equal(d.changes, []string{"olga move anna boris with pins"}) {
		t.Errorf("%d, did %q", w.Code, d.changes)
	}
	if n := s.notes.lines; len(n) != 1 || n[0].Rows != 14 || n[0].What != "assign all of anna to boris" {
		t.Errorf("noted %+v", n)
	}
	if w := s.get("/assignments/move?from=anna&to=anna"); w.Code != http.StatusBadRequest {
		t.Errorf("to himself: %d", w.Code)
	}
}

// TestWhereAFormLeadsBack: never to another page or host.
func TestWhereAFormLeadsBack(t *testing.T) {
	for back, want := range map[string]string{
		"": "/assignments", "//evil.example/assignments": "/assignments", "https://evil.example": "/assignments",
		"/people": "/assignments", "/assignments?q=x": "/assignments?q=x", "javascript:alert(1)": "/assignments", "/assignments\r\nX: y": "/assignments",
	} {
		w := open(t, &desk{}).post("/assignments", "act", "free", "inn", inn, "back", back)
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("%q leads to %q", back, got)
		}
	}
}

func TestOnlyTheHead(t *testing.T) {
	s := open(t, &desk{report: report()})
	s.roles = []page.Role{page.Manager, page.Analyst, page.Operator}
	for _, path := range []string{"/plan", "/plan/charts/funnel.svg", "/team", "/assignments", "/assignments/move", "/targets"} {
		if w := s.get(path); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/assignments", "/assignments/move", "/targets"} {
		if w := s.post(path); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
