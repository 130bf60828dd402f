package storetest

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var rewriteTests = []test{
	{"lists", func(t *testing.T, open Open) {
		s := open(t)
		for day, data := range map[company.Date]string{friday: "пятница Анна", monday: "понедельник Анна", tuesday: ""} {
			must(s.Issue(t.Context(), store.Issue{Day: day, Data: []byte(data)}))(t)
		}
		var seen []company.Date
		without := func(day company.Date, data []byte) ([]byte, error) {
			seen = append(seen, day)
			// It may use the store, and write over what it was given.
			if _, err := s.AddStops(t.Context(), []store.Stop{{Kind: store.StopINN, Value: day.String()}}); err != nil {
				return nil, err
			}
			if day == friday {
				copy(data, "xxxxxx")
				return nil, nil
			}
			return []byte(strings.ReplaceAll(string(data), " Анна", "")), nil
		}
		ok(t, s.RewriteLists(t.Context(), without))
		same(t, "in order", seen, []company.Date{monday, tuesday, friday})
		for day, want := range map[company.Date]string{friday: "пятница Анна", monday: "понедельник", tuesday: ""} {
			same(t, day.String(), string(must(s.List(t.Context(), day))(t)), want)
		}
		same(t, "days", must(s.ListDays(t.Context()))(t), []company.Date{monday, tuesday, friday})
		ok(t, s.RewriteLists(t.Context(), func(day company.Date, _ []byte) ([]byte, error) {
			if day == tuesday {
				return []byte{}, nil
			}
			return nil, nil
		}))
		same(t, "an empty one stands", len(must(s.List(t.Context(), tuesday))(t)), 0)
	}},
	{"an error ends it, what came before stays", func(t *testing.T, open Open) {
		s := open(t)
		for day := monday; day < monday+3; day++ {
			must(s.Issue(t.Context(), store.Issue{Day: day, Data: []byte("a")}))(t)
		}
		err := s.RewriteLists(t.Context(), func(day company.Date, _ []byte) ([]byte, error) {
			if day == tuesday {
				return []byte("b"), errKilled
			}
			return []byte("b"), nil
		})
		if !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of change", err)
		}
		for day, want := range map[company.Date]string{monday: "b", tuesday: "a", tuesday + 1: "a"} {
			same(t, day.String(), string(must(s.List(t.Context(), day))(t)), want)
		}
	}},
	{"runs", func(t *testing.T, open Open) {
		s := open(t)
		one := store.Run{Day: monday, Started: noon, Completed: true, Exit: 3, Error: "телефон Анны", Report: []byte("Анна")}
		two := store.Run{Day: tuesday, Started: noon, Report: []byte("Пётр")}
		for _, r := range []store.Run{two, one} {
			ok(t, s.PutRun(t.Context(), r))
		}
		var seen []company.Date
		ok(t, s.RewriteRuns(t.Context(), func(r store.Run) (store.Run, bool) {
			seen = append(seen, r.Day)
			if r.Day == tuesday {
				copy(r.Report, "xxxx")
				return store.Run{}, false
			}
			must(s.Run(t.Context(), tuesday))(t)
			r.Day, r.Error, r.Report = friday, "", []byte("-")
			return r, true
		}))
		same(t, "in order", seen, []company.Date{monday, tuesday})
		one.Error, one.Report = "", []byte("-")
		same(t, "changed", must(s.Run(t.Context(), monday))(t), one)
		same(t, "as it was", must(s.Run(t.Context(), tuesday))(t), two)
		if _, err := s.Run(t.Context(), friday); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("run of another day: error %v, want ErrNotFound", err)
		}
	}},
	{"a run that was written meanwhile is handed over again", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.PutRun(t.Context(), store.Run{Day: monday, Error: "old", Report: []byte("a")}))
		var seen []string
		ok(t, s.RewriteRuns(t.Context(), func(r store.Run) (store.Run, bool) {
			if seen = append(seen, r.Error); len(seen) == 1 {
				ok(t, s.PutRun(t.Context(), store.Run{Day: monday, Error: "new", Report: []byte("a")}))
			}
			r.Report = []byte(r.Error)
			return r, true
		}))
		same(t, "handed", seen, []string{"old", "new"})
		same(t, "stands", string(must(s.Run(t.Context(), monday))(t).Report), "new")
	}},
	{"the manager of a company", func(t *testing.T, open Open) {
		s := open(t)
		must(s.Issue(t.Context(), store.Issue{Day: monday, Data: []byte("a"), Owners: map[company.INN]string{INN(1): "m1", INN(2): "m1"}}))(t)
		for range 2 {
			ok(t, s.EraseOwner(t.Context(), INN(1)))
			same(t, "owners", must(s.Owners(t.Context()))(t), map[company.INN]string{INN(2): "m1"})
		}
	}},
	{"what was forgotten", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.AddForgotten(t.Context(), []string{"b", "a", "b"}))
		ok(t, s.AddForgotten(t.Context(), []string{"a", "ab"}))
		ok(t, s.AddForgotten(t.Context(), nil))
		for _, wrong := range []string{"", strings.Repeat("x", store.MaxKey+1)} {
			if err := s.AddForgotten(t.Context(), []string{"c", wrong}); !errors.Is(err, store.ErrResult) {
				t.Errorf("error %v, want ErrResult", err)
			}
		}
		got := must(s.Forgotten(t.Context()))(t)
		same(t, "digests", got, []string{"a", "ab", "b"})
		got[0] = "x"
		ok(t, s.DropRegistry(t.Context(), nil))
		same(t, "after a drop", must(s.Forgotten(t.Context()))(t), []string{"a", "ab", "b"})
	}},
}
