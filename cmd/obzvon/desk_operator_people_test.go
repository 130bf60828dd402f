package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/store"
)

func TestPeopleOnAPage(t *testing.T) {
	b := emptyBureau(t, noBooks)
	d, ctx := operatorPeople{b.operator(&keeperOf{})}, t.Context()
	password, err := d.Add(ctx, "?", operator.NewPerson{Name: "ivan", Roles: []string{"operator"}})
	if err != nil || len(password) < 20 {
		t.Fatalf("%q, %v", password, err)
	}
	if _, err := d.Add(ctx, "ivan", operator.NewPerson{Name: "anna", Title: "Анна", Roles: []string{"manager"}, Manager: "anna"}); err != nil {
		t.Fatal(err)
	}
	for want, err := range map[string]error{
		"уже занято":            second(d.Add(ctx, "ivan", operator.NewPerson{Name: "anna", Roles: []string{"head"}})),
		"строчных латинских":    second(d.Add(ctx, "ivan", operator.NewPerson{Name: "Анна", Roles: []string{"head"}})),
		"хотя бы одну роль":     second(d.Add(ctx, "ivan", operator.NewPerson{Name: "petr"})),
		"Такого менеджера":      second(d.Add(ctx, "ivan", operator.NewPerson{Name: "petr", Roles: []string{"manager"}, Manager: "nobody"})),
		"последний":             d.Remove(ctx, "anna", "ivan"),
		"это последний":         lower(d.Block(ctx, "anna", "ivan", true)),
		"некому будет":          d.SetRoles(ctx, "anna", "ivan", []string{"head"}, ""),
		"Такого человека уже":   d.Remove(ctx, "ivan", "nobody"),
		"человека уже нет. Обн": second(d.Renew(ctx, "ivan", "nobody")),
	} {
		if got := refusal(err); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, s := range []store.Session{{Digest: "1", Account: "anna", Address: "192.0.2.1", Seen: b.day.Time()}, {Digest: "2", Account: "anna"}, {Digest: "3", Account: "ivan"}} {
		if err := b.house.store.PutSession(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	all, err := d.All(ctx)
	if err != nil || len(all) != 2 || len(all[0].Logins) != 2 || all[0].Logins[0].Address != "192.0.2.1" || !all[0].OneTime || all[0].By != "ivan" {
		t.Fatalf("%+v, %v", all, err)
	}
	if n, err := d.EndLogins(ctx, "ivan", "anna"); err != nil || n != 2 {
		t.Errorf("ended %d, %v", n, err)
	}
	if all, err = d.All(ctx); err != nil || len(all[0].Logins) != 0 || len(all[1].Logins) != 1 {
		t.Errorf("looking ends logins, or too many were: %+v, %v", all, err)
	}
	if err := errors.Join(d.Block(ctx, "ivan", "anna", true), d.Remove(ctx, "ivan", "anna")); err != nil {
		t.Error(err)
	}
}

func second(_ string, err error) error { return err }

func lower(err error) error {
	return &operator.RefusedError{Text: strings.ToLower(refusal(err))}
}

func TestAuditOnAPage(t *testing.T) {
	b := emptyBureau(t, noBooks)
	own := b.operator(&keeperOf{})
	d := operatorAudit{own}
	for i, e := range []audit.Entry{
		{Action: audit.Login}, {Action: audit.LoginRefused}, {Action: audit.Download, Who: "anna", What: "list 2026-11-23", Rows: 40}, {Action: "page", Refused: true}, {Action: "dance"},
	} {
		e.At = b.day.Time().Add(time.Duration(i) * time.Minute)
		if err := own.audit.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		filter     operator.Filter
		skip, most int
		want       string
	}{
		{operator.Filter{}, 0, 10, "dance, страница не его роли, скачивание, вход, вход"},
		{operator.Filter{}, 1, 2, "страница не его роли, скачивание"},
		{operator.Filter{Action: "login"}, 0, 10, "вход, вход"},
		{operator.Filter{Who: "anna"}, 0, 10, "скачивание"},
		{operator.Filter{Action: "nothing"}, 0, 10, ""},
		{operator.Filter{}, 99, 10, ""},
	} {
		entries, err := d.Last(t.Context(), c.filter, c.skip, c.most)
		var got []string
		for _, e := range entries {
			got = append(got, e.Action)
		}
		if err != nil || strings.Join(got, ", ") != c.want {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
	for what, want := range map[string]string{"assign give anna": "отдана anna", "assign": "assign", "": "", "targets added": "targets added"} {
		e := audit.Entry{Action: audit.Change, What: what, At: b.day.Time()}
		if err := own.audit.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if last, err := d.Last(t.Context(), operator.Filter{}, 0, 1); err != nil || last[0].What != want {
			t.Errorf("%q is told as %+v, %v", what, last, err)
		}
	}
	if refused, err := d.Last(t.Context(), operator.Filter{Action: "login"}, 0, 1); err != nil || !refused[0].Refused {
		t.Errorf("a login that was refused: %+v, %v", refused, err)
	}
}
