package night_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// morrow is the evening of a list's day: the night that follows makes the next.
func (w *world) morrow(day company.Date) {
	w.now = day.Time().Add(20 * time.Hour)
}

// say puts down what came of a row.
func (w *world) say(t *testing.T, b *pipeline.Book, row pipeline.Row, edit store.Result) {
	t.Helper()
	edit.INN, edit.Day, edit.List, edit.Manager, edit.Dialled = row.INN, b.Date, b.ListID, row.ManagerID, row.PhoneLink
	edit.File, edit.FileName, edit.Saved = "f"+b.ListID, "list.xlsx", b.Date.Time().Add(17*time.Hour)
	if _, err := w.store.PutResults(t.Context(), []store.Result{edit}); err != nil {
		t.Fatal(err)
	}
}

// next runs the night after the book's day.
func (w *world) next(t *testing.T, b *pipeline.Book) *pipeline.Book {
	t.Helper()
	w.morrow(b.Date)
	w.run(t)
	return w.shelf.last(t)
}

func rowOf(b *pipeline.Book, inn company.INN) (pipeline.Row, bool) {
	for _, r := range b.Calls {
		if r.INN == inn {
			return r, true
		}
	}
	return pipeline.Row{}, false
}

func (w *world) list(t *testing.T, day company.Date) *calllist.List {
	t.Helper()
	data, err := w.store.List(context.Background(), day)
	if err != nil {
		t.Fatal(err)
	}
	l, err := calllist.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What was agreed on comes on its day, first, with its hour; until then the
// company is left alone, and the reason is told.
func TestAgreedCallComesOnItsDay(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	row := first.Calls[4]
	w.say(t, first, row, store.Result{Outcome: funnel.CallBack, Next: first.Date + 2, NextAt: 11*60 + 30, Comment: "в отпуске\nдо среды"})
	second := w.next(t, first)
	if _, there := rowOf(second, row.INN); there {
		t.Error("called before the day that was agreed")
	}
	third := w.next(t, second)
	got := third.Calls[0]
	if got.INN != row.INN || got.ManagerID != row.ManagerID || got.State != pipeline.RowPromised || got.CallWindow != "в 11:30" || got.Attempt != 2 {
		t.Errorf("row 1 is %+v", got)
	}
	if want := "Перезвонить 23.11, договорились на 25.11 11:30: в отпуске до среды"; got.LastResult != want {
		t.Errorf("last result %q, want %q", got.LastResult, want)
	}
	fourth := w.next(t, third) // nobody called: it leads the list again
	if got := fourth.Calls[0]; got.INN != row.INN || got.State != pipeline.RowOverdue || strings.HasPrefix(got.CallWindow, "в ") {
		t.Errorf("overdue row 1 is %+v", got)
	}
}

// A row that nobody called stays with its manager for some days and counts as no
// attempt; then it is anybody's.
func TestUncalledRowsAreHeld(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	book := first
	w.say(t, first, first.Calls[2], store.Result{Comment: "только со вторника"})
	for range w.night.Config.CallList.HoldDays {
		book = w.next(t, book)
		for _, row := range first.Calls {
			again, there := rowOf(book, row.INN)
			if !there || again.ManagerID != row.ManagerID || again.Attempt != 1 {
				t.Fatalf("%s: %s of %s is %+v", book.Date, row.Company, row.ManagerID, again)
			}
		}
		if got, _ := rowOf(book, first.Calls[2].INN); got.LastResult != "не звонили 23.11: только со вторника" {
			t.Errorf("what was written into the row is shown as %q", got.LastResult)
		}
		for _, e := range w.list(t, book.Date).Rows {
			if e.Pool != calllist.PoolHeld {
				t.Fatalf("%s: %s came from %s, want held", book.Date, e.Row.Company, e.Pool)
			}
		}
	}
	book = w.next(t, book)
	for _, e := range w.list(t, book.Date).Rows {
		if e.Pool == calllist.PoolHeld {
			t.Errorf("%s is still held", e.Row.Company)
		}
	}
}

// Retries are spaced and in another half of the day; refusals rest; a stop, an
// "out" and a client never come back as new.
func TestResultsDecideTomorrow(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	silent, refused, alien, client := first.Calls[0], first.Calls[1], first.Calls[2], first.Calls[3]
	w.say(t, first, silent, store.Result{Outcome: funnel.NoAnswer, Half: store.HalfMorning})
	w.say(t, first, refused, store.Result{Outcome: funnel.NotInterested})
	w.say(t, first, alien, store.Result{Outcome: funnel.NotOurs})
	w.say(t, first, client, store.Result{Outcome: funnel.Contract, Amount: 90_000})
	second := w.next(t, first)
	again, there := rowOf(second, silent.INN)
	if !there || again.State != pipeline.RowAgain || again.Attempt != 2 || again.ManagerID != silent.ManagerID {
		t.Errorf("the retry is %+v", again)
	}
	if l := w.list(t, second.Date); l.Rows[again.Number-1].Half != store.HalfEvening || l.Rows[again.Number-1].Pool != calllist.PoolDue {
		t.Errorf("the retry is for half %q of pool %q", l.Rows[again.Number-1].Half, l.Rows[again.Number-1].Pool)
	}
	for _, row := range []pipeline.Row{refused, alien} {
		if _, there := rowOf(second, row.INN); there {
			t.Errorf("%s is called again", row.Company)
		}
	}
	onboarding, there := rowOf(second, client.INN) // day 1 after the contract
	if !there || onboarding.State != pipeline.RowClient {
		t.Errorf("the new client is %+v", onboarding)
	}
	w.morrow(second.Date)
	r := w.run(t)
	if r.Skipped[calllist.SkipResting] != 1 || r.Skipped[calllist.SkipOut] != 1 {
		t.Errorf("passed over: %v", r.Skipped)
	}
}

// A contract moves a company to those who keep clients; a pin outranks that.
func TestClientsMoveToRetention(t *testing.T) {
	w := newWorld(t)
	w.night.Config.Managers[0].Role, w.night.Config.Managers[1].Role = config.RoleAcquisition, config.RoleRetention
	w.run(t)
	first := w.shelf.last(t)
	var mine []pipeline.Row
	for _, row := range first.Calls {
		if row.ManagerID == "a" {
			mine = append(mine, row)
		}
	}
	moved, pinned := mine[0], mine[1]
	for _, row := range mine[:2] {
		w.say(t, first, row, store.Result{Outcome: funnel.Contract})
	}
	err := w.store.PutMarks(t.Context(), []store.Mark{{INN: pinned.INN, Kind: store.MarkPin, Value: "a", By: "head", At: w.now}})
	if err != nil {
		t.Fatal(err)
	}
	second := w.next(t, first)
	for inn, want := range map[company.INN]string{moved.INN: "b", pinned.INN: "a"} {
		if got, there := rowOf(second, inn); !there || got.ManagerID != want {
			t.Errorf("client %s is called by %q, want %q", inn, got.ManagerID, want)
		}
	}
}

// Who is away gets no list; what was agreed on is lent for the day, the rest
// waits for him.
func TestAbsence(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	var his []pipeline.Row
	for _, row := range first.Calls {
		if row.ManagerID == "b" {
			his = append(his, row)
		}
	}
	agreed, silent := his[0], his[1]
	w.say(t, first, agreed, store.Result{Outcome: funnel.CallBack, Next: first.Date + 1})
	w.say(t, first, silent, store.Result{Outcome: funnel.NoAnswer})
	w.night.Config.Managers[1].Absences = []config.Absence{{From: config.Day((first.Date + 1).String()), Until: config.Day((first.Date + 1).String())}}
	second := w.next(t, first)
	for _, row := range second.Calls {
		if row.ManagerID == "b" || row.INN == silent.INN {
			t.Errorf("%s is called by %s", row.Company, row.ManagerID)
		}
	}
	if got, there := rowOf(second, agreed.INN); !there || got.ManagerID != "a" {
		t.Errorf("the agreed call went to %q", got.ManagerID)
	}
	third := w.next(t, second)
	if got, there := rowOf(third, silent.INN); !there || got.ManagerID != "b" {
		t.Errorf("after the absence the retry is called by %q", got.ManagerID)
	}
	if got, there := rowOf(third, agreed.INN); !there || got.ManagerID != "b" {
		t.Errorf("what was lent is called by %q afterwards", got.ManagerID)
	}
}

// A better number and the name of whom to ask for become facts that outrank every
// source, though sources may name nobody; a wrong number is not dialled again.
func TestManagersKnowBetter(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	row, wrong := first.Calls[0], first.Calls[1]
	w.say(t, first, row, store.Result{
		Outcome: funnel.CallBack, Next: first.Date + 1, Phones: []string{"+79070009999"}, Person: "Образцова Мария", Post: "снабженец",
	})
	w.say(t, first, wrong, store.Result{Outcome: funnel.NoSuchNumber})
	second := w.next(t, first)
	got, _ := rowOf(second, row.INN)
	if got.PhoneLink != "+79070009999" || got.Person != "Образцова Мария" || !strings.Contains(got.OtherPhones, row.Phone) || !strings.Contains(got.Sources, "Менеджер") {
		t.Errorf("the row shows %q, %q, others %q, sources %q", got.Phone, got.Person, got.OtherPhones, got.Sources)
	}
	if got, there := rowOf(second, wrong.INN); there {
		t.Errorf("a number that does not exist is dialled again: %+v", got)
	}
}

// Results that come in after a list was issued change the next one only.
func TestResultsDoNotChangeAnIssuedList(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	w.say(t, first, first.Calls[0], store.Result{Outcome: funnel.NotOurs})
	w.run(t)
	if text(t, first) != text(t, w.shelf.last(t)) {
		t.Error("the issued list changed")
	}
}

// A live tender brings a company in before its phase, within its share; one whose
// last day has gone by does not. Some rows are drawn whatever their score, and
// the list says from how many.
func TestTendersAndLots(t *testing.T) {
	w := newWorld(t)
	w.night.Config.CallList.TenderShare, w.night.Config.CallList.RandomShare = 0.1, 0.1
	until := map[int]string{1: "2026-11-23", 2: "2026-11-22", 5: "2026-12-10"} // 2 and 5 are of priority 2
	for i := range w.registry.all {
		if day, ok := until[i]; ok {
			o := &w.registry.all[i]
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldTenderDeadline, Key: "0373", Value: day})
			o.Sort()
		}
	}
	w.directory.all = append(w.directory.all, contact(5, "+79070000005"))
	w.run(t)
	l := w.list(t, w.shelf.last(t).Date)
	pools := map[calllist.Pool][]company.INN{}
	for _, e := range l.Rows {
		pools[e.Pool] = append(pools[e.Pool], e.Row.INN)
	}
	if got := pools[calllist.PoolTender]; len(got) != 2 || !slices.Contains(got, inn(1)) || !slices.Contains(got, inn(5)) {
		t.Errorf("by tender came %v, want %v", got, []company.INN{inn(1), inn(5)})
	}
	if len(pools[calllist.PoolRandom]) != 2 || l.Below < int64(len(pools[calllist.PoolRandom])) {
		t.Errorf("%d drawn of %d", len(pools[calllist.PoolRandom]), l.Below)
	}
	for _, e := range l.Rows {
		if e.Tenth < 1 || e.Tenth > 10 || e.Place < 1 || len(e.Values) == 0 {
			t.Fatalf("%s is marked tenth %d, place %d, values %v", e.Row.Company, e.Tenth, e.Place, e.Values)
		}
	}
}

// A company of which no number is left, and one of which the head decides, stand on
// «На проверку» with what to do.
func TestCallsForReview(t *testing.T) {
	w := newWorld(t)
	w.night.Segments.Cadence.CallBackMoves = 0
	w.run(t)
	first := w.shelf.last(t)
	wrong, stuck := first.Calls[0], first.Calls[1]
	w.say(t, first, wrong, store.Result{Outcome: funnel.NoSuchNumber})
	w.say(t, first, stuck, store.Result{Outcome: funnel.CallBack, Next: first.Date + 1})
	second := w.next(t, first)
	var told []string
	for _, r := range second.Review {
		if r.Source == config.ManagerSource {
			told = append(told, r.Key+" "+r.Why)
		}
	}
	if len(told) != 2 || !strings.Contains(told[0], string(wrong.INN)) || !strings.Contains(told[0], wrong.Phone) || !strings.Contains(told[1], "Решает руководитель") {
		t.Errorf("on review: %q", told)
	}
	for _, row := range []pipeline.Row{wrong, stuck} {
		if _, there := rowOf(second, row.INN); there {
			t.Errorf("%s is called again", row.Company)
		}
	}
}

// Of one who is away for long all that is due is lent.
func TestLongAbsence(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	var his pipeline.Row
	for _, row := range first.Calls {
		if row.ManagerID == "b" {
			his = row
		}
	}
	w.say(t, first, his, store.Result{Outcome: funnel.NoAnswer})
	w.night.Config.Managers[1].Absences = []config.Absence{{From: config.Day((first.Date + 1).String()), Until: config.Day((first.Date + 14).String())}}
	second := w.next(t, first)
	if got, there := rowOf(second, his.INN); !there || got.ManagerID != "a" {
		t.Errorf("the retry went to %q", got.ManagerID)
	}
	owners, err := w.store.Owners(t.Context())
	if err != nil || owners[his.INN] != "b" {
		t.Errorf("the company changed its manager to %q, %v", owners[his.INN], err)
	}
}

// A row where only a day was written comes on that day, to its manager.
func TestOnlyADayWasWritten(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	row := first.Calls[7]
	w.say(t, first, row, store.Result{Next: first.Date + 2, NextAt: 10 * 60})
	second := w.next(t, first)
	if _, there := rowOf(second, row.INN); there {
		t.Error("called before the day that was written")
	}
	third := w.next(t, second)
	if got, there := rowOf(third, row.INN); !there || got.ManagerID != row.ManagerID || got.CallWindow != "в 10:00" || got.Attempt != 1 {
		t.Errorf("on its day the row is %+v", got)
	}
}

// A list for an earlier day leaves companies with those who have them since.
func TestEarlierListTakesNobodysCompanies(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	before, err := w.store.Owners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.night.Config.Managers[0].Since = "2026-11-23"
	if _, err := w.night.Run(t.Context(), night.Request{Day: company.NewDate(2026, time.November, 20)}); err != nil {
		t.Fatal(err)
	}
	after, err := w.store.Owners(t.Context())
	if err != nil || !maps.Equal(before, after) {
		t.Errorf("companies changed hands: %v → %v, %v", before, after, err)
	}
}

// A mark for somebody who is gone counts for nothing; the company stays with who
// called it.
func TestDeadMarks(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	first := w.shelf.last(t)
	row := first.Calls[0]
	if err := w.store.PutMarks(t.Context(), []store.Mark{{INN: row.INN, Kind: store.MarkManager, Value: "gone", By: "head", At: w.now}}); err != nil {
		t.Fatal(err)
	}
	w.say(t, first, row, store.Result{Outcome: funnel.CallBack, Next: first.Date + 1})
	if got, there := rowOf(w.next(t, first), row.INN); !there || got.ManagerID != row.ManagerID {
		t.Errorf("called by %q, want %q", got.ManagerID, row.ManagerID)
	}
}

// What was agreed with a company that shares no hours with anybody is called all
// the same; what finds no place stands on «На проверку».
func TestAgreedCallsDoNotVanish(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	day := w.shelf.last(t).Date
	far, silent := inn(3), inn(0) // Kamchatka; no phone
	for _, who := range []company.INN{far, silent} {
		r := store.Result{INN: who, Day: day, File: "t", FileName: "fair.csv", Outcome: funnel.CallBack, Next: day + 1, NextAt: 9 * 60, Saved: w.now}
		if _, err := w.store.PutResults(t.Context(), []store.Result{r}); err != nil {
			t.Fatal(err)
		}
	}
	book := w.next(t, w.shelf.last(t))
	if got, there := rowOf(book, far); !there || got.CallWindow != "в 09:00" {
		t.Errorf("the far one: %+v", got)
	}
	told := slices.ContainsFunc(book.Review, func(r pipeline.Review) bool {
		return r.Key == string(silent) && strings.Contains(r.Why, "нет телефона")
	})
	if !told {
		t.Errorf("nobody is told of the silent one: %+v", book.Review)
	}
}

// Clients that a table brings in on the morning are not called as new.
func TestTheMorningsClients(t *testing.T) {
	w := newWorld(t)
	day := company.NewDate(2026, time.November, 23)
	r := store.Result{INN: inn(4), Day: day, File: "t", FileName: "clients.csv", Outcome: funnel.Contract, Saved: w.now}
	if _, err := w.store.PutResults(t.Context(), []store.Result{r}); err != nil {
		t.Fatal(err)
	}
	w.run(t)
	if row, there := rowOf(w.shelf.last(t), inn(4)); there && row.State == pipeline.RowNew {
		t.Errorf("a client is called as new: %+v", row)
	}
}
