package main

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/account"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/shift"
	"obzvon/pipeline/store"
)

// keeperOf is a keeper of nights that a test moves.
type keeperOf struct {
	status shift.Status
	began  []night.Request
	err    error
}

func (k *keeperOf) Start(_ context.Context, _ string, req night.Request) error {
	if k.err == nil {
		k.began = append(k.began, req)
	}
	return k.err
}

func (k *keeperOf) Stop(string) bool { return k.status.Night != nil }

func (k *keeperOf) Status() shift.Status { return k.status }

func (k *keeperOf) Watch(context.Context) iter.Seq[shift.Status] {
	return func(yield func(shift.Status) bool) { yield(k.status) }
}

func (b *bureau) operator(k *keeperOf) *operatorDesk {
	b.Helper()
	users, err := account.NewUsers(account.Options{Store: b.house.store, Dir: b.house.dir, Cost: account.Cost{Memory: 8, Passes: 1, Threads: 1}})
	if err != nil {
		b.Fatal(err)
	}
	return &operatorDesk{b.desk, operatorNeeds{keeper: k, users: users, audit: audit.In(b.house.dir)}}
}

// refusal is what a page would say.
func refusal(err error) string {
	var refused *operator.RefusedError
	var busy *operator.BusyError
	switch {
	case errors.As(err, &refused):
		return refused.Text
	case errors.As(err, &busy):
		return busy.What
	case err != nil:
		return "failed: " + err.Error()
	}
	return ""
}

func TestNightOnAPage(t *testing.T) {
	b := openBureau(t)
	k := &keeperOf{}
	d := operatorNight{b.operator(k)}
	for day, want := range map[company.Date]string{
		b.day: "уже прошёл", b.day + 5: "Это выходной. Ближайший рабочий день — 30.11.2026.", b.day + 2: "", 0: "",
	} {
		err := d.Start(t.Context(), "ivan", operator.Order{Day: day})
		if got := refusal(err); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%v: %q", day, got)
		}
	}
	if len(k.began) != 2 {
		t.Errorf("began %+v", k.began)
	}
	k.err = &gate.BusyError{Holder: gate.Pass{Kind: gate.Night, What: "run", Who: "the clock", Since: b.day.Time()}}
	if got := refusal(d.Start(t.Context(), "ivan", operator.Order{})); got != "Сейчас идёт ночь: начал сервер по расписанию, 23.11.2026 03:00. Дождитесь её конца или остановите её на странице «Ночь»." {
		t.Errorf("busy: %q", got)
	}
	k.status = shift.Status{Text: "идёт ночь", Other: &gate.Pass{Kind: gate.Alone, What: "forget", Who: "olga"}, Night: &shift.Running{
		Turn: shift.Turn{Why: shift.WhyMissed, Day: b.day, Try: 1}, Who: "the clock", Request: night.Request{Only: []string{"gis"}, SkipEnrich: true},
		Stage: night.StagePull, Source: "gis", Unit: "a.csv", Done: 5, Total: 10, Ended: []night.StageTime{{Stage: night.StageScore, Seconds: 2}},
	}}
	for s := range d.Watch(t.Context()) {
		r := s.Running
		if r.Doing != "Чтение источника" || r.Source != "2ГИС" || r.Part != "a.csv" || !r.Bytes || r.Why != "ночь была пропущена" || r.Options != "Только источники: gis. Без дозаполнения" {
			t.Errorf("%+v", r)
		}
		if r.Ended[0].Title != "Подсчёт баллов" || r.Ended[0].Time != 2*time.Second || !strings.Contains(s.Other, "стирание данных: начал olga") {
			t.Errorf("%+v, %q", r.Ended, s.Other)
		}
	}
	k.status = shift.Status{Last: &shift.Outcome{Turn: shift.Turn{Day: b.day}, Err: errors.New("disk full")}}
	if s, err := d.Now(t.Context()); err != nil || s.Last.State != operator.Bad || s.Last.Outcome != "не закончена" {
		t.Errorf("%+v, %v", s.Last, err)
	}
}

// TestNightsAreTold: the sample's night is told with the equation of each source.
func TestNightsAreTold(t *testing.T) {
	b := openBureau(t)
	d := operatorNight{b.operator(&keeperOf{})}
	runs, err := d.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Day != b.day || runs[0].Rows != len(b.list.Rows) || runs[0].State != operator.Good {
		t.Fatalf("%+v, %v", runs, err)
	}
	r, err := d.Run(t.Context(), b.day)
	if err != nil || len(r.Why) > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	titles := []string{}
	for _, table := range r.Tables {
		titles = append(titles, table.Title)
		for _, row := range table.Rows {
			if len(row) != len(table.Head) {
				t.Errorf("%s: %d cells under %d heads", table.Title, len(row), len(table.Head))
			}
		}
	}
	if !slices.Contains(titles, "Список") || !slices.Contains(titles, "Сколько что заняло") || titles[0] != "Источники" {
		t.Errorf("tables %q", titles)
	}
	for _, row := range r.Tables[0].Rows {
		n := func(i int) float64 { return row[i].Number }
		if n(3) != n(4)+n(8) || n(4) != n(5)+n(6)+n(7) || n(4) == 0 {
			t.Errorf("%s: rows are lost: %v", row[0].Text, row)
		}
	}
	if _, err := d.Run(t.Context(), b.day+1); !errors.Is(err, operator.ErrNoRun) {
		t.Errorf("no night: %v", err)
	}
}

// TestHowANightCameOut: each way in which one ends has its word.
func TestHowANightCameOut(t *testing.T) {
	for _, c := range []struct {
		run   store.Run
		state operator.State
		words string
	}{
		{store.Run{Completed: true}, operator.Good, "всё удалось"},
		{store.Run{Completed: true, Exit: exitShort}, operator.Warn, "список готов, не всё удалось"},
		{store.Run{Error: "disk full"}, operator.Bad, "не закончена"},
		{store.Run{Error: "context canceled"}, operator.Warn, "остановлена"},
		{store.Run{Error: "disk full", Completed: true}, operator.Warn, "повтор не удался, прежний список в силе"},
		{store.Run{}, operator.Warn, "не закончена или идёт сейчас"},
	} {
		if line, report := runLine(&c.run); line.State != c.state || line.Outcome != c.words || report != nil {
			t.Errorf("%+v: %+v", c.run, line)
		}
	}
}
