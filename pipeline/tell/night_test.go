package tell_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/tell"
)

func now() time.Time { return time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC) }

func teller() tell.Teller {
	return tell.Teller{Host: "звонки-1", Link: "https://obzvon.example/runs", Clock: now}
}

func report(change func(*night.Report)) *night.Report {
	r := &night.Report{
		Day: company.NewDate(2026, time.November, 23), Started: now().Add(-95 * time.Minute), Ended: now(), Completed: true, ListID: "2026-11-23-1",
		Stages:    []night.StageTime{{Stage: night.StagePull, Source: "gis", Seconds: 3}},
		Listed:    []night.ListedReport{{Manager: "anna", Priority: 1, Rows: 25}, {Manager: "boris", Priority: 1, Rows: 5}, {Manager: "anna", Priority: 3, Rows: 2}},
		Artefacts: []pipeline.Artefact{{Path: "lists/call-list-2026-11-23.xlsx"}},
		Sources:   []night.SourceReport{{Name: "rsmp", Title: "Реестр МСП", State: night.StateDone}},
	}
	if change != nil {
		change(r)
	}
	for _, s := range r.Sources { // as the night judges
		if s.State.Short() {
			r.Short = append(r.Short, fmt.Sprintf("source %s: %s: %s", s.Name, s.State, s.Note))
		} else if s.State == night.StateOff {
			r.Short = append(r.Short, fmt.Sprintf("source %s is off: %s", s.Name, s.Note))
		}
	}
	for _, e := range r.Enrich {
		if e.Error != "" {
			r.Short = append(r.Short, fmt.Sprintf("enricher %s: %s", e.Name, e.Error))
		}
	}
	return r
}

func source(state night.State, note string) func(*night.Report) {
	return func(r *night.Report) {
		r.Sources = append(r.Sources, night.SourceReport{
			Name: "gis", Title: "2ГИС, выгрузка", State: state, Note: note, Counts: pipeline.Counts{Declared: 100, Read: 100, Taken: 70, Quarantined: 30},
			Release: pipeline.Release{Date: company.NewDate(2026, time.June, 1)}, Gaps: []pipeline.Gap{{Unit: "Москва.xlsx", Detail: "damaged input"}}, GapsMore: 2,
		})
	}
}

// says asserts what stands in a notice, in its order.
func says(t *testing.T, n pipeline.Notice, kind pipeline.NoticeKind, title string, want ...string) {
	t.Helper()
	if n.Kind != kind || n.Title != title {
		t.Errorf("%s %q, want %s %q", n.Kind, n.Title, kind, title)
	}
	text := n.Text()
	rest := text
	for _, w := range want {
		_, after, ok := strings.Cut(rest, w)
		if !ok {
			t.Fatalf("%q is not, in its place, in:\n%s", w, text)
		}
		rest = after
	}
	if n.Check() != nil || n.Host == "" || n.Link == "" || !n.At.Equal(now()) || len(n.Lines) == 0 {
		t.Errorf("notice %+v", n)
	}
}

func TestShortBySource(t *testing.T) {
	const title = "Список на 23.11.2026 готов, но не всё удалось"
	tests := []struct {
		state night.State
		note  string
		want  []string
	}{
		{night.StateFailed, "open it: no such file", []string{"2ГИС, выгрузка (gis): не прочитан из-за ошибки", "Причина: open it: no such file.", "Компаний в списке: 32 (приоритет 1: 30, 2: 0, 3: 2).", "obzvon sources", "obzvon run --date 2026-11-23"}},
		{night.StateIncomplete, "", []string{"не прочитано частей: 3. Первая: Москва.xlsx – damaged input.", "заново", "obzvon run"}},
		{night.StateQuarantine, "", []string{"забраковано строк больше допустимого: 30 из 100", "obzvon sources rejects gis", "columns"}},
		{night.StateStale, "the newest release is old", []string{"устарели, последний выпуск от 01.06.2026", "obzvon sources check gis"}},
		{night.StateOff, "its terms are not known", []string{"не читается", "sources.gis.terms_accepted"}},
	}
	for _, tt := range tests {
		t.Run(string(tt.state), func(t *testing.T) {
			n, ok := teller().Night(report(source(tt.state, tt.note)), nil)
			if !ok {
				t.Fatal("not told")
			}
			says(t, n, pipeline.NoticeShort, title, tt.want...)
			if n.Day.String() != "2026-11-23" || strings.Contains(n.Text(), "rsmp") {
				t.Errorf("day %s, text %s", n.Day, n.Text())
			}
		})
	}
}

// TestEveryShortState: whatever ends a night with 3 has a line of its own.
func TestEveryShortState(t *testing.T) {
	for _, s := range []night.State{
		night.StateDone, night.StateUnchanged, night.StateIncomplete, night.StateFailed, night.StateQuarantine, night.StateStale, night.StateLate, night.StateOff, night.StateLeftOut,
	} {
		r := report(source(s, "n"))
		n, ok := teller().Night(r, nil)
		if ok != (r.Exit() == 3) {
			t.Errorf("%s: told %v", s, ok)
		}
		if ok && (!strings.Contains(n.Lines[0], "gis") || len(n.Advice) == 0) {
			t.Errorf("%s: %+v", s, n)
		}
	}
}

func TestLate(t *testing.T) {
	late := func(r *night.Report) {
		source(night.StateLate, "the deadline came first")(r)
		r.Enrich = []night.EnrichReport{{Name: "website", Title: "Сайты компаний", Gain: night.Gain{Asked: 120, Found: 80}, Error: "the deadline came before the end"}}
	}
	n, _ := teller().Night(report(late), nil)
	says(t, n, pipeline.NoticeLate, "Список на 23.11.2026 готов, но до срока успели не всё",
		"2ГИС, выгрузка (gis): до срока не дочитан", "Сайты компаний (website): до срока спрошено 120, найдено 80", "следующей ночью", "run.deadline")
	if len(n.Advice) != 1 {
		t.Errorf("one piece of advice was meant: %q", n.Advice)
	}
	n, _ = teller().Night(report(func(r *night.Report) { late(r); r.Enrich[0].Error = "all is broken" }), nil)
	says(t, n, pipeline.NoticeShort, "Список на 23.11.2026 готов, но не всё удалось", "до срока", "прервана ошибкой. Причина: all is broken.")
}

func TestOther(t *testing.T) {
	n, _ := teller().Night(report(func(r *night.Report) { r.Short = []string{"exporter crm: disk quota"} }), nil)
	says(t, n, pipeline.NoticeShort, "Список на 23.11.2026 готов, но не всё удалось", "записан не везде. Причина: exporter crm: disk quota.", "obzvon export --date 2026-11-23")
	n, _ = teller().Night(report(func(r *night.Report) {
		r.Idle, r.Listed, r.Short = true, nil, []string{"no manager works on 2026-11-23: see since"}
	}), nil)
	says(t, n, pipeline.NoticeShort, "Список на 23.11.2026 пуст: никто не работает", "звонить некому", "absences")
	n, _ = teller().Night(report(func(r *night.Report) { r.Listed, r.Short = nil, []string{"something new"} }), nil)
	says(t, n, pipeline.NoticeShort, "Список на 23.11.2026 пуст, и не всё удалось", "Причина: something new.", "obzvon doctor")
}

func TestFailed(t *testing.T) {
	cut := func(r *night.Report) { r.Artefacts, r.ListID, r.Listed = nil, "", nil }
	tests := []struct {
		name  string
		r     *night.Report
		err   error
		title string
		want  []string
	}{
		{"anything", report(cut), errors.New("registry is damaged"), "Ночь не закончена, нет списка на 23.11.2026", []string{"Причина: registry is damaged.", "чтение источников (gis)", "obzvon doctor", "obzvon run --date 2026-11-23"}},
		{"no room", report(cut), fmt.Errorf("write: %w", syscall.ENOSPC), "Ночь не закончена, нет списка на 23.11.2026", []string{"кончилось место", "obzvon compact"}},
		{"no rights", report(cut), fmt.Errorf("open: %w", syscall.EACCES), "Ночь не закончена, нет списка на 23.11.2026", []string{"Нет прав"}},
		{"a frozen list", report(func(r *night.Report) { r.ListFrozen, r.Artefacts = true, nil }), errors.New("x"), "Ночь не закончена, список на 23.11.2026 прежний", []string{"Компаний в списке: 32", "не изменился", "Файлы не записаны"}},
		{"before it began", nil, fmt.Errorf("2028-01-10: %w", night.ErrNoCalendar), "Ночь не закончена", []string{"calendar.holidays", "obzvon run"}},
		{"no time", report(func(r *night.Report) { cut(r); r.Stages = nil }), context.DeadlineExceeded, "Ночь не закончена, нет списка на 23.11.2026", []string{"не хватило времени", "в самом начале"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, ok := teller().Night(tt.r, tt.err)
			if !ok {
				t.Fatal("not told")
			}
			says(t, n, pipeline.NoticeFailed, tt.title, tt.want...)
		})
	}
}

func TestNothingToTell(t *testing.T) {
	for name, of := range map[string]func() (pipeline.Notice, bool){
		"a good night": func() (pipeline.Notice, bool) { return teller().Night(report(nil), nil) },
		"stopped": func() (pipeline.Notice, bool) {
			return teller().Night(report(nil), fmt.Errorf("pull: %w", context.Canceled))
		},
		"no night": func() (pipeline.Notice, bool) { return teller().Night(nil, nil) },
	} {
		if n, ok := of(); ok {
			t.Errorf("%s: %+v", name, n)
		}
	}
	said := teller()
	said.Good = true
	n, ok := said.Night(report(nil), nil)
	if !ok {
		t.Fatal("not told")
	}
	says(t, n, pipeline.NoticeGood, "Список на 23.11.2026 готов", "Компаний в списке: 32", "Ночь заняла 1 ч 35 мин.")
	if len(n.Advice) > 0 || strings.Contains(n.Text(), "anna") {
		t.Errorf("%s", n.Text())
	}
}
