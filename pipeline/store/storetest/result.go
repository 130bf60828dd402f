package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// resultOf is what a file says of a company on a day.
func resultOf(n int, day company.Date, file string) store.Result {
	return store.Result{INN: INN(n), Day: day, List: day.String(), File: file, Saved: noon, Row: n + 2, Manager: "m1", Outcome: "Недозвон", FileName: file + ".xlsx", By: "анна", Taken: noon}
}

// fullResult has every field set.
func fullResult() store.Result {
	return store.Result{
		INN: INN(1), Day: tuesday, List: "list", File: strings.Repeat("0a", 32),
		Saved: noon.Add(123456789), Row: 77, Manager: "m2", Origin: "выставка",
		Outcome: "Перезвонить", Next: friday, NextAt: 9*60 + 30, Comment: "просил «завтра»\nпосле обеда",
		Consent: store.ConsentGiven, Amount: 1_250_000, Dialled: "+79070000001", Half: store.HalfEvening,
		Phones: []string{"+79070000002", "+79070000003,12"}, Person: "Вымышленная Анна", Post: "снабженец", Email: "anna@firm.example",
		FileName: "обзвон.xlsx", By: "пётр", Taken: noon.Add(time.Hour), Undated: true,
	}
}

func putResults(t *testing.T, s store.Store, results ...store.Result) int {
	t.Helper()
	return must(s.PutResults(t.Context(), results))(t)
}

func allResults(t *testing.T, s store.Store) []store.Result {
	t.Helper()
	return must(s.ResultsAfter(t.Context(), store.ResultKey{}, 10_000))(t)
}

// rising is results in the order of their keys: a day before our era, no list,
// one name that begins another, ИНН of ten and twelve digits.
func rising() []store.Result {
	keys := []store.ResultKey{
		{INN: "5900000015", Day: -3, File: "b"},
		{INN: "5900000015", File: "a"},
		{INN: "5900000015", Day: 255, File: "web:1"},
		{INN: "5900000015", Day: 256, File: "a"},
		{INN: "5900000015", Day: monday, File: "z"},
		{INN: "5900000015", Day: monday, List: "l", File: "a"},
		{INN: "5900000015", Day: monday, List: "l", File: "aa"},
		{INN: "5900000015", Day: monday, List: "l\x01", File: "a"},
		{INN: "5900000015", Day: monday, List: "list", File: "\x01"},
		{INN: "590000001511", Day: -3, File: "a"},
		{INN: INN(2), Day: monday, File: "a"},
		{INN: INN(2), Day: tuesday, File: "a"},
	}
	slices.SortFunc(keys, store.ResultKey.Compare)
	out := make([]store.Result, 0, len(keys))
	for i, k := range keys {
		out = append(out, store.Result{INN: k.INN, Day: k.Day, List: k.List, File: k.File, Row: i + 1})
	}
	return out
}

// wrongResults cannot be stored.
func wrongResults() []store.Result {
	return []store.Result{
		{},
		{INN: INN(1)},
		{File: "f"},
		{INN: "1234567890123", File: "f"},
		{INN: "12\x0034", File: "f"},
		{INN: INN(1), File: "a\x00b"},
		{INN: INN(1), List: "a\x00", File: "b"},
		{INN: INN(1), File: strings.Repeat("x", store.MaxKey+1)},
	}
}

var resultTests = []test{
	{"every field comes back", func(t *testing.T, open Open) {
		s := open(t)
		want, bare := fullResult(), store.Result{INN: INN(2), File: "web:1"}
		same(t, "added", putResults(t, s, bare, want), 2)
		same(t, "full", must(s.Results(t.Context(), INN(1)))(t), []store.Result{want})
		same(t, "bare", must(s.Results(t.Context(), INN(2)))(t), []store.Result{bare})
		same(t, "of nobody", len(must(s.Results(t.Context(), "590000"))(t)), 0)
		negative := want
		negative.File, negative.Row, negative.Amount, negative.Next, negative.NextAt = "minus", -1, -1<<63, -5, -1
		negative.Saved = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)
		putResults(t, s, negative)
		same(t, "negative", must(s.Results(t.Context(), INN(1)))(t), []store.Result{want, negative})
	}},
	{"times are kept in UTC and nothing is added to them", func(t *testing.T, open Open) {
		s := open(t)
		r := fullResult()
		r.Saved = r.Saved.In(time.FixedZone("MSK", 3*3600))
		r.Phones = []string{}
		putResults(t, s, r)
		got := allResults(t, s)[0]
		if got.Saved != fullResult().Saved || !got.Taken.Equal(r.Taken) || got.Phones != nil {
			t.Errorf("%+v", got)
		}
	}},
	{"a key that is there is not written again", func(t *testing.T, open Open) {
		s := open(t)
		one, other := resultOf(1, monday, "f"), resultOf(1, monday, "f")
		other.Outcome, other.Row = "Контракт", 9
		same(t, "twice in one batch", putResults(t, s, one, other), 1)
		same(t, "again", putResults(t, s, other, one), 0)
		same(t, "stands", allResults(t, s), []store.Result{one})
		third := other
		third.List = ""
		same(t, "another key stands beside it", putResults(t, s, other, third), 1)
		same(t, "both", allResults(t, s), []store.Result{third, one})
		same(t, "none", putResults(t, s), 0)
	}},
	{"a batch is taken whole or not at all", func(t *testing.T, open Open) {
		s := open(t)
		for _, wrong := range wrongResults() {
			if n, err := s.PutResults(t.Context(), []store.Result{resultOf(1, monday, "f"), wrong}); !errors.Is(err, store.ErrResult) || n != 0 {
				t.Errorf("%+v: %d, error %v, want ErrResult", wrong.Key(), n, err)
			}
		}
		same(t, "nothing", len(allResults(t, s)), 0)
	}},
	{"pages rise by key", func(t *testing.T, open Open) {
		s := open(t)
		want := rising()
		mixed := slices.Clone(want)
		slices.Reverse(mixed)
		putResults(t, s, mixed...)
		same(t, "all", allResults(t, s), want)
		for i := range want {
			same(t, "page", must(s.ResultsAfter(t.Context(), want[i].Key(), 2))(t), want[i+1:min(i+3, len(want))])
		}
		for _, inn := range []company.INN{"5900000015", "590000001511", INN(2), "59", ""} {
			of := slices.DeleteFunc(slices.Clone(want), func(r store.Result) bool { return r.INN != inn })
			same(t, "of "+string(inn), must(s.Results(t.Context(), inn))(t), of)
		}
		between := want[4].Key()
		between.File += "\x01"
		same(t, "after one that is not there", must(s.ResultsAfter(t.Context(), between, 1))(t), want[5:6])
		same(t, "limit 0", len(must(s.ResultsAfter(t.Context(), store.ResultKey{}, 0))(t)), 0)
		same(t, "limit -1", len(must(s.ResultsAfter(t.Context(), store.ResultKey{}, -1))(t)), 0)
	}},
	{"one may write between two pages", func(t *testing.T, open Open) {
		s := open(t)
		for n := range 20 {
			putResults(t, s, resultOf(2*n, monday, "f"))
		}
		var seen []string
		ok(t, paged(func(after store.ResultKey) ([]store.Result, error) {
			return s.ResultsAfter(t.Context(), after, 3)
		}, func(r store.Result) store.ResultKey {
			seen = append(seen, fmt.Sprintf("%s %s", r.INN, r.File))
			if r.File == "f" {
				before, beside := resultOf(0, friday, "late"), resultOf(0, monday, "g")
				before.INN, beside.INN = "0", r.INN
				before.List = string(r.INN)
				putResults(t, s, before, beside)
			}
			return r.Key()
		}))
		for n := range 20 {
			if !slices.Contains(seen, fmt.Sprintf("%s f", INN(2*n))) {
				t.Errorf("company %d is not in the pages", 2*n)
			}
		}
		same(t, "in order", slices.IsSorted(seen), true)
		same(t, "all", len(allResults(t, s)), 60)
	}},
	{"what is given and returned is the caller's", func(t *testing.T, open Open) {
		s := open(t)
		r := fullResult()
		putResults(t, s, r)
		r.Phones[0] = "x"
		for _, read := range [][]store.Result{allResults(t, s), must(s.Results(t.Context(), INN(1)))(t)} {
			read[0].Phones[1] = "y"
		}
		same(t, "stands", allResults(t, s), []store.Result{fullResult()})
		by := fullResult()
		ok(t, s.ReplaceResults(t.Context(), map[store.ResultKey]*store.Result{by.Key(): &by}))
		by.Phones[0], by.Comment = "x", "x"
		same(t, "replaced", allResults(t, s), []store.Result{fullResult()})
	}},
	{"replaced and taken away", func(t *testing.T, open Open) {
		s := open(t)
		one, two, three := resultOf(1, monday, "f"), resultOf(1, tuesday, "f"), resultOf(2, monday, "f")
		putResults(t, s, one, two, three)
		clean, absent := three, resultOf(9, monday, "f")
		clean.Comment, clean.Manager = "", ""
		by := map[store.ResultKey]*store.Result{two.Key(): nil, three.Key(): &clean, absent.Key(): &absent, {INN: INN(8), File: "f"}: nil}
		for range 2 {
			ok(t, s.ReplaceResults(t.Context(), by))
			same(t, "left", allResults(t, s), []store.Result{one, clean})
		}
		same(t, "may come again", putResults(t, s, two), 1)
		ok(t, s.ReplaceResults(t.Context(), nil))
		for _, wrong := range []map[store.ResultKey]*store.Result{{one.Key(): nil, three.Key(): &one}, {one.Key(): nil, {}: {}}} {
			if err := s.ReplaceResults(t.Context(), wrong); !errors.Is(err, store.ErrResult) {
				t.Errorf("error %v, want ErrResult", err)
			}
		}
		same(t, "stands", allResults(t, s), []store.Result{one, two, clean})
	}},
	{"a dropped registry takes none away", func(t *testing.T, open Open) {
		s := open(t)
		full(t, s)
		putResults(t, s, fullResult(), resultOf(2, monday, "f"))
		want := allResults(t, s)
		mark := store.Mark{INN: INN(1), Kind: store.MarkTarget, By: "глава", At: noon}
		ok(t, s.PutMarks(t.Context(), []store.Mark{mark}))
		ok(t, s.DropRegistry(t.Context(), nil))
		same(t, "results", allResults(t, s), want)
		same(t, "marks", must(s.Marks(t.Context()))(t), []store.Mark{mark})
	}},
}
