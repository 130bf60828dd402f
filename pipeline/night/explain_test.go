package night_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// TestExplainTellsOfVisitsAndContacts: of those that were asked for, and of the
// others that they were not.
func TestExplainTellsOfVisitsAndContacts(t *testing.T) {
	w, e := sited(t, 3)
	w.run(t)
	visited, waiting := 0, 0
	for i := range w.registry.all {
		answers, err := w.night.Explain(t.Context(), string(w.registry.all[i].INN), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range answers[0].Visits {
			text := v.Text()
			switch {
			case slices.Contains(e.visited, v.Place):
				visited++
				if !strings.HasPrefix(text, "Сайт "+v.Place+": заходили для списка на ") || len(answers[0].Contacts) != 1 {
					t.Errorf("%s; contacts %+v", text, answers[0].Contacts)
				}
			default:
				waiting++
				if text != "Сайт "+v.Place+": ещё не заходили" {
					t.Error(text)
				}
			}
		}
	}
	if visited != 3 || waiting == 0 {
		t.Errorf("%d sites visited, %d waiting", visited, waiting)
	}
}

func TestContactIsOneLine(t *testing.T) {
	key := func(f company.Field, key, value string) company.Fact {
		return company.Fact{Field: f, Key: key, Value: value}
	}
	o := company.Observation{Source: "website", Key: "firma.example", INN: inn(1), Date: company.NewDate(2026, time.November, 22), Facts: []company.Fact{
		key(company.FieldContactDuty, "a", string(company.DutySales)),
		key(company.FieldContactDuty, "b", string(company.DutySupply)),
		key(company.FieldContactPhone, "b", "+79070000001"),
		key(company.FieldContactEmail, "b", "snab@firma.example"),
		key(company.FieldContactPage, "b", "https://firma.example/kontakty"),
		key(company.FieldContactPage, "c", "https://firma.example/gone"),
		key(company.FieldContactPost, "a", "Оптовый отдел"),
	}}
	o.Sort()
	c := company.Derive(inn(1), []company.Observation{o}, nil)
	var got []string
	for _, k := range night.ContactsOf(&c) {
		got = append(got, k.Text())
	}
	want := []string{
		"Отдел снабжения, +7 907 000-00-01, snab@firma.example, страница https://firma.example/kontakty, 22.11.2026",
		"Оптовый отдел, website, 22.11.2026",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestDecisionsAreShown: a «нет» of which no join tells, too.
func TestDecisionsAreShown(t *testing.T) {
	w := newWorld(t)
	listing := company.Observation{Key: "70000009", Date: company.NewDate(2026, time.November, 12)}
	listing.Add(company.FieldNameBrand, "Колесо Фортуны")
	listing.Sort()
	w.directory.all = append(w.directory.all, listing)
	w.run(t)
	firm := w.registry.all[0].INN
	at := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.Local)
	for _, d := range []store.Decision{
		{ID: store.ObservationID{Source: "directory", Key: "70000009"}, INN: firm, By: "анна", At: at},
		{ID: store.ObservationID{Source: "directory", Key: "gone"}, INN: firm, By: "анна", At: at},
		{ID: store.ObservationID{Source: "directory", Key: "70000009"}, INN: w.registry.all[1].INN, Same: true, At: at},
	} {
		if err := w.store.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	all, err := w.night.Decisions(t.Context(), "")
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	answers, err := w.night.Explain(t.Context(), string(firm), 0)
	if err != nil {
		t.Fatal(err)
	}
	got := answers[0].Decisions
	if len(got) != 2 || got[0].Name != "Колесо Фортуны" || got[0].Same || got[0].Company == "" || got[1].Name != "" {
		t.Fatalf("%+v", got)
	}
	if text := got[0].Text(); !strings.HasPrefix(text, "нет, это не она — анна, 20.11.2026") {
		t.Error(text)
	}
	n := 0
	for j, err := range w.night.Joins(t.Context(), w.registry.all[1].INN) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; !j.Manual || j.Name != "Колесо Фортуны" || j.Section != "directory" || j.Company == "" || j.Text() != "решение человека" {
			t.Errorf("%+v", j)
		}
	}
	if n != 1 {
		t.Errorf("%d joins", n)
	}
}
