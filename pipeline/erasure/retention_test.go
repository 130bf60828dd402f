package erasure

import (
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const reachedINN = company.INN("7707083893")

// aged is a store with what enrichers, managers and lists have said of people at two
// companies, a year ago and lately.
func aged(t *testing.T, j *journal.Journal) *memory.Store {
	t.Helper()
	s, ctx := memory.New(), t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	old, late := friday-400, friday-30
	list := &calllist.List{Format: calllist.Format, ID: "l", Day: old}
	for i, inn := range []company.INN{firmINN, reachedINN} {
		for _, day := range []company.Date{old, late} {
			o := observed("website", "www."+string(inn)+".example", inn, fact(company.FieldContactName, "1", "Пример"), fact(company.FieldContactPhone, "1", "+79070000001"),
				fact(company.FieldPhone, "", "+73432000000"), fact(company.FieldEmail, "", "a.petrov@firm.example"))
			if day == late {
				o.Facts = append(o.Facts, fact(company.FieldContactName, "2", "Новый"))
				o.Sort()
			}
			_, err := s.Commit(ctx, store.Commit{
				Source: "website", Day: day, Batch: pipeline.Batch{Observations: []company.Observation{o}},
				Visits: []store.Visit{{ID: o.Key, Day: day, Memory: []byte("Пример")}},
			})
			must(err)
			r := store.Result{INN: inn, Day: day, List: "l", File: day.String(), Row: i, Outcome: "Недозвон", Person: "Пример", Comment: "сказал", Phones: []string{"+79070000001", "+73432000000"}}
			_, err = s.PutResults(ctx, []store.Result{r})
			must(err)
			must(j.Append(ctx, journal.Entry{Kind: journal.KindResult, Result: &r}))
		}
		list.Rows = append(list.Rows, calllist.Entry{Row: pipeline.Row{INN: inn, Person: "Пример", LastResult: "Недозвон 01.11: сказал"}, Phones: []string{"+73432000000"}})
	}
	listing := observed("website", "nobody.example", "", fact(company.FieldContactName, "1", "Пример"), fact(company.FieldPhone, "", "+73432000000"))
	_, err := s.Commit(ctx, store.Commit{Source: "website", Day: old, Batch: pipeline.Batch{Observations: []company.Observation{listing}}})
	must(err)
	data, err := list.Encode()
	must(err)
	_, err = s.Issue(ctx, store.Issue{Day: old, Data: data})
	must(err)
	return s
}

func TestRetention(t *testing.T) {
	j := journal.In(t.TempDir())
	s, ctx := aged(t, j), t.Context()
	r := Retention{
		Store: s, Journal: j, Sources: []string{"website", config.ManagerSource}, Day: friday, Before: friday - 365,
		Reached: func(inn company.INN) bool { return inn == reachedINN },
	}
	n, err := r.Run(ctx)
	if n != 5 || err != nil { // a site, a listing, a result, its line, a row
		t.Errorf("%d, %v", n, err)
	}
	if again, err := r.Run(ctx); again != 0 || err != nil {
		t.Errorf("again: %d, %v", again, err)
	}
	for inn, want := range map[company.INN]int{firmINN: 2, reachedINN: 5} {
		d, err := s.Dossier(ctx, inn)
		if err != nil || len(d.Observations[0].Facts) != want {
			t.Errorf("%s: %+v, %v", inn, d, err)
		}
		v, err := s.Visit(ctx, "website", d.Observations[0].Key)
		if err != nil || (v.Memory == nil) != (inn == firmINN) || v.Day == 0 {
			t.Errorf("%s: %+v, %v", inn, v, err)
		}
		results, err := s.Results(ctx, inn)
		if err != nil || len(results) != 2 || (results[0].Person+results[0].Comment == "") != (inn == firmINN) || results[1].Person == "" {
			t.Errorf("%s: %+v, %v", inn, results, err)
		}
	}
	lines := 0
	for e, err := range j.Read(ctx) {
		if err != nil || e.Result.Person == "" {
			lines++
		}
	}
	if lines != 1 {
		t.Errorf("%d lines", lines)
	}
	err = eachList(ctx, s, func(_ company.Date, l *calllist.List) error {
		if l.Rows[0].Row.Person != "" || l.Rows[0].Row.LastResult != "Недозвон 01.11" || l.Rows[1].Row.Person == "" {
			t.Errorf("%+v", l.Rows)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestKeyFile(t *testing.T) {
	dir := t.TempDir()
	if k, err := ReadKey(dir); k != nil || err != nil {
		t.Fatalf("%v, %v", k, err)
	}
	first, err := MakeKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := MakeKey(dir)
	if err != nil || again.id != first.id || string(again.bytes) != string(first.bytes) || RandomKey().id == first.id {
		t.Errorf("%v, %v", again, err)
	}
	day, err := company.ParseDate("2026-11-20")
	if err != nil || day != friday || friday.Time().Weekday() != time.Friday {
		t.Errorf("%v", day)
	}
}
