package night_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// A handout is the manager's part of the book that the night has laid out.
func TestHandoutIsThePartOfTheBook(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	book := w.shelf.last(t)
	for _, m := range book.Managers {
		got, err := w.night.Handout(t.Context(), book.Date, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := *book
		want.Tiers, want.Targets, want.Fresh, want.FreshAll, want.Review, want.ReviewAll, want.Summary, want.Calls = nil, nil, nil, 0, nil, 0, pipeline.Summary{}, nil
		for _, r := range book.Calls {
			if r.ManagerID == m.ID {
				want.Calls = append(want.Calls, r)
			}
		}
		if len(want.Calls) == 0 || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s gets\n%+v\nthe book has\n%+v", m.ID, got, want)
		}
	}
	if _, err := w.night.Handout(t.Context(), book.Date, "nobody"); !errors.Is(err, night.ErrNoManager) {
		t.Errorf("for nobody: %v", err)
	}
	if _, err := w.night.Handout(t.Context(), book.Date+1, "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("without a list: %v", err)
	}
}

// The stop list takes rows out of what is handed out, by a number, too, that the
// company got after the list was frozen; the list stays as it is.
func TestHandoutFollowsTheStopList(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	book := w.shelf.last(t)
	first, second := book.Calls[0].INN, book.Calls[1].INN
	late := company.Observation{Source: "directory", Key: "late", INN: second, Date: book.Date}
	late.Add(company.FieldPhone, "+79070009999")
	late.Sort()
	if _, err := w.store.Commit(t.Context(), store.Commit{Source: "directory", Batch: pipeline.Batch{Unit: "late", Observations: []company.Observation{late}}}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []store.Stop{{Kind: store.StopINN, Value: string(first)}, {Kind: store.StopPhone, Value: "+79070009999"}} {
		s.Reason, s.At, s.By = calllist.StopRefused, w.now, "test"
		if _, err := w.store.AddStops(t.Context(), []store.Stop{s}); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range book.Managers {
		got, err := w.night.Handout(t.Context(), book.Date, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range got.Calls {
			if r.INN == first || r.INN == second {
				t.Errorf("%s is still handed out", r.INN)
			}
		}
	}
	if list := w.list(t, book.Date); len(list.Rows) != len(book.Calls) {
		t.Errorf("the frozen list has %d rows of %d", len(list.Rows), len(book.Calls))
	}
	whole, err := w.night.Book(t.Context(), book.Date)
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.Calls) != len(book.Calls)-2 {
		t.Errorf("the whole book has %d calls, want %d", len(whole.Calls), len(book.Calls)-2)
	}
}

// The whole book is that of the night; asking for one issues nothing.
func TestBookIsTheNights(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	book := w.shelf.last(t)
	got, err := w.night.Book(t.Context(), book.Date)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Calls, book.Calls) || !reflect.DeepEqual(got.Tiers, book.Tiers) || !reflect.DeepEqual(got.Targets, book.Targets) || !reflect.DeepEqual(got.Guide, book.Guide) {
		t.Error("the whole book is another one")
	}
	if len(w.shelf.books) != 1 {
		t.Errorf("exporters were asked %d times", len(w.shelf.books))
	}
	if _, err := w.night.Book(t.Context(), book.Date+1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of a day without a list: %v", err)
	}
	if days, err := w.store.ListDays(t.Context()); err != nil || len(days) != 1 {
		t.Errorf("lists of %v, %v", days, err)
	}
}

// A card says what Explain says, and what the row shows.
func TestCardSaysWhatExplainSays(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	book := w.shelf.last(t)
	w.say(t, book, book.Calls[0], store.Result{Outcome: funnel.CallBack, Next: book.Date + 2, NextAt: 11 * 60, Comment: "в среду"})
	w.say(t, book, book.Calls[1], store.Result{Outcome: funnel.DoNotCall})
	day := w.next(t, book).Date
	for i := range 12 {
		inn := w.registry.all[i].INN
		answers, err := w.night.Explain(t.Context(), string(inn), day)
		if err != nil {
			t.Fatal(err)
		}
		card, err := w.night.Card(t.Context(), inn, day)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(card.Answer, answers[0]) {
			t.Errorf("%s: the card says\n%+v\nexplain\n%+v", inn, card.Answer, answers[0])
		}
	}
	for _, row := range w.shelf.last(t).Calls[:5] {
		card, err := w.night.Card(t.Context(), row.INN, day)
		if err != nil {
			t.Fatal(err)
		}
		got, want := card.Row, row
		want.Number, want.Manager, want.ManagerID, want.State = got.Number, got.Manager, got.ManagerID, got.State
		got.CallWindow = want.CallWindow // that of whoever it was given to
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the card shows\n%+v\nthe list\n%+v", got, want)
		}
	}
	if _, err := w.night.Card(t.Context(), inn(999), day); !errors.Is(err, night.ErrUnknownCompany) {
		t.Errorf("of a stranger: %v", err)
	}
}

// What comes next is told by the rules of the cadence.
func TestNextCall(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	book := w.shelf.last(t)
	day := book.Date // a Monday
	tests := []struct {
		said store.Result
		want night.NextCall
	}{
		{store.Result{}, night.NextCall{}},
		{store.Result{Outcome: funnel.NoAnswer}, night.NextCall{Band: funnel.BandRetry, Day: day + 1}},
		{store.Result{Outcome: funnel.CallBack, Next: day + 3, NextAt: 15 * 60}, night.NextCall{Band: funnel.BandAgreed, Day: day + 3, At: 15 * 60}},
		{store.Result{Outcome: funnel.CallBack, Next: day + 5}, night.NextCall{Band: funnel.BandAgreed, Day: day + 7}},
		{store.Result{Outcome: funnel.DoNotCall}, night.NextCall{Band: funnel.BandOut}},
		{store.Result{Outcome: funnel.OfferSent}, night.NextCall{Band: funnel.BandFollow, Day: day + 3}},
		{store.Result{Outcome: funnel.NoSuchNumber}, night.NextCall{Band: funnel.BandNoNumber, Day: day + 1}},
		{store.Result{Outcome: funnel.NoSuchNumber, Phones: []string{"+79070008888"}}, night.NextCall{Band: funnel.BandRetry, Day: day + 1}},
	}
	for i, test := range tests {
		row := book.Calls[i]
		if test.said.Outcome != "" {
			w.say(t, book, row, test.said)
		}
		got, err := w.night.NextCall(t.Context(), row.INN, day)
		if err != nil {
			t.Fatal(err)
		}
		if got != test.want {
			t.Errorf("%q: %+v, want %+v (%s)", test.said.Outcome, got, test.want, day.Time().Format(time.DateOnly))
		}
	}
}
