package storetest

import (
	"errors"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var replaceTests = []test{
	{"counts and removes", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "first", replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", 4)), store.Delta{New: 3})
		d := replace(t, s, "rsmp", tuesday, true, firm("rsmp", 2, "city=Омск"), firm("rsmp", 3), firm("rsmp", 4))
		same(t, "second", d, store.Delta{New: 1, Changed: 1, Unchanged: 1, Gone: 1})
		same(t, "ИНН", must(s.INNs(t.Context(), []string{"rsmp"}, "", 10))(t), []company.INN{INN(2), INN(3), INN(4)})
		same(t, "nothing left", replace(t, s, "rsmp", friday, true), store.Delta{Gone: 3})
		same(t, "dossiers", len(must(s.Dossiers(t.Context(), "", 10))(t)), 0)
	}},
	{"a part of a release removes nothing", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2))
		same(t, "delta", replace(t, s, "rsmp", tuesday, false, firm("rsmp", 2), firm("rsmp", 3)), store.Delta{New: 1, Unchanged: 1})
		must(s.Get(t.Context(), idOf(firm("rsmp", 1))))(t)
	}},
	{"a part of a release takes the newer date", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2))
		again := firm("rsmp", 1)
		again.Date += 30
		replace(t, s, "rsmp", tuesday, false, again)
		same(t, "date", must(s.Get(t.Context(), idOf(again)))(t).Date, again.Date)
		same(t, "events", len(events(t, s, monday)), 0)
	}},
	{"under another filter nothing is called gone", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2))
		r := wholeRelease("rsmp", tuesday)
		r.Silent = true
		same(t, "delta", must(s.Replace(t.Context(), r, packed(each(firm("rsmp", 2), firm("rsmp", 3)))))(t), store.Delta{New: 1, Unchanged: 1, Dropped: 1})
		same(t, "ИНН", must(s.INNs(t.Context(), []string{"rsmp"}, "", 10))(t), []company.INN{INN(2), INN(3)})
		for _, e := range events(t, s, monday) {
			if e.Kind == store.EventGone {
				t.Errorf("an event says that %s is gone", e.ID.Key)
			}
		}
	}},
	{"read otherwise than before nothing is news", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1, "city=Омск"), firm("rsmp", 2))
		commit(t, s, monday, listing("a", "Омск"))
		r := wholeRelease("rsmp", tuesday)
		r.Silent = true
		must(s.Replace(t.Context(), r, packed(each(firm("rsmp", 1, "city=Томск"), firm("rsmp", 3)))))(t)
		must(s.Commit(t.Context(), store.Commit{Source: "x", Day: tuesday, Silent: true, Batch: pipeline.Batch{
			Observations: []company.Observation{listing("a", "Томск"), listing("b", "Томск")},
		}}))(t)
		same(t, "events", len(events(t, s, monday)), 0)
		now := must(s.Get(t.Context(), idOf(firm("rsmp", 1))))(t)
		same(t, "city", now.First(company.FieldCity), "Томск")
	}},
	{"a first release in parts is silent until it is whole", func(t *testing.T, open Open) {
		s := open(t)
		part := wholeRelease("rsmp", monday)
		part.Release.Whole, part.Partial = false, true
		must(s.Replace(t.Context(), part, packed(each(firm("rsmp", 1)))))(t)
		replace(t, s, "rsmp", tuesday, true, firm("rsmp", 1), firm("rsmp", 2))
		same(t, "events while it comes", len(events(t, s, monday-1)), 0)
		replace(t, s, "rsmp", friday, true, firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", 3))
		same(t, "events of what is new afterwards", len(events(t, s, tuesday)), 1)
	}},
	{"leaves other sources alone", func(t *testing.T, open Open) {
		s := open(t)
		for _, source := range []string{"rsm", "rsmp", "rsmp2"} {
			replace(t, s, source, monday, true, firm(source, 1), firm(source, 2))
		}
		replace(t, s, "rsmp", tuesday, true, firm("rsmp", 3))
		for _, source := range []string{"rsm", "rsmp2"} {
			same(t, source, must(s.INNs(t.Context(), []string{source}, "", 10))(t), []company.INN{INN(1), INN(2)})
		}
	}},
	{"keys with and without an ИНН of their own in one order", func(t *testing.T, open Open) {
		s := open(t)
		mixed := []company.Observation{
			observe("2gis", "000", ""), firm("2gis", 1), firm("2gis", 2),
			observe("2gis", string(INN(2))+"/1", INN(2)), firm("2gis", 3), observe("2gis", "я", INN(1)),
		}
		same(t, "first", replace(t, s, "2gis", monday, true, mixed...), store.Delta{New: 6})
		same(t, "again", replace(t, s, "2gis", monday, true, mixed...), store.Delta{Unchanged: 6})
		moved := append([]company.Observation(nil), mixed...)
		moved[1].INN, moved[3].INN = "", INN(9)
		same(t, "moved", replace(t, s, "2gis", tuesday, true, moved[1:5]...), store.Delta{Changed: 2, Unchanged: 2, Gone: 2})
		same(t, "ИНН", must(s.INNs(t.Context(), []string{"2gis"}, "", 10))(t), []company.INN{INN(2), INN(3), INN(9)})
	}},
	{"order", func(t *testing.T, open Open) {
		for name, wrong := range map[string][]company.Observation{
			"falls": {firm("rsmp", 2), firm("rsmp", 1)}, "repeats": {firm("rsmp", 2), firm("rsmp", 2)},
		} {
			s := open(t)
			replace(t, s, "rsmp", monday, true, firm("rsmp", 7))
			_, err := s.Replace(t.Context(), wholeRelease("rsmp", tuesday), packed(each(wrong...)))
			if !errors.Is(err, store.ErrOrder) {
				t.Errorf("%s: error %v, want ErrOrder", name, err)
			}
			must(s.Get(t.Context(), idOf(firm("rsmp", 7))))(t)
		}
	}},
	{"an observation of another source", func(t *testing.T, open Open) {
		s := open(t)
		_, err := s.Replace(t.Context(), wholeRelease("rsmp", monday), packed(each(firm("2gis", 1))))
		if !errors.Is(err, store.ErrObservation) {
			t.Errorf("error %v, want ErrObservation", err)
		}
	}},
	{"an error of the sequence removes nothing", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 3))
		broken := errors.New("broken member")
		d, err := s.Replace(t.Context(), wholeRelease("rsmp", tuesday), packed(failing(broken, firm("rsmp", 2), firm("rsmp", 4))))
		if !errors.Is(err, broken) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		same(t, "delta", d, store.Delta{New: 2})
		same(t, "ИНН", must(s.INNs(t.Context(), []string{"rsmp"}, "", 10))(t), []company.INN{INN(1), INN(2), INN(3), INN(4)})
	}},
	{"the sequence may reuse its memory", func(t *testing.T, open Open) {
		s := open(t)
		_, err := s.Replace(t.Context(), wholeRelease("rsmp", monday), packed(func(yield func(company.Observation, error) bool) {
			o := firm("rsmp", 0, "city=Пермь")
			for n := 1; n <= 3; n++ {
				o.Key, o.INN = string(INN(n)), INN(n)
				o.Facts[0].Value = string(INN(n))
				if !yield(o, nil) {
					return
				}
			}
		}))
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= 3; n++ {
			got := must(s.Get(t.Context(), idOf(firm("rsmp", n))))(t)
			same(t, "city", got.First(company.FieldCity), string(INN(n)))
		}
	}},
	{"the sequence may read and write the store", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1), firm("rsmp", 2))
		_, err := s.Replace(t.Context(), wholeRelease("egrul", monday), packed(func(yield func(company.Observation, error) bool) {
			for n := 1; n <= 2; n++ {
				d := must(s.Dossier(t.Context(), INN(n)))(t)
				commit(t, s, monday, firm("note", n))
				if !yield(observe("egrul", d.Observations[0].Key, d.INN), nil) {
					return
				}
			}
		}))
		if err != nil {
			t.Fatal(err)
		}
		d := must(s.Dossier(t.Context(), INN(2)))(t)
		same(t, "observations", len(d.Observations), 3)
	}},
}

func wholeRelease(source string, day company.Date) store.Replacement {
	return store.Replacement{Source: source, Day: day, Release: pipeline.Release{ID: "r", Whole: true}}
}
