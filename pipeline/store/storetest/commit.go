package storetest

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var commitTests = []test{
	{"counts new, changed, unchanged", func(t *testing.T, open Open) {
		s := open(t)
		a, b := firm("rsmp", 1, "city=Пермь"), firm("rsmp", 2, "city=Омск")
		same(t, "first", commit(t, s, monday, a, b), store.Delta{New: 2})
		b = firm("rsmp", 2, "city=Томск")
		same(t, "second", commit(t, s, tuesday, a, b, firm("rsmp", 3)), store.Delta{New: 1, Changed: 1, Unchanged: 1})
	}},
	{"unchanged takes the newer date and is no news", func(t *testing.T, open Open) {
		s := open(t)
		o := firm("rsmp", 1, "city=Пермь")
		commit(t, s, monday, o)
		later := o
		later.Date, later.Origin = friday, "other.zip/9"
		same(t, "delta", commit(t, s, friday, later), store.Delta{Unchanged: 1})
		got := must(s.Get(t.Context(), idOf(o)))(t)
		same(t, "date", got.Date, friday)
		same(t, "origin", got.Origin, "other.zip/9")
		same(t, "first seen", got.Facts[0].FirstSeen, monday)
		same(t, "an older one", commit(t, s, friday, o), store.Delta{Unchanged: 1})
		same(t, "date stays", must(s.Get(t.Context(), idOf(o)))(t).Date, friday)
		same(t, "events", len(events(t, s, monday)), 0)
	}},
	{"round trip", func(t *testing.T, open Open) {
		s := open(t)
		o := observe("2gis", "ключ/1 с пробелом", INN(7), "name.brand=Шиномонтаж «У Петровича»", "headcount:2025=12")
		o.Facts = append(o.Facts, company.Fact{
			Field: company.FieldPhone, Value: "+79070000001;ext=12", Note: "отдел\nпродаж",
			Subject: company.SubjectSole, Date: monday - 400,
		})
		o.Facts = append(o.Facts, company.Fact{Field: "field.of.tomorrow", Value: "x", Date: -5})
		o.Sort()
		commit(t, s, monday, o)
		want := store.CloneObservation(&o)
		store.Stamp(&want, monday)
		same(t, "observation", must(s.Get(t.Context(), idOf(o)))(t), want)
	}},
	{"source may be left out", func(t *testing.T, open Open) {
		s := open(t)
		o := firm("", 1)
		c := store.Commit{Source: "rsmp", Day: monday, Batch: pipeline.Batch{Observations: []company.Observation{o}}}
		must(s.Commit(t.Context(), c))(t)
		got := must(s.Get(t.Context(), store.ObservationID{Source: "rsmp", Key: o.Key}))(t)
		same(t, "source", got.Source, "rsmp")
	}},
	{"refuses what cannot be stored, and then writes nothing", func(t *testing.T, open Open) {
		s := open(t)
		good := firm("rsmp", 1)
		for name, bad := range map[string]company.Observation{
			"other source": firm("2gis", 2), "no key": observe("rsmp", "", INN(2)), "twice": good,
			"long key": observe("rsmp", strings.Repeat("k", store.MaxKey+1), ""), "zero byte": observe("rsmp", "a\x00b", ""),
			"long ИНН": observe("rsmp", "k", INN(1)+"000"), "zero byte in the ИНН": observe("rsmp", "k", "59\x00"),
		} {
			c := store.Commit{Source: "rsmp", Day: monday, Batch: pipeline.Batch{
				Observations: []company.Observation{good, bad}, Cursor: "1", Counts: pipeline.Counts{Read: 1},
			}}
			if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrObservation) {
				t.Errorf("%s: error %v, want ErrObservation", name, err)
			}
		}
		if _, err := s.Get(t.Context(), idOf(good)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the good one of a refused batch: error %v, want ErrNotFound", err)
		}
		if _, err := s.Pull(t.Context(), "rsmp"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("pull after refused batches: error %v, want ErrNotFound", err)
		}
	}},
	{"first seen is inherited", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1, "city=Пермь", "phone=+79070000001"))
		commit(t, s, tuesday, firm("rsmp", 1, "city=Омск", "phone=+79070000001", "phone=+79070000002"))
		same(t, "days", firstSeen(t, s, firm("rsmp", 1)), map[string]company.Date{
			"Омск": tuesday, "+79070000001": monday, "+79070000002": tuesday,
		})
	}},
	{"first seen comes back with the value on the same day", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1, "city=Пермь"))
		commit(t, s, tuesday, firm("rsmp", 1, "city=Омск"))
		commit(t, s, tuesday, firm("rsmp", 1, "city=Пермь"))
		same(t, "days", firstSeen(t, s, firm("rsmp", 1)), map[string]company.Date{"Пермь": monday})
		commit(t, s, friday, firm("rsmp", 1, "city=Омск"))
		commit(t, s, friday+1, firm("rsmp", 1, "city=Пермь"))
		same(t, "days", firstSeen(t, s, firm("rsmp", 1)), map[string]company.Date{"Пермь": friday + 1})
	}},
	{"a key moves to another ИНН", func(t *testing.T, open Open) {
		s := open(t)
		own := firm("rsmp", 1, "city=Пермь")
		for i, inn := range []company.INN{INN(1), INN(2), "", INN(3), INN(1)} {
			o := own
			o.INN = inn
			commit(t, s, monday+company.Date(i), o)
			carriers := must(s.INNs(t.Context(), []string{"rsmp"}, "", 10))(t)
			var want []company.INN
			if inn != "" {
				want = append(want, inn)
			}
			same(t, "ИНН", carriers, want)
			without := must(s.WithoutINN(t.Context(), store.ObservationID{}, 10))(t)
			if (inn == "") != (len(without) == 1) {
				t.Errorf("step %d: %d observations without ИНН", i, len(without))
			}
			all := must(s.Dossiers(t.Context(), "", 10))(t)
			if len(all) != len(want) || len(all) == 1 && (all[0].INN != inn || len(all[0].Observations) != 1) {
				t.Errorf("step %d: dossiers %+v", i, all)
			}
		}
		same(t, "events", eventLines(t, s)[1], tuesday.String()+" changed rsmp/"+own.Key+" "+string(INN(2)))
	}},
}

// firstSeen maps an observation's values to the day they were first seen.
func firstSeen(t *testing.T, s store.Store, o company.Observation) map[string]company.Date {
	t.Helper()
	out := map[string]company.Date{}
	for _, f := range must(s.Get(t.Context(), idOf(o)))(t).Facts {
		out[f.Value] = f.FirstSeen
	}
	return out
}
