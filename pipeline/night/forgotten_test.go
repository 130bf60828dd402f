package night_test

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// What was forgotten does not come back with any night, not even with one that
// reads everything anew, and no list calls it.
func TestForgottenIsNotCollectedAgain(t *testing.T) {
	w := newWorld(t)
	key := erasure.RandomKey()
	w.build(t, erasure.NewGuard(w.store, func() (*erasure.Key, error) { return key, nil }))
	w.run(t)
	called := w.shelf.last(t).Calls[0]
	subject, err := erasure.ParseSubject("tel:" + called.PhoneLink)
	if err != nil {
		t.Fatal(err)
	}
	p, err := erasure.MakePlan(t.Context(), w.store, subject)
	if err != nil {
		t.Fatal(err)
	}
	w.forget(t, key, p)
	if err := w.store.DropRegistry(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(72 * time.Hour)
	r := w.run(t)
	if book := text(t, w.shelf.last(t)); strings.Contains(book, called.Phone) || strings.Contains(book, called.PhoneLink) {
		t.Errorf("%s is on a list again", called.Phone)
	}
	for _, s := range r.Sources {
		want := int64(0)
		if s.Name == "directory" {
			want = 1
		}
		if s.Counts.NotWanted != want || s.Counts.Check() != nil {
			t.Errorf("%s: %+v", s.Name, s.Counts)
		}
	}
	if answers, err := w.night.Explain(t.Context(), called.PhoneLink, 0); err == nil {
		t.Errorf("it is known: %v", answers)
	}
}

// forget remembers a plan and sweeps.
func (w *world) forget(t *testing.T, key *erasure.Key, p *erasure.Plan) {
	t.Helper()
	digests := p.Digests(key, company.DateOf(w.now))
	if err := w.store.AddForgotten(t.Context(), digests); err != nil {
		t.Fatal(err)
	}
	known, err := erasure.New(key, digests)
	if err != nil {
		t.Fatal(err)
	}
	s := erasure.Sweep{Store: w.store, Journal: noJournal{}, Forgotten: known, Day: company.DateOf(w.now), Sources: []string{"registry", "directory"}}
	count, err := s.Run(t.Context())
	if err != nil || count.Observations+count.Changed == 0 || count.Rows == 0 {
		t.Fatalf("%+v, %v", count, err)
	}
}

// Contacts of people are taken away after so many months at companies where nobody
// answered, and stay where somebody did.
func TestRetention(t *testing.T) {
	s := memory.New()
	w := newWorld(t)
	w.build(t, s)
	day := company.NewDate(2026, time.November, 23)
	for i, outcome := range []string{funnel.NoAnswer, funnel.Interest} {
		_, err := s.PutResults(t.Context(), []store.Result{
			{INN: inn(i), Day: day - 400, File: "a", Outcome: outcome, Person: "Пример", Comment: "сказал", Phones: []string{"+79070000001"}},
			{INN: inn(i), Day: day - 20, File: "b", Outcome: funnel.NoAnswer, Person: "Пример"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	w.night.Config.PersonalData = config.PersonalData{}
	if n, err := w.night.Retain(t.Context(), day); n != 0 || err != nil {
		t.Errorf("for ever: %d, %v", n, err)
	}
	w.night.Config.PersonalData.RetentionMonths = 12
	if n, err := w.night.Retain(t.Context(), day); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for i := range 2 {
		all, err := s.Results(t.Context(), inn(i))
		if err != nil || (all[0].Person+all[0].Comment == "") != (i == 0) || (len(all[0].Phones) == 0) != (i == 0) || all[1].Person == "" {
			t.Errorf("%d: %+v, %v", i, all, err)
		}
	}
}

// noJournal is a history without lines.
type noJournal struct{}

func (noJournal) Append(context.Context, ...journal.Entry) error { return nil }

func (noJournal) Read(context.Context) iter.Seq2[journal.Entry, error] {
	return func(func(journal.Entry, error) bool) {}
}

func (noJournal) Rewrite(context.Context, func(journal.Entry) (journal.Entry, bool)) (int, error) {
	return 0, nil
}
