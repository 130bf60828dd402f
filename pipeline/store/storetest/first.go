package storetest

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// kinds renders the events of a day: "new a, gone b".
func kinds(t *testing.T, s store.Store, day company.Date) string {
	t.Helper()
	var out []string
	for _, e := range events(t, s, day-1) {
		if e.Day == day {
			out = append(out, string(e.Kind)+" "+e.ID.Key)
		}
	}
	return strings.Join(out, ", ")
}

func listing(key, city string) company.Observation { return observe("x", key, "", "city="+city) }

var firstTests = []test{
	{"the first release is no news", func(t *testing.T, open Open) {
		for _, whole := range []bool{true, false} {
			s := open(t)
			replace(t, s, "x", monday, whole, listing("a", "Омск"), listing("b", "Омск"))
			same(t, "events", len(events(t, s, 0)), 0)
			same(t, "first seen", firstSeen(t, s, listing("a", "Омск")), map[string]company.Date{"Омск": monday})
			replace(t, s, "y", tuesday, true, observe("y", "a", ""))
			same(t, "nor is that of another source", len(events(t, s, 0)), 0)
			replace(t, s, "x", tuesday, whole, listing("a", "Томск"), listing("b", "Омск"), listing("c", "Омск"))
			same(t, "the second one is", kinds(t, s, tuesday), "changed a, new c")
		}
	}},
	{"nor is what follows on that day", func(t *testing.T, open Open) {
		s := open(t)
		replace(t, s, "x", monday, true, listing("a", "Омск"), listing("b", "Омск"))
		replace(t, s, "x", monday, true, listing("b", "Томск"), listing("c", "Омск"))
		same(t, "events", len(events(t, s, 0)), 0)
		replace(t, s, "x", tuesday, true, listing("b", "Томск"))
		same(t, "the day after", kinds(t, s, tuesday), "gone c")
	}},
	{"a source that holds something has had its first", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, listing("a", "Омск"))
		same(t, "a commit is news", kinds(t, s, monday), "new a")
		replace(t, s, "x", monday, true, listing("a", "Омск"), listing("b", "Омск"))
		same(t, "and a release then, too", kinds(t, s, monday), "new a, new b")
	}},
	{"a source that lost all begins anew", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, listing("a", "Омск"))
		replace(t, s, "x", tuesday, true)
		same(t, "emptied", kinds(t, s, tuesday), "gone a")
		replace(t, s, "x", friday, true, listing("a", "Омск"), listing("b", "Омск"))
		same(t, "filled", kinds(t, s, friday), "")
		replace(t, s, "x", friday+1, true, listing("b", "Омск"))
		same(t, "after that", kinds(t, s, friday+1), "gone a")
	}},
	{"a first that broke is still the first", func(t *testing.T, open Open) {
		for _, cut := range []int{0, 1, releaseSize / 2, len(first())} {
			for _, day := range []company.Date{monday, tuesday} {
				s := open(t)
				_, err := s.Replace(t.Context(), wholeRelease("rsmp", monday), packed(failing(errKilled, first()[:cut]...)))
				if !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
				replace(t, s, "rsmp", day, true, second()...)
				same(t, "events", len(events(t, s, 0)), 0)
				replace(t, s, "rsmp", friday, true, second()[1:]...)
				same(t, "after it", kinds(t, s, friday), "gone "+second()[0].Key)
			}
		}
	}},
	{"broken and repeated it leaves the same", func(t *testing.T, open Open) {
		want := open(t)
		replace(t, want, "rsmp", monday, true, first()...)
		replace(t, want, "rsmp", tuesday, true, second()...)
		for _, cut := range []int{0, 1, releaseSize / 2, len(first())} {
			s := open(t)
			_, err := s.Replace(t.Context(), wholeRelease("rsmp", monday), packed(failing(errKilled, first()[:cut]...)))
			if !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			replace(t, s, "rsmp", monday, true, first()...)
			replace(t, s, "rsmp", tuesday, true, second()...)
			sameStore(t, s, want)
		}
	}},
	{"a refused one leaves no mark", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, listing("a", "Омск"))
		_, err := s.Replace(t.Context(), annexOf("x", tuesday), packed(each(firm("x", 1))))
		if !errors.Is(err, store.ErrKind) {
			t.Fatal(err)
		}
		replace(t, s, "x", tuesday, true, listing("b", "Омск"))
		same(t, "events", kinds(t, s, tuesday), "gone a, new b")
	}},
}

var generationTests = []test{
	{"rises with what is said", func(t *testing.T, open Open) {
		s := open(t)
		before := must(s.Generation(t.Context()))(t)
		rises := func(what string, write func()) {
			t.Helper()
			write()
			now := must(s.Generation(t.Context()))(t)
			if now <= before {
				t.Errorf("%s: generation %d after %d", what, now, before)
			}
			before = now
		}
		rises("a new one", func() { commit(t, s, monday, firm("rsmp", 1, "city=Омск")) })
		rises("a changed one", func() { commit(t, s, monday, firm("rsmp", 1, "city=Томск")) })
		rises("another ИНН", func() { commit(t, s, monday, observe("rsmp", string(INN(1)), INN(2), "city=Томск")) })
		rises("a remark", func() {
			o := observe("rsmp", string(INN(1)), INN(2), "city=Томск")
			o.Facts[0].Note = "склад"
			commit(t, s, monday, o)
		})
		rises("a release", func() { replace(t, s, "x", monday, true, listing("a", "Омск"), listing("b", "Омск")) })
		rises("what is gone", func() { replace(t, s, "x", tuesday, true, listing("a", "Омск")) })
		rises("what is dropped", func() {
			r := wholeRelease("x", friday)
			r.Silent = true
			must(s.Replace(t.Context(), r, packed(each[company.Observation]())))(t)
		})
	}},
	{"stays while nothing else is said", func(t *testing.T, open Open) {
		s := open(t)
		again := firm("rsmp", 1, "city=Омск")
		commit(t, s, monday, again)
		replace(t, s, "x", monday, true, listing("a", "Омск"))
		before := must(s.Generation(t.Context()))(t)
		again.Date = friday
		commit(t, s, tuesday, again)
		replace(t, s, "x", tuesday, true, listing("a", "Омск"))
		replaceAnnex(t, s, "fns", monday, firm("fns", 1))
		replaceAnnex(t, s, "fns", tuesday, firm("fns", 1, "city=Омск"))
		replaceAnnex(t, s, "fns", friday)
		replaceJoins(t, s, joinTo("a", 1))
		replaceRows(t, s, "one", rowsOf(3, 1)...)
		ok(t, s.NotePull(t.Context(), "x", batchOf(1)))
		same(t, "generation", must(s.Generation(t.Context()))(t), before)
	}},
}
