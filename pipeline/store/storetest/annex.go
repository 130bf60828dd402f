package storetest

import (
	"errors"
	"fmt"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func annexOf(source string, day company.Date) store.Replacement {
	r := wholeRelease(source, day)
	r.Annex = true
	return r
}

func replaceAnnex(t *testing.T, s store.Store, source string, day company.Date, obs ...company.Observation) store.Delta {
	t.Helper()
	return must(s.Replace(t.Context(), annexOf(source, day), packed(each(obs...))))(t)
}

// ids renders who says what of an ИНН.
func ids(d store.Dossier) (out []string) {
	for _, o := range d.Observations {
		out = append(out, o.Source+"/"+o.Key)
	}
	return out
}

var annexTests = []test{
	{"stands in the dossiers of others and makes none", func(t *testing.T, open Open) {
		s := open(t)
		replaceAnnex(t, s, "fns", monday, firm("fns", 1, "headcount:2025=5"), firm("fns", 2), firm("fns", 3))
		replaceAnnex(t, s, "tax", monday, firm("tax", 1))
		commit(t, s, monday, firm("egrul", 1), firm("egrul", 4))
		commit(t, s, monday, observe("zoo", "a", INN(3)), observe("zoo", "b", ""))
		i := func(n int) string { return string(INN(n)) }
		page := must(s.Dossiers(t.Context(), "", 10))(t)
		same(t, "companies", len(page), 3)
		same(t, "first", ids(page[0]), []string{"egrul/" + i(1), "fns/" + i(1), "tax/" + i(1)})
		same(t, "second", ids(page[1]), []string{"fns/" + i(3), "zoo/a"})
		same(t, "third", ids(page[2]), []string{"egrul/" + i(4)})
		for _, d := range page {
			same(t, "one by one", must(s.Dossier(t.Context(), d.INN))(t), d)
		}
		if _, err := s.Dossier(t.Context(), INN(2)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("ИНН that only an annex has: error %v, want ErrNotFound", err)
		}
		same(t, "ИНН", must(s.INNs(t.Context(), []string{"fns", "tax", "egrul"}, "", 10))(t), []company.INN{INN(1), INN(4)})
		same(t, "without ИНН", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 10))(t)), 1)
		want := firm("fns", 1, "headcount:2025=5")
		store.Stamp(&want, monday)
		same(t, "got", must(s.Get(t.Context(), idOf(want)))(t), want)
		same(t, "in the dossier", page[0].Observations[1], want)
	}},
	{"counts, changes and removes as others do", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", 3), firm("rsmp", 4))
		same(t, "first", replaceAnnex(t, s, "fns", monday, firm("fns", 1), firm("fns", 2), firm("fns", 4)), store.Delta{New: 3})
		d := replaceAnnex(t, s, "fns", tuesday, firm("fns", 2, "headcount:2025=5"), firm("fns", 3), firm("fns", 4))
		same(t, "second", d, store.Delta{New: 1, Changed: 1, Unchanged: 1, Gone: 1})
		r := annexOf("fns", friday)
		r.Silent = true
		same(t, "refiltered", must(s.Replace(t.Context(), r, packed(each(firm("fns", 3)))))(t), store.Delta{Unchanged: 1, Dropped: 2})
		for n, want := range map[int]int{1: 1, 2: 1, 3: 2, 4: 1} {
			same(t, "observations", len(must(s.Dossier(t.Context(), INN(n)))(t).Observations), want)
		}
		_, err := s.Replace(t.Context(), annexOf("fns", friday), packed(failing(errKilled, firm("fns", 1))))
		if !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		same(t, "an error removes nothing", len(must(s.Dossier(t.Context(), INN(3)))(t).Observations), 2)
		same(t, "what came before it stays", len(must(s.Dossier(t.Context(), INN(1)))(t).Observations), 2)
	}},
	{"its key is its ИНН", func(t *testing.T, open Open) {
		s := open(t)
		for name, bad := range map[string]company.Observation{
			"no ИНН": observe("fns", "a", ""), "another key": observe("fns", "a", INN(1)), "another source": firm("tax", 1),
		} {
			if _, err := s.Replace(t.Context(), annexOf("fns", monday), packed(each(bad))); !errors.Is(err, store.ErrObservation) {
				t.Errorf("%s: error %v, want ErrObservation", name, err)
			}
		}
	}},
	{"is one for good", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "rsmp", monday, true, firm("rsmp", 1))
		commit(t, s, monday, observe("2gis", "a", ""))
		replaceAnnex(t, s, "fns", monday, firm("fns", 1))
		want := must(Dump(t.Context(), s))(t)
		for _, source := range []string{"rsmp", "2gis"} {
			for _, obs := range [][]company.Observation{nil, {firm(source, 1, "city=Омск")}} {
				if _, err := s.Replace(t.Context(), annexOf(source, tuesday), packed(each(obs...))); !errors.Is(err, store.ErrKind) {
					t.Errorf("%s: error %v, want ErrKind", source, err)
				}
			}
		}
		if _, err := s.Replace(t.Context(), wholeRelease("fns", tuesday), packed(each(firm("fns", 2)))); !errors.Is(err, store.ErrKind) {
			t.Errorf("a release: error %v, want ErrKind", err)
		}
		c := store.Commit{Source: "fns", Day: tuesday, Batch: batchOf(1, firm("fns", 2))}
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrKind) {
			t.Errorf("a commit: error %v, want ErrKind", err)
		}
		same(t, "store", must(Dump(t.Context(), s))(t), want)
		ok(t, s.NotePull(t.Context(), "fns", batchOf(1)))
	}},
	{"only what changes of a company is an event", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1))
		commit(t, s, monday, observe("2gis", "x", INN(2)), observe("2gis", "y", ""))
		replaceJoins(t, s, store.Join{ID: store.ObservationID{Source: "2gis", Key: "y"}, INN: INN(3)})
		replaceAnnex(t, s, "tax", monday, firm("tax", 4))
		all := func(value string, from, to int) (out []company.Observation) {
			for n := from; n <= to; n++ {
				out = append(out, firm("fns", n, "headcount:2025="+value))
			}
			return out
		}
		replaceAnnex(t, s, "fns", monday, all("5", 1, 5)...)
		replaceAnnex(t, s, "fns", tuesday, all("6", 1, 6)...)
		line := func(day company.Date, n int, change string) string {
			return fmt.Sprintf("%v changed fns/%s %s headcount:2025 %s", day, INN(n), INN(n), change)
		}
		want := []string{line(tuesday, 1, `"5"→"6"`), line(tuesday, 2, `"5"→"6"`)}
		same(t, "changed", annexEvents(t, s), want)
		replaceAnnex(t, s, "fns", tuesday, all("7", 1, 6)...)
		want = []string{line(tuesday, 1, `"5"→"7"`), line(tuesday, 2, `"5"→"7"`)}
		same(t, "changed again on that day", annexEvents(t, s), want)
		replaceAnnex(t, s, "fns", tuesday, append(all("5", 1, 1), all("7", 3, 3)...)...)
		same(t, "changed back, and gone", len(annexEvents(t, s)), 0)
		replaceAnnex(t, s, "fns", friday)
		same(t, "all gone", len(annexEvents(t, s)), 0)
	}},
	{"pages fit together however many lie between", func(t *testing.T, open Open) {
		for _, every := range []int{1, 2, 9, 60} {
			s := open(t)
			var own, annex []company.Observation
			for n := range 180 {
				annex = append(annex, firm("fns", n, fmt.Sprintf("headcount:2025=%d", n)))
				if n%every == every-1 {
					own = append(own, firm("rsmp", n))
				}
			}
			commit(t, s, monday, own...)
			replaceAnnex(t, s, "fns", monday, annex...)
			whole := must(s.Dossiers(t.Context(), "", 1000))(t)
			same(t, "companies", len(whole), len(own))
			for _, d := range whole {
				same(t, "observations", ids(d), []string{"fns/" + string(d.INN), "rsmp/" + string(d.INN)})
			}
			for limit := 1; limit < 8; limit++ {
				var pages []store.Dossier
				ok(t, paged(func(after company.INN) ([]store.Dossier, error) { return s.Dossiers(t.Context(), after, limit) },
					func(d store.Dossier) company.INN { pages = append(pages, d); return d.INN }))
				same(t, "pages", pages, whole)
			}
		}
	}},
}

// annexEvents are those of the annex "fns".
func annexEvents(t *testing.T, s store.Store) (out []string) {
	t.Helper()
	for i, e := range events(t, s, 0) {
		if e.ID.Source == "fns" {
			out = append(out, eventLines(t, s)[i])
		}
	}
	return out
}
