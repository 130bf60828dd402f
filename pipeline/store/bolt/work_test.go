package bolt_test

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

var firstDay = company.NewDate(2026, time.November, 16)

// listing is an invented listing of a directory, some with ИНН.
func listing(n int, day company.Date) company.Observation {
	o := company.Observation{Source: "2gis", Key: fmt.Sprintf("%06d", n*7919%100003), Date: day, Origin: "export.csv"}
	if n%3 == 0 {
		o.INN = storetest.INN(n)
	}
	o.Add(company.FieldNameBrand, fmt.Sprintf("Шиномонтаж № %d", n))
	o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", n+int(day)%5))
	o.Sort()
	return o
}

// registered is an invented firm of a registry that changes every fifth day.
func registered(n int, day company.Date) company.Observation {
	o := company.Observation{Source: "rsmp", Key: string(storetest.INN(n)), INN: storetest.INN(n), Date: day, Origin: "dump.zip"}
	o.Add(company.FieldNameShort, fmt.Sprintf("ООО «Фирма %d»", n))
	o.Add(company.FieldOKVEDMain, "45.20")
	o.Add(company.FieldCity, fmt.Sprintf("Город %d", (n+int(day))%5))
	o.Sort()
	return o
}

// counted is what an invented set says of a firm, another thing every third day.
func counted(n int, day company.Date) company.Observation {
	o := company.Observation{Source: "sshr", Key: string(storetest.INN(n)), INN: storetest.INN(n), Date: day, Origin: "sshr.zip"}
	o.Facts = []company.Fact{{Field: company.FieldHeadcount, Key: "2025", Value: strconv.Itoa((n + int(day)) % 3)}}
	return o
}

func each[T any](n int, make func(i int) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range n {
			if !yield(make(i), nil) {
				return
			}
		}
	}
}

func packed(seq iter.Seq2[company.Observation, error]) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		for o, err := range seq {
			if !yield(record.Pack(nil, &o), err) {
				return
			}
		}
	}
}

// work fills a store with a little of everything.
func work(t testing.TB, s *bolt.Store) {
	t.Helper()
	ctx := t.Context()
	batch := pipeline.Batch{Cursor: "1", Rejects: []pipeline.Reject{{Unit: "export.csv", Row: 3, Raw: "x"}}}
	for n := range 200 {
		batch.Observations = append(batch.Observations, listing(n, firstDay))
	}
	if _, err := s.Commit(ctx, store.Commit{Source: "2gis", Day: firstDay, Batch: batch}); err != nil {
		t.Fatal(err)
	}
	for day := firstDay; day < firstDay+2; day++ {
		r := store.Replacement{Source: "rsmp", Day: day, Release: pipeline.Release{Whole: true}}
		if _, err := s.Replace(ctx, r, packed(each(500, func(i int) company.Observation { return registered(i, day) }))); err != nil {
			t.Fatal(err)
		}
	}
	annex := store.Replacement{Source: "sshr", Day: firstDay, Annex: true, Release: pipeline.Release{Whole: true}}
	if _, err := s.Replace(ctx, annex, packed(each(300, func(i int) company.Observation { return counted(2*i, firstDay) }))); err != nil {
		t.Fatal(err)
	}
	err := s.ReplaceJoins(ctx, []byte("note"), each(50, func(i int) store.Join {
		return store.Join{ID: store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%06d", i)}, INN: storetest.INN(i)}
	}))
	if err != nil {
		t.Fatal(err)
	}
	err = s.ReplaceRows(ctx, "tag", 0, each(100, func(i int) store.ScoreRow { return store.ScoreRow{INN: storetest.INN(i), Data: []byte{byte(i)}} }))
	if err != nil {
		t.Fatal(err)
	}
	for n, same := range []bool{true, false} {
		d := store.Decision{ID: store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%06d", n)}, INN: storetest.INN(n), Same: same, By: "анна", At: firstDay.Time()}
		if err := s.Decide(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	workOnIndex(t, s)
	if _, err := s.Claim(ctx, store.Claim{Source: "website", Day: firstDay, IDs: []string{"a", "b"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issue(ctx, store.Issue{Day: firstDay, Data: []byte("список"), Owners: map[company.INN]string{storetest.INN(1): "m1"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddStops(ctx, []store.Stop{{Kind: store.StopINN, Value: string(storetest.INN(5))}}); err != nil {
		t.Fatal(err)
	}
	workOnResults(t, s)
}

// called is an invented result.
func called(n int, day company.Date) store.Result {
	return store.Result{
		INN: storetest.INN(n), Day: day, List: day.String(), File: fmt.Sprintf("%064x", int(day)*40+n/40), Row: n%40 + 2,
		Saved: day.Time().Add(17 * time.Hour), Manager: "m1", Outcome: []string{"Недозвон", "Перезвонить", "Интерес"}[n%3],
		Comment: fmt.Sprintf("просил набрать %d", n), Phones: []string{fmt.Sprintf("+7907%07d", n)},
		FileName: "call-list-m1.xlsx", By: "анна", Taken: day.Time().Add(18 * time.Hour),
	}
}

func workOnResults(t testing.TB, s *bolt.Store) {
	t.Helper()
	var results []store.Result
	for n := range 100 {
		results = append(results, called(n, firstDay))
	}
	_, err := s.PutResults(t.Context(), results)
	err = errors.Join(err, s.AddForgotten(t.Context(), []string{"digest"}), s.PutMarks(t.Context(), []store.Mark{
		{INN: storetest.INN(1), Kind: store.MarkTarget, By: "глава", At: firstDay.Time()},
		{INN: storetest.INN(1), Kind: store.MarkPin, Value: "m1", By: "глава", At: firstDay.Time()},
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// indexed is what an invented matcher makes of firms and listings: tokens of
// their own, one that all have, and some that neighbours share.
func indexed(n, turn int) store.Entry {
	e := store.Entry{Owner: store.Owner{INN: storetest.INN(n)}, Note: []byte{byte(turn)}}
	if n >= childFirms {
		e.Owner = store.Owner{ID: store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%06d", n)}}
	}
	e.Tokens = []uint64{5, uint64(100 + (n+turn)/7), uint64(n+1000) << 40}
	return e
}

// workOnIndex makes an index of everything.
func workOnIndex(t testing.TB, s *bolt.Store) {
	t.Helper()
	state, err := s.IndexState(t.Context())
	if err == nil {
		err = s.ReplaceIndex(t.Context(), "tag", state.Mark, each(childFirms+200, func(i int) store.Entry { return indexed(i, 0) }))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func dump(t testing.TB, s store.Store) string {
	t.Helper()
	out, err := storetest.Dump(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
