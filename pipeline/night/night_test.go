package night_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestRunMakesTheList(t *testing.T) {
	w := newWorld(t)
	r := w.run(t)
	if r.Day != company.NewDate(2026, time.November, 23) {
		t.Errorf("a run on Friday evening is for %s, want Monday", r.Day)
	}
	if r.Exit() != 0 || !r.Completed {
		t.Errorf("exit %d, completed %v: %v", r.Exit(), r.Completed, r.Short)
	}
	book := w.shelf.last(t)
	if len(book.Calls) != 15 {
		t.Fatalf("%d rows, want the 15 dials of both managers", len(book.Calls))
	}
	for _, row := range book.Calls {
		if row.Priority != 1 {
			t.Errorf("%s has priority %d in month 1", row.Company, row.Priority)
		}
		if row.Phone == "" || row.CallWindow == "" || row.Hook == "" || row.Why == "" {
			t.Errorf("row %d lacks phone, window, hook or reason: %+v", row.Number, row)
		}
		if row.Region == "Камчатский край" {
			t.Errorf("%s has no common hour with Moscow", row.Company)
		}
	}
	if r.Skipped["no_window"] == 0 || r.Skipped["no_phone"] == 0 || r.Skipped["phase"] == 0 {
		t.Errorf("rows kept out must be counted by reason: %v", r.Skipped)
	}
	for _, s := range r.Sources {
		if err := s.Counts.Check(); err != nil || s.Counts.Read == 0 {
			t.Errorf("%s: %+v: %v", s.Name, s.Counts, err)
		}
	}
}

func TestSecondRunIsTheSame(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	r := w.run(t)
	if len(w.shelf.books) != 2 || text(t, w.shelf.books[0]) != text(t, w.shelf.books[1]) {
		t.Error("two runs gave two books")
	}
	if !r.ListFrozen {
		t.Error("the second run did not find the list frozen")
	}
	for _, s := range r.Sources {
		if s.State != night.StateUnchanged || s.Counts.Read == 0 {
			t.Errorf("%s: state %s, read %d; want unchanged with the counts repeated", s.Name, s.State, s.Counts.Read)
		}
	}
	if w.registry.pulls != 1 {
		t.Errorf("an unchanged release was read %d times", w.registry.pulls)
	}
}

// A list that was issued does not change, whatever becomes of the base and the
// weights; only the stop list takes rows out, and at once.
func TestIssuedListIsFrozen(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	before := w.shelf.last(t)
	w.night.Segments.Signals[0].Points = 0
	w.registry.print, w.registry.all = "b", w.registry.all[10:]
	gone := before.Calls[3]
	_, err := w.store.AddStops(t.Context(), []store.Stop{{Kind: store.StopPhone, Value: gone.PhoneLink, Reason: "refused", At: w.now}})
	if err != nil {
		t.Fatal(err)
	}
	r := w.run(t)
	after := w.shelf.last(t)
	if r.Withdrawn != 1 || len(after.Calls) != len(before.Calls)-1 {
		t.Fatalf("withdrawn %d, rows %d → %d; want one less", r.Withdrawn, len(before.Calls), len(after.Calls))
	}
	want := append(append([]pipeline.Row(nil), before.Calls[:3]...), before.Calls[4:]...)
	if text(t, want) != text(t, after.Calls) {
		t.Error("rows of an issued list changed")
	}
	if strings.Contains(text(t, after), gone.PhoneLink) || strings.Contains(text(t, after.Tiers), string(gone.INN)) {
		t.Error("the stopped company is still in the book")
	}
}

func TestOneBadSourceNeverCostsTheList(t *testing.T) {
	w := newWorld(t)
	w.registry.fail = errBroken
	r := w.run(t)
	if r.Exit() != 3 || len(w.shelf.last(t).Calls) == 0 {
		t.Errorf("exit %d with %d rows, want 3 with a list", r.Exit(), len(w.shelf.last(t).Calls))
	}
	if s := r.Sources[1]; s.Name != "registry" || s.State != night.StateFailed || !strings.Contains(s.Note, "the line is dead") {
		t.Errorf("report of the broken source: %+v", s)
	}
}

func TestGapAndQuarantineAreShort(t *testing.T) {
	t.Run("gap", func(t *testing.T) {
		w := newWorld(t)
		w.registry.gaps = []pipeline.Gap{{Unit: "member 7", Detail: "wrong checksum", Unread: 900}}
		w.registry.extra = pipeline.Counts{Declared: 900, Unread: 900}
		if r := w.run(t); r.Exit() != 3 || r.Sources[1].State != night.StateIncomplete || r.Sources[1].Counts.Unread != 900 {
			t.Errorf("exit %d, %+v", r.Exit(), r.Sources[1])
		}
	})
	t.Run("quarantine under the limit", func(t *testing.T) {
		w := newWorld(t)
		w.night.Config.Run.QuarantineLimit = 0.1
		w.registry.extra = pipeline.Counts{Declared: 5, Read: 5, Quarantined: 5}
		if r := w.run(t); r.Exit() != 0 {
			t.Errorf("exit %d: %v", r.Exit(), r.Short)
		}
	})
	t.Run("quarantine over the limit", func(t *testing.T) {
		w := newWorld(t)
		w.registry.extra = pipeline.Counts{Declared: 5, Read: 5, Quarantined: 5}
		if r := w.run(t); r.Exit() != 3 || r.Sources[1].State != night.StateQuarantine {
			t.Errorf("exit %d, %+v", r.Exit(), r.Sources[1])
		}
	})
	t.Run("rows lost", func(t *testing.T) {
		w := newWorld(t)
		w.registry.extra = pipeline.Counts{Declared: 5, Read: 4}
		if r := w.run(t); r.Exit() != 3 || r.Sources[1].State != night.StateFailed {
			t.Errorf("exit %d, %+v", r.Exit(), r.Sources[1])
		}
	})
}

// "Gone" is said only after a whole release.
func TestGoneNeedsAWholeRelease(t *testing.T) {
	for _, c := range []struct {
		name string
		fail error
		want int64
	}{{"whole", nil, 10}, {"broken off", errBroken, 0}} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.run(t)
			w.registry.print, w.registry.all, w.registry.fail = "b", w.registry.all[10:], c.fail
			w.now = w.now.AddDate(0, 0, 3)
			if r := w.run(t); r.Sources[1].Delta.Gone != c.want {
				t.Errorf("gone %d, want %d: %+v", r.Sources[1].Delta.Gone, c.want, r.Sources[1])
			}
		})
	}
}

// The source that runs at the deadline is cut, those after it are not begun,
// and the list is there.
func TestDeadlineLeavesTheList(t *testing.T) {
	w := newWorld(t)
	w.now = time.Date(2026, time.November, 23, 6, 59, 59, 900e6, time.FixedZone("МСК", 3*3600))
	w.directory.hang = make(chan struct{})
	w.directory.late = func() { w.now = w.now.Add(time.Minute) }
	r := w.run(t)
	if r.Exit() != 3 || r.Day != company.NewDate(2026, time.November, 23) {
		t.Errorf("exit %d for %s: %v", r.Exit(), r.Day, r.Short)
	}
	for _, s := range r.Sources {
		if s.State != night.StateLate || !strings.Contains(s.Note, "deadline") {
			t.Errorf("report of %s: %+v", s.Name, s)
		}
	}
	if w.registry.pulls != 0 {
		t.Error("a source was begun after the deadline")
	}
	if len(w.shelf.books) != 1 {
		t.Fatal("no list at the deadline")
	}
	// The next run goes on where the deadline cut.
	w.directory.hang, w.directory.late = nil, nil
	from := w.directory.began
	w.run(t)
	if w.directory.began == "" || from != "" {
		t.Errorf("the pull began again at %q", w.directory.began)
	}
	if got := len(w.shelf.last(t).Calls); got != 15 {
		t.Errorf("%d rows after the rest was read, want 15", got)
	}
}

func TestCancelEndsTheNight(t *testing.T) {
	w := newWorld(t)
	w.registry.hang = make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-w.registry.hang; cancel() }()
	_, err := w.night.Run(ctx, night.Request{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the cancellation", err)
	}
	if len(w.shelf.books) != 0 {
		t.Error("a cancelled night issued a list")
	}
}

func TestNoListForADayOff(t *testing.T) {
	w := newWorld(t)
	_, err := w.night.Run(t.Context(), night.Request{Day: company.NewDate(2026, time.November, 22)})
	if !errors.Is(err, night.ErrNotWorkday) || !strings.Contains(err.Error(), "2026-11-23") {
		t.Errorf("error %v, want ErrNotWorkday that names the next working day", err)
	}
}

func TestFreshTellsWhatChanged(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	if got := w.shelf.last(t); got.FreshAll == 0 || got.Fresh[0].What != "новая" {
		t.Errorf("the first run finds everything new: %d", got.FreshAll)
	}
	w.now = w.now.AddDate(0, 0, 3)
	changed := w.directory.all[0]
	changed.Facts = append([]company.Fact(nil), changed.Facts...)
	changed.Add(company.FieldEmail, "zakup@primer.example")
	changed.Sort()
	w.directory.all[0], w.directory.print = changed, "b"
	w.run(t)
	got := w.shelf.last(t)
	if got.FreshAll != 1 || !strings.Contains(got.Fresh[0].What, "zakup@primer.example") {
		t.Errorf("fresh: %d %+v, want the one e-mail", got.FreshAll, got.Fresh)
	}
}

// Vetoes are counted by reason and stand on no sheet.
func TestClientIsNoLead(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.AddStops(t.Context(), []store.Stop{
		{Kind: store.StopINN, Value: string(inn(1)), Reason: "client", At: w.now},
		{Kind: store.StopPhone, Value: "+79070000002", Reason: "refused", At: w.now},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := w.run(t)
	if r.Vetoed["client"] != 1 || r.Vetoed["stop"] != 1 {
		t.Errorf("vetoed %v", r.Vetoed)
	}
	book := text(t, w.shelf.last(t))
	if strings.Contains(book, string(inn(1))) || strings.Contains(book, string(inn(2))) {
		t.Error("a client or a refusal is in the book")
	}
}

// An empty list is nothing issued: when the source comes back the day gets its
// list.
func TestEmptyListIsNotFrozen(t *testing.T) {
	w := newWorld(t)
	all := w.registry.all
	w.registry.all, w.registry.fail = nil, errBroken
	w.directory.fail = errBroken
	kept := w.directory.all
	w.directory.all = nil
	if r := w.run(t); r.Exit() != 3 || len(w.shelf.last(t).Calls) != 0 {
		t.Fatalf("exit %d, %d rows", r.Exit(), len(w.shelf.last(t).Calls))
	}
	w.registry.all, w.registry.fail, w.registry.print = all, nil, "b"
	w.directory.all, w.directory.fail, w.directory.print = kept, nil, "b"
	if r := w.run(t); r.ListFrozen || len(w.shelf.last(t).Calls) != 15 {
		t.Errorf("frozen %v, %d rows; want the day's list", r.ListFrozen, len(w.shelf.last(t).Calls))
	}
}

// Taking a code out of the segments is no news of the companies that had it.
func TestAnotherFilterIsNotGone(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	w.now = w.now.AddDate(0, 0, 3)
	w.night.Sources = w.night.Sources[:1] // and the directory's ИНН are no longer held
	r := w.run(t)
	if d := r.Sources[0].Delta; d.Gone != 0 {
		t.Errorf("gone %d, want 0: %+v", d.Gone, d)
	}
}

// A source that was switched off has no say any more, though its data stays.
func TestSourceSwitchedOffHasNoSay(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	w.now = w.now.AddDate(0, 0, 3)
	directory := w.night.Sources[1]
	w.night.Sources = w.night.Sources[:1]
	w.run(t)
	if book := w.shelf.last(t); len(book.Calls) != 0 || strings.Contains(text(t, book.Tiers), "directory") {
		t.Errorf("%d rows rest on a source that was switched off", len(book.Calls))
	}
	w.night.Sources = append(w.night.Sources, directory)
	w.run(t)
	if book := w.shelf.last(t); len(book.Calls) != 15 {
		t.Errorf("%d rows after it was switched on again", len(book.Calls))
	}
}

// Whose word wins among equals must not depend on whether the store was built
// up night by night or at once.
func TestWinnersDoNotDependOnHistory(t *testing.T) {
	said := func(source string, day company.Date, city string) *source2 {
		o := firm(1, "45.20.1", "59", city)
		o.Date = day
		return &source2{name: source, o: o}
	}
	city := func(nights ...[2]*source2) string {
		w := newWorld(t)
		for _, two := range nights {
			w.night.Sources = nil
			for _, s := range two {
				w.night.Sources = append(w.night.Sources, night.Source{
					Section: config.Section{Name: s.name, Enabled: true, Trust: 50},
					Source:  &source{name: s.name, kind: pipeline.KindDirectory, all: []company.Observation{s.o}, print: s.o.Date.String()},
				})
			}
			w.run(t)
			w.now = w.now.AddDate(0, 0, 7)
		}
		answers, err := w.night.Explain(t.Context(), string(inn(1)), 0)
		if err != nil {
			t.Fatal(err)
		}
		return answers[0].Explanation.City
	}
	old, newer := company.NewDate(2024, time.May, 1), company.NewDate(2026, time.May, 1)
	b := said("b", company.NewDate(2025, time.May, 1), "Тверь")
	grown := city([2]*source2{said("a", old, "Пермь"), b}, [2]*source2{said("a", newer, "Пермь"), b})
	rebuilt := city([2]*source2{said("a", newer, "Пермь"), b})
	if grown != rebuilt || grown != "Пермь" {
		t.Errorf("grown night by night %s, built at once %s", grown, rebuilt)
	}
}

type source2 struct {
	name string
	o    company.Observation
}

// What the store refuses is the source's fault and not the night's end.
func TestBadObservationIsTheSourcesFault(t *testing.T) {
	w := newWorld(t)
	w.directory.all[3].Key = w.directory.all[4].Key
	r := w.run(t)
	if r.Exit() != 3 || r.Sources[0].State != night.StateFailed || len(w.shelf.books) != 1 {
		t.Errorf("exit %d, %+v", r.Exit(), r.Sources[0])
	}
}

// A repetition that fails does not undo the completed run that «Новые» counts
// from, and the ledger tells why it failed.
func TestFailedRepetitionKeepsTheLedger(t *testing.T) {
	w := newWorld(t)
	first := w.run(t)
	w.build(t, &dying{Store: w.store, left: 4})
	w.directory.print = "b"
	if _, err := w.night.Run(t.Context(), night.Request{}); err == nil {
		t.Fatal("the run was not killed")
	}
	w.build(t, w.store)
	run, err := w.store.Run(t.Context(), first.Day)
	if err != nil || !run.Completed {
		t.Errorf("run %+v, %v", run, err)
	}
	w.now = w.now.AddDate(0, 0, 3)
	w.run(t)
	if got := w.shelf.last(t).FreshAll; got != 0 {
		t.Errorf("%d companies are new though nothing changed", got)
	}
}

// A company that another source names for the first time is no new company.
func TestNewInASourceIsNotNew(t *testing.T) {
	w := newWorld(t)
	both := w.night.Sources
	w.night.Sources = both[:1]
	w.run(t)
	w.now = w.now.AddDate(0, 0, 3)
	w.night.Sources = both
	w.run(t)
	for _, f := range w.shelf.last(t).Fresh {
		if f.What != "появилась в источнике: directory" {
			t.Fatalf("%s: %q", f.Company, f.What)
		}
	}
	if w.shelf.last(t).FreshAll == 0 {
		t.Error("nothing is fresh")
	}
}

// Every good lead is on the list or named in a reason why not.
func TestEveryLeadIsAccountedFor(t *testing.T) {
	w := newWorld(t)
	r := w.run(t)
	leads, named := int64(0), int64(len(w.shelf.last(t).Calls))
	for _, l := range r.Leads {
		leads += l.Leads
	}
	for _, count := range r.Skipped {
		named += count
	}
	if leads != named {
		t.Errorf("%d leads, %d on the list or named: %v", leads, named, r.Skipped)
	}
}

// A firm of which only the time zone is known, by its phone's code, is called.
func TestZoneWithoutRegionIsEnough(t *testing.T) {
	w := newWorld(t)
	lone := firm(99, "45.20.1", "", "")
	lone.Add(company.FieldPhone, "+79070009999")
	lone.Add(company.FieldZone, "Europe/Moscow")
	lone.Sort()
	unknown := firm(98, "45.20.1", "", "")
	unknown.Add(company.FieldPhone, "+79070009998")
	unknown.Sort()
	w.directory.all = []company.Observation{lone, unknown}
	r := w.run(t)
	if book := w.shelf.last(t); len(book.Calls) != 1 || book.Calls[0].INN != inn(99) {
		t.Errorf("rows %v", book.Calls)
	}
	if r.Skipped["no_zone"] != 1 {
		t.Errorf("skipped %v, want one whose time is unknown", r.Skipped)
	}
}

// A day whose holidays nobody has written down gets no list; a day on which nobody
// works falls short and says why.
func TestDaysWithoutCalendarOrManagers(t *testing.T) {
	w := newWorld(t)
	if _, err := w.night.Run(t.Context(), night.Request{Day: company.NewDate(2031, time.January, 2)}); !errors.Is(err, night.ErrNoCalendar) {
		t.Errorf("error %v, want ErrNoCalendar", err)
	}
	for i := range w.night.Config.Managers {
		w.night.Config.Managers[i].Through = "2026-11-20"
	}
	r := w.run(t)
	if r.Exit() != 3 || !r.Idle || !strings.Contains(strings.Join(r.Short, " "), "no manager works on 2026-11-23") {
		t.Errorf("exit %d, %v", r.Exit(), r.Short)
	}
}
