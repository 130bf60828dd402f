package operator_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"obzvon/exports/web/operator"
)

const person = "+7 907 000-00-01"

// secret holds what must stand in no log to what a site has logged and noted.
func (s *site) secret() {
	s.Helper()
	for _, line := range s.logged {
		if strings.Contains(line, "907") {
			s.Errorf("logged %q", line)
		}
	}
	for _, n := range s.notes.lines {
		if n.What != "" || n.Action != "forget" {
			s.Errorf("noted %+v", n)
		}
	}
}

// TestForget: first what would be erased, then the word, then it is erased; what was
// asked for stands in no address and no log.
func TestForget(t *testing.T) {
	d := &desk{erasure: operator.Erasure{Lines: []string{"Телефон " + person, "Будет стёрто: " + hostile}, Unsaved: []string{"lists/a.xlsx: не загружен"}}}
	s := open(t, d)
	if got := s.page("/forget").Find("form"); got.Length() == 0 || got.Find("input[name=word]").Length() > 0 {
		t.Error("the word is asked for before anything is shown")
	}
	doc := s.read(s.post("/forget", "step", "plan", "query", " "+person+" "))
	says(t, doc, "Будет стёрто: "+hostile, "lists/a.xlsx: не загружен", "впишите слово «забыть»")
	if doc.Find(`form[method="get"] input[name=query]`).Length() > 0 || doc.Find("main script").Length() > 0 {
		t.Error("it would come into an address, or runs")
	}
	w := s.post("/forget", "step", "erase", "query", person, "word", "да")
	if w.Code != http.StatusUnprocessableEntity || len(d.changes)+len(s.notes.lines) > 0 {
		t.Errorf("without the word: %d, %q", w.Code, d.changes)
	}
	w = s.post("/forget", "step", "erase", "query", person, "word", " Забыть ", "force", "1")
	if w.Code != http.StatusOK || w.Header().Get("Location") != "" || !slices.Equal(d.changes, []string{"ivan erases " + person + " true"}) {
		t.Errorf("%d, %q", w.Code, d.changes)
	}
	says(t, s.read(w), "Перенесите в акт")
	if len(s.notes.lines) != 1 {
		t.Errorf("noted %+v", s.notes.lines)
	}
	s.secret()
}

func TestForgetRefused(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		words  string
	}{
		{&operator.RefusedError{Text: "Это не ИНН, не телефон и не e-mail: " + person}, 422, "не ИНН"},
		{&operator.BusyError{What: "Сейчас идёт ночь: начал olga", Err: errors.New("busy with " + person)}, 409, "начал olga"},
		{errors.New("find what belongs to " + person), 500, "повторите то же самое"},
	} {
		for _, step := range []string{"plan", "erase"} {
			s := open(t, &desk{refuse: c.err})
			w := s.post("/forget", "step", step, "query", person, "word", "забыть")
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.words) || len(s.desk.changes) > 0 {
				t.Errorf("%s: %d %s", step, w.Code, w.Body)
			}
			s.secret()
		}
	}
	s := open(t, &desk{})
	s.broken, s.notes.fail = true, errors.New("disk full")
	if w := s.post("/forget", "step", "erase", "query", person, "word", "забыть"); w.Code != http.StatusInternalServerError || len(s.desk.changes) > 0 {
		t.Errorf("without a note: %d, %q", w.Code, s.desk.changes)
	}
}
