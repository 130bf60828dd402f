package intake

import (
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// A refusal stops the company and each of its numbers: of the frozen list and of
// what the row shows now, but not what sources know at the moment.
func TestRefusalStops(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{
		1: {heading.TitleResult: "Не звонить", heading.TitleNext: "никогда", heading.TitlePhone: pretty(999), heading.TitlePhones: ""},
		2: {heading.TitleResult: "Интерес", heading.TitleConsent: "Отказ"},
		3: {heading.TitleResult: "Не интересно"},
	})
	b.Rows = append(b.Rows, filled(9, cells{heading.TitleINN: string(innOf(20)), heading.TitleResult: "не звонить"}, nil))
	f := o.take(t, b).Files[0]
	want := []string{
		string(innOf(1)) + " refused", string(innOf(2)) + " refused", string(innOf(20)) + " refused",
		phoneOf(1) + " refused", phoneOf(2) + " refused", phoneOf(101) + " refused", phoneOf(102) + " refused", phoneOf(999) + " refused",
	}
	if got := o.stopped(t); got != strings.Join(want, ", ") {
		t.Errorf("%s\nwant %s", got, want)
	}
	if len(f.Stops) != len(want) || f.Taken != 4 {
		t.Errorf("%+v", f)
	}
	all, err := o.store.StopList(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s := all[0]; s.By != "manager-1" || !s.At.Equal(day(t, listDay).Time()) || !strings.Contains(s.Note, "«Не звонить», список на 23.11.2026") {
		t.Errorf("%+v", s)
	}
	// The same file again does not bring back what a person has taken away.
	if err := o.store.RemoveStop(t.Context(), store.StopINN, string(innOf(1)), ""); err != nil {
		t.Fatal(err)
	}
	if f := o.take(t, b).Files[0]; len(f.Stops) != 0 || strings.Contains(o.stopped(t), string(innOf(1))+" ") {
		t.Errorf("%+v: %s", f.Stops, o.stopped(t))
	}
}

// Of a row that cannot be taken the refusal counts all the same.
func TestRefusalOfARowThatIsNotTaken(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: "Не звонить"}})
	b.Rows = append(
		b.Rows,
		filled(9, cells{heading.TitlePhone: pretty(700), heading.TitleResult: "Не звонить"}, nil),
		filled(10, cells{heading.TitlePhone: pretty(701), heading.TitleINN: string(innOf(500)), heading.TitleConsent: "нет"}, nil),
		filled(11, cells{heading.TitlePhone: pretty(702), heading.TitleINN: "123", heading.TitleResult: "Не звонить"}, nil),
		filled(12, issuedCells(1), cells{heading.TitleResult: funnel.Interest}),
	)
	f := o.take(t, b).Files[0]
	if f.Problems != 4 || len(o.results(t, 500)) != 0 || o.results(t, 1)[0].Outcome != funnel.Interest {
		t.Errorf("%+v\n%s", f, said(f))
	}
	for _, v := range []string{phoneOf(700), phoneOf(701), phoneOf(702), string(innOf(500)), string(innOf(1)), phoneOf(101)} {
		if !strings.Contains(o.stopped(t), v) {
			t.Errorf("%s is not stopped: %s", v, o.stopped(t))
		}
	}
}

// A stop that a person wrote stays as it was written.
func TestStopOfAPersonStays(t *testing.T) {
	o := newOffice(t)
	hand := store.Stop{Kind: store.StopINN, Value: string(innOf(1)), Reason: calllist.StopRefused, Note: "звонил юрист", By: "head", At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	if _, err := o.store.AddStops(t.Context(), []store.Stop{hand}); err != nil {
		t.Fatal(err)
	}
	o.take(t, book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: "Не звонить"}}))
	all, err := o.store.StopList(t.Context())
	if err != nil || all[0].Note != hand.Note || len(all) != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

// Of two calls that stop the same company the earlier one's entry stands.
func TestEarlierStopStands(t *testing.T) {
	table := func(hour int, when string) cells {
		return cells{heading.TitleINN: string(innOf(30)), heading.TitleResult: "Не звонить", heading.TitleDay: when}
	}
	early, late := plainTable(t, 10, table(10, "02.11.2026")), plainTable(t, 11, table(11, "05.11.2026"))
	for range 2 {
		o := newOffice(t)
		o.take(t, early)
		o.take(t, late)
		all, err := o.store.StopList(t.Context())
		if err != nil || len(all) != 1 || all[0].At.Format(time.DateOnly) != "2026-11-02" {
			t.Errorf("%+v, %v", all, err)
		}
		early, late = late, early
	}
}
