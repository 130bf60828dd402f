package operator_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/exports/web/operator"
)

func folk() []operator.Person {
	return []operator.Person{
		{NewPerson: operator.NewPerson{Name: "ivan", Roles: []string{"operator"}}, Created: now, By: "?", Logins: []operator.Login{{Since: now, Seen: now, Address: "192.0.2.7", Agent: hostile}}},
		{NewPerson: operator.NewPerson{Name: "anna", Title: "Анна " + hostile, Roles: []string{"manager", "head"}, Manager: "anna"}, OneTime: true, Blocked: true, Created: now.Add(-time.Hour)},
	}
}

func TestPeople(t *testing.T) {
	s := open(t, &desk{people: folk()})
	doc := s.page("/people")
	says(t, doc, "это вы", "администратор", "менеджер, руководитель", "вход закрыт", "ещё с одноразовым паролем", "192.0.2.7", hostile)
	if doc.Find("main script").Length() > 0 {
		t.Error("what a browser calls itself runs as a script")
	}
	if got := doc.Find(`button[value="remove"]`).Length(); got != 1 {
		t.Errorf("%d accounts can be removed: all but one's own", got)
	}
}

func TestChangePeople(t *testing.T) {
	for _, c := range []struct {
		fields []string
		want   string
		note   string
	}{
		{[]string{"act", "roles", "name", "anna", "role", "head", "role", "analyst"}, "ivan roles anna head,analyst ", "roles anna"},
		{[]string{"act", "block", "name", "Anna "}, "ivan blocks anna true", "block anna"},
		{[]string{"act", "unblock", "name", "anna"}, "ivan blocks anna false", "unblock anna"},
		{[]string{"act", "remove", "name", "anna"}, "ivan removes anna", "remove anna"},
		{[]string{"act", "end", "name", "ivan"}, "ivan ends ivan", "end ivan"},
		{[]string{"act", "end", "name", "+7 907 000-00-01"}, "ivan ends +7 907 000-00-01", "end"},
	} {
		s := open(t, &desk{people: folk()})
		w := s.post("/people", c.fields...)
		if w.Code != http.StatusSeeOther || !slices.Equal(s.desk.changes, []string{c.want}) {
			t.Errorf("%v: %d, %q", c.fields, w.Code, s.desk.changes)
		}
		if n := s.notes.lines; len(n) != 1 || n[0].Action != "user" || n[0].What != c.note {
			t.Errorf("%v: noted %+v", c.fields, n)
		}
	}
}

// TestPasswordIsShownOnce: in the answer alone, not in a cookie, an address or the log.
func TestPasswordIsShownOnce(t *testing.T) {
	for _, fields := range [][]string{
		{"act", "add", "name", "petr", "title", "Пётр", "role", "manager", "manager", "anna"},
		{"act", "renew", "name", "anna"},
	} {
		s := open(t, &desk{people: folk()})
		w := s.post("/people", fields...)
		if w.Code != http.StatusOK || len(w.Header()["Set-Cookie"]) > 0 || w.Header().Get("Location") != "" {
			t.Errorf("%v: %d %v", fields, w.Code, w.Header())
		}
		doc := s.read(w)
		if doc.Find(".password").Text() != "one-time-password" {
			t.Errorf("%v: no password is shown", fields)
		}
		for _, n := range s.notes.lines {
			if strings.Contains(n.What, "password") {
				t.Errorf("noted %q", n.What)
			}
		}
		if again := s.page("/people"); again.Find(".password").Length() > 0 {
			t.Error("it is shown again")
		}
	}
}

func TestPeopleRefused(t *testing.T) {
	last := &operator.RefusedError{Text: "Это последний администратор."}
	for _, c := range []struct {
		fields []string
		err    error
		words  string
	}{
		{[]string{"act", "remove", "name", "ivan"}, nil, "Себя так не меняют"},
		{[]string{"act", "block", "name", "IVAN"}, nil, "Себя так не меняют"},
		{[]string{"act", "roles", "name", "ivan", "role", "head"}, nil, "Себя так не меняют"},
		{[]string{"act", "fire", "name", "anna"}, nil, "Непонятно"},
		{[]string{"act", "add", "name", "oleg"}, nil, "хотя бы одну роль"},
		{[]string{"act", "add", "name", "oleg", "role", "manager"}, nil, "чьи списки"},
		{[]string{"act", "roles", "name", "anna", "role", "manager", "manager", ""}, nil, "чьи списки"},
		{[]string{"act", "remove", "name", "anna"}, last, "последний администратор"},
		{[]string{"act", "add", "name", "Пётр", "title", hostile, "role", "head"}, &operator.RefusedError{Text: "Имя для входа: латинские буквы."}, "латинские буквы"},
	} {
		s := open(t, &desk{people: folk(), refuse: c.err})
		w := s.post("/people", c.fields...)
		if w.Code != http.StatusUnprocessableEntity || len(s.desk.changes) > 0 {
			t.Errorf("%v: %d, %q", c.fields, w.Code, s.desk.changes)
		}
		says(t, s.read(w), c.words)
	}
}
