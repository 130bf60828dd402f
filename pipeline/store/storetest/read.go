package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var readTests = []test{
	{"what is not there", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1), observe("rsmp", "x", ""))
		for _, id := range []store.ObservationID{{}, {Source: "rsmp"}, {Source: "rsmp", Key: "y"}, {Source: "rs", Key: "x"}} {
			if _, err := s.Get(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("get %v: error %v, want ErrNotFound", id, err)
			}
		}
		for _, inn := range []company.INN{"", INN(2), INN(1)[:5]} {
			if _, err := s.Dossier(t.Context(), inn); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("dossier %q: error %v, want ErrNotFound", inn, err)
			}
		}
	}},
	{"dossiers of many sources", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 2), firm("rsmp", 1), firm("rsmp", 4))
		commit(t, s, monday, firm("egrul", 1), firm("egrul", 3))
		commit(t, s, monday, observe("2gis", "b", INN(1)), observe("2gis", "a", INN(1)), observe("2gis", "c", INN(5)), observe("2gis", "d", ""))
		var got []string
		for _, d := range must(s.Dossiers(t.Context(), "", 100))(t) {
			line := []string{string(d.INN)}
			for _, o := range d.Observations {
				line = append(line, o.Source+"/"+o.Key)
			}
			got = append(got, strings.Join(line, " "))
			same(t, "one by one", must(s.Dossier(t.Context(), d.INN))(t), d)
		}
		i := func(n int) string { return string(INN(n)) }
		same(t, "dossiers", got, []string{
			i(1) + " 2gis/a 2gis/b egrul/" + i(1) + " rsmp/" + i(1),
			i(2) + " rsmp/" + i(2), i(3) + " egrul/" + i(3), i(4) + " rsmp/" + i(4), i(5) + " 2gis/c",
		})
		same(t, "all", must(s.INNs(t.Context(), []string{"2gis", "egrul", "rsmp"}, "", 10))(t), []company.INN{INN(1), INN(2), INN(3), INN(4), INN(5)})
		same(t, "directories", must(s.INNs(t.Context(), []string{"2gis"}, "", 10))(t), []company.INN{INN(1), INN(5)})
		same(t, "one after", must(s.INNs(t.Context(), []string{"rsmp", "egrul", "rsmp"}, INN(2), 1))(t), []company.INN{INN(3)})
		same(t, "none named", len(must(s.INNs(t.Context(), nil, "", 10))(t)), 0)
		same(t, "unknown", len(must(s.INNs(t.Context(), []string{"x"}, "", 10))(t)), 0)
	}},
	{"pages fit together whatever their size", func(t *testing.T, open Open) {
		s := open(t)
		fill(t, s, 23)
		whole := must(s.Dossiers(t.Context(), "", 1000))(t)
		without := must(s.WithoutINN(t.Context(), store.ObservationID{}, 1000))(t)
		if len(whole) != 23 || len(without) != 16 {
			t.Fatalf("%d dossiers, %d without ИНН", len(whole), len(without))
		}
		for limit := 1; limit <= 24; limit++ {
			var dossiers []store.Dossier
			var rest []company.Observation
			err := errors.Join(
				paged(func(after company.INN) ([]store.Dossier, error) { return s.Dossiers(t.Context(), after, limit) },
					func(d store.Dossier) company.INN { dossiers = append(dossiers, d); return d.INN }),
				paged(func(after store.ObservationID) ([]company.Observation, error) {
					return s.WithoutINN(t.Context(), after, limit)
				}, func(o company.Observation) store.ObservationID { rest = append(rest, o); return idOf(o) }))
			if err != nil {
				t.Fatal(err)
			}
			same(t, "dossiers", dossiers, whole)
			same(t, "without ИНН", rest, without)
		}
		var spans []store.Dossier
		for _, span := range store.Spans() {
			for page, err := range span.Pages(t.Context(), s) {
				ok(t, err)
				spans = append(spans, page...)
			}
		}
		same(t, "span by span", spans, whole)
		same(t, "limit 0", len(must(s.Dossiers(t.Context(), "", 0))(t)), 0)
		same(t, "limit -1", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, -1))(t)), 0)
	}},
	{"writing between pages and while holding one", func(t *testing.T, open Open) {
		s := open(t)
		fill(t, s, 20)
		var after company.INN
		seen := 0
		for {
			page := must(s.Dossiers(t.Context(), after, 3))(t)
			if len(page) == 0 {
				break
			}
			for _, d := range page {
				// Writes behind the reader, at its place and ahead of it.
				commit(t, s, tuesday, observe("note", string(d.INN), d.INN, "city=Омск"))
				commit(t, s, tuesday, observe("note", "ahead/"+string(d.INN), INN(1000+seen), "city=Омск"))
				replace(t, s, "2gis", tuesday, true, observe("2gis", "k", INN(0)))
				after = d.INN
				seen++
			}
			if seen > 60 {
				break // companies that are added ahead are found, too
			}
		}
		if seen <= 20 {
			t.Errorf("saw %d companies, want those written ahead as well", seen)
		}
	}},
	{"what a page returns belongs to the caller", func(t *testing.T, open Open) {
		s := open(t)
		o := observe("2gis", "k", "", "city=Пермь")
		commit(t, s, monday, o, observe("2gis", "l", INN(1), "city=Пермь"))
		replaceJoins(t, s, store.Join{ID: idOf(o), INN: INN(1), Evidence: []store.Evidence{{Kind: "phone"}}})
		replaceRows(t, s, "t", store.ScoreRow{INN: INN(1), Data: []byte{1}})
		want := must(Dump(t.Context(), s))(t)

		o.Facts[0].Value = "spoilt"
		got := must(s.Get(t.Context(), idOf(o)))(t)
		got.Facts[0].Value = "spoilt"
		d := must(s.Dossier(t.Context(), INN(1)))(t)
		d.Observations[0].Facts[0].Value, d.Joins[0].Evidence[0].Kind = "spoilt", "spoilt"
		must(s.Joins(t.Context(), store.ObservationID{}, 1))(t)[0].Evidence[0].Kind = "spoilt"
		must(s.WithoutINN(t.Context(), store.ObservationID{}, 1))(t)[0].Facts[0].Value = "spoilt"
		must(s.Rows(t.Context(), "", 1))(t)[0].Data[0] = 9
		same(t, "store", must(Dump(t.Context(), s))(t), want)
	}},
}

// fill writes n companies in three sources and two listings without ИНН for
// each but every third.
func fill(t *testing.T, s store.Store, n int) {
	t.Helper()
	var registry, listings []company.Observation
	for i := range n {
		registry = append(registry, firm("rsmp", i, fmt.Sprintf("headcount:2025=%d", i)))
		if i%3 != 0 {
			listings = append(listings, observe("2gis", fmt.Sprintf("b%d", i), ""))
		}
		listings = append(listings, observe("2gis", fmt.Sprintf("a%d", i), INN(i), "city=Омск"))
	}
	commit(t, s, monday, registry...)
	commit(t, s, monday, listings...)
	listings[0].Source, listings[1].Source = "yandex", "yandex"
	commit(t, s, monday, listings[:2]...)
}
