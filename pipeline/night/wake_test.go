package night_test

import (
	"strings"
	"testing"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// tendering gives a company's registry entry a tender with the days of its notice and
// of its end.
func (w *world) tendering(inn company.INN, key string, notice, until company.Date) {
	for i := range w.registry.all {
		o := &w.registry.all[i]
		if o.INN != inn {
			continue
		}
		o.Facts = append(
			o.Facts,
			company.Fact{Field: company.FieldTenderDay, Key: key, Value: notice.String()},
			company.Fact{Field: company.FieldTenderDeadline, Key: key, Value: until.String()},
			company.Fact{Field: company.FieldTenderSubject, Key: key, Value: "Подшипники"},
		)
		o.Sort()
	}
	w.registry.print += key
}

// A tender that was announced after a refusal breaks the rest, as often as manners
// allow; the row comes by the tender and begins with it.
func TestATenderBreaksTheRestAfterARefusal(t *testing.T) {
	w := newWorld(t)
	w.night.Config.CallList.TenderShare, w.night.Config.CallList.HoldDays = 0.5, 0
	w.run(t)
	first := w.shelf.last(t)
	wakes, older, never, notOurs, closed, torn := first.Calls[0], first.Calls[1], first.Calls[2], first.Calls[3], first.Calls[4], first.Calls[5]
	for _, said := range []struct {
		inn     int
		outcome string
	}{{0, funnel.NotInterested}, {1, funnel.NotInterested}, {2, funnel.DoNotCall}, {3, funnel.NotOurs}, {4, funnel.NotInterested}, {5, funnel.NotInterested}} {
		w.say(t, first, first.Calls[said.inn], store.Result{Outcome: said.outcome})
	}
	day := first.Date
	second := w.next(t, first)
	if _, there := rowOf(second, wakes.INN); there {
		t.Fatal("called a day after it refused, without a tender")
	}
	w.tendering(wakes.INN, "1", day+1, day+14)
	w.tendering(older.INN, "2", day, day+14)
	w.tendering(never.INN, "3", day+1, day+14)
	w.tendering(notOurs.INN, "4", day+1, day+14)
	w.tendering(closed.INN, "5", day+1, day+1)
	w.tendering(torn.INN, "6", day+1, day+1) // the newer is closed,
	w.tendering(torn.INN, "7", day-9, day+9) // the open one is older
	third := w.next(t, second)
	row, there := rowOf(third, wakes.INN)
	if !there || row.ManagerID != wakes.ManagerID || row.Attempt != 2 || !strings.HasPrefix(row.Hook, "Тендер на подшипники до ") || !strings.Contains(row.Hook, "ответили, что не нужно") {
		t.Errorf("on the list: %v, %+v", there, row)
	}
	for _, e := range w.list(t, third.Date).Rows {
		if e.Row.INN == wakes.INN && e.Pool != calllist.PoolTender {
			t.Errorf("it came by %s", e.Pool)
		}
	}
	for what, other := range map[string]company.INN{"older": older.INN, "asked for none": never.INN, "not ours": notOurs.INN, "closed": closed.INN, "newer closed, older open": torn.INN} {
		if _, there := rowOf(third, other); there {
			t.Errorf("%s: on the list", what)
		}
	}
	w.say(t, third, row, store.Result{Outcome: funnel.NoAnswer})
	b := third
	for there = false; !there && b.Date < day+14; row, there = rowOf(b, wakes.INN) {
		b = w.next(t, b)
	}
	if b.Date != day+7 { // not a third call within seven days
		t.Fatalf("after the attempt of %s it came on %s", third.Date, b.Date)
	}
	w.say(t, b, row, store.Result{Outcome: funnel.NotInterested})
	for b.Date < day+14 {
		b = w.next(t, b)
		if _, there := rowOf(b, wakes.INN); there {
			t.Errorf("refused again, and called again on %s", b.Date)
		}
	}
}

// Every lead is on the list or named in a reason, those that a tender wakes included.
func TestWokenOnesAreCounted(t *testing.T) {
	w := newWorld(t)
	w.night.Config.CallList.TenderShare = 0
	w.run(t)
	first := w.shelf.last(t)
	row := first.Calls[0]
	w.say(t, first, row, store.Result{Outcome: funnel.NotInterested})
	w.tendering(row.INN, "1", first.Date+1, first.Date+14)
	w.morrow(first.Date)
	r := w.run(t)
	if _, there := rowOf(w.shelf.last(t), row.INN); there {
		t.Fatal("woken though tenders have no share")
	}
	rows, skipped, leads := 0, int64(0), int64(0)
	for _, l := range r.Listed {
		rows += l.Rows
	}
	for _, n := range r.Skipped {
		skipped += n
	}
	for _, l := range r.Leads {
		leads += l.Leads
	}
	if int64(rows)+skipped != leads {
		t.Errorf("%d rows and %d for reasons %v of %d leads", rows, skipped, r.Skipped, leads)
	}
	answers, err := w.night.Explain(t.Context(), string(row.INN), w.shelf.last(t).Date)
	if err != nil || len(answers) != 1 {
		t.Fatalf("%d answers: %v", len(answers), err)
	}
	if text := answers[0].OnList; !strings.Contains(text, calllist.ReasonText(calllist.SkipQueue)) {
		t.Errorf("explained: %q", text)
	}
}
