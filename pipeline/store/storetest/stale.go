package storetest

import (
	"errors"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// settle makes rows of everything, so that none is stale.
func settle(t *testing.T, s store.Store) {
	t.Helper()
	replaceRows(t, s, "tag")
	if state := rowState(t, s); state.All {
		t.Fatalf("after new rows: %+v", state)
	}
	same(t, "stale after new rows", staleRows(t, s), []company.INN(nil))
}

func staleRows(t *testing.T, s store.Store) []company.INN {
	t.Helper()
	return must(s.StaleRows(t.Context(), "", 10_000))(t)
}

// spoilt checks that what changed is listed, and nothing else, or that all is
// said to be stale.
func spoilt(t *testing.T, s store.Store, what string, numbers ...int) {
	t.Helper()
	var want []company.INN
	for _, n := range numbers {
		want = append(want, INN(n))
	}
	slices.Sort(want)
	if !rowState(t, s).All {
		same(t, "stale: "+what, staleRows(t, s), want)
	}
}

// staleSteps are writes to one store and whose rows each makes stale.
var staleSteps = []struct {
	what  string
	write func(t *testing.T, s store.Store)
	want  []int
}{
	{"new", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 1), firm("rsmp", 2)) }, []int{1, 2}},
	{"unchanged", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 1)) }, nil},
	{"changed", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 2, "city=Омск")) }, []int{2}},
	{"said again", func(t *testing.T, s store.Store) {
		o := firm("rsmp", 1)
		o.Date = friday
		commit(t, s, monday, o)
	}, []int{1}},
	{"said again in a part of a release", func(t *testing.T, s store.Store) {
		o := firm("rsmp", 1)
		o.Date = friday + 1
		replace(t, s, "rsmp", tuesday, false, o)
	}, []int{1}},
	{"of another ИНН", func(t *testing.T, s store.Store) {
		commit(t, s, tuesday, observe("2gis", "a", INN(1)), observe("2gis", "b", ""))
	}, []int{1}},
	{"moved", func(t *testing.T, s store.Store) { commit(t, s, tuesday, observe("2gis", "a", INN(3))) }, []int{1, 3}},
	{"joined", func(t *testing.T, s store.Store) { replaceJoins(t, s, joinTo("b", 1), joinTo("c", 2)) }, []int{1, 2}},
	{"joined as before", func(t *testing.T, s store.Store) { replaceJoins(t, s, joinTo("b", 1), joinTo("c", 2)) }, nil},
	{"joined for another reason", func(t *testing.T, s store.Store) {
		j := joinTo("b", 1)
		j.Evidence[0].Weight++
		replaceJoins(t, s, j, joinTo("c", 2))
	}, []int{1}},
	{"changed without an ИНН", func(t *testing.T, s store.Store) {
		commit(t, s, friday, observe("2gis", "b", "", "city=Омск"), observe("2gis", "z", ""))
	}, []int{1}},
	{"came to a join", func(t *testing.T, s store.Store) { commit(t, s, friday, observe("2gis", "c", "")) }, []int{2}},
	{"said again without an ИНН", func(t *testing.T, s store.Store) {
		o := observe("2gis", "c", "")
		o.Date = friday
		commit(t, s, friday, o)
	}, []int{2}},
	{"got an ИНН that is not the join's", func(t *testing.T, s store.Store) { commit(t, s, friday, observe("2gis", "c", INN(4))) }, []int{2, 4}},
	{"join moved", func(t *testing.T, s store.Store) { replaceJoins(t, s, joinTo("b", 2), joinTo("c", 2)) }, []int{1, 2}},
	{"confirmed elsewhere", func(t *testing.T, s store.Store) { decide(t, s, "b", 3, true, noon) }, []int{2, 3}},
	{"denied", func(t *testing.T, s store.Store) { decide(t, s, "c", 2, false, noon) }, []int{2}},
	{"denied what was never joined", func(t *testing.T, s store.Store) { decide(t, s, "c", 1, false, noon) }, nil},
	{"joins gone", func(t *testing.T, s store.Store) { replaceJoins(t, s, joinTo("d", 1)) }, []int{1}},
	{"annex of companies and of others", func(t *testing.T, s store.Store) {
		replaceAnnex(t, s, "fns", friday, firm("fns", 1), firm("fns", 2), firm("fns", 7), firm("fns", 8))
	}, []int{1, 2}},
	{"annex changed", func(t *testing.T, s store.Store) {
		replaceAnnex(t, s, "fns", friday+1, firm("fns", 2, "city=Омск"), firm("fns", 4), firm("fns", 7, "city=Омск"))
	}, []int{1, 2, 4}},
	{"annex of a part, said again", func(t *testing.T, s store.Store) {
		r := annexOf("fns", friday+2)
		r.Release.Whole = false
		o, p := firm("fns", 4), firm("fns", 7, "city=Омск")
		o.Date, p.Date = friday, friday
		must(s.Replace(t.Context(), r, packed(each(o, p))))(t)
	}, []int{4}},
	{"dropped", func(t *testing.T, s store.Store) {
		r := wholeRelease("rsmp", friday)
		r.Silent = true
		must(s.Replace(t.Context(), r, packed(each(firm("rsmp", 1)))))(t)
	}, []int{2}},
	{"gone with its dossier", func(t *testing.T, s store.Store) { replace(t, s, "rsmp", friday, true) }, []int{1}},
	{"gone without an ИНН", func(t *testing.T, s store.Store) { replace(t, s, "2gis", friday, true, observe("2gis", "c", INN(4))) }, []int{3}},
	{"notes and rejects", func(t *testing.T, s store.Store) { ok(t, s.NotePull(t.Context(), "rsmp", batchOf(1))) }, nil},
}

var staleTests = []test{
	{"a new store is stale as a whole", func(t *testing.T, open Open) {
		s := open(t)
		if state := rowState(t, s); !state.All || state.Tag != "" {
			t.Errorf("state %+v", state)
		}
		commit(t, s, monday, firm("rsmp", 1))
		if !rowState(t, s).All {
			t.Error("nothing made rows, and yet not all are stale")
		}
	}},
	{"every write notes whose rows it spoils", func(t *testing.T, open Open) {
		s := open(t)
		settle(t, s)
		for _, step := range staleSteps {
			before := rowState(t, s)
			step.write(t, s)
			spoilt(t, s, step.what, step.want...)
			if now := rowState(t, s); len(step.want) > 0 && now.Mark <= before.Mark {
				t.Errorf("%s: mark %d after %d", step.what, now.Mark, before.Mark)
			}
			settle(t, s)
		}
	}},
	{"a few are listed", func(t *testing.T, open Open) {
		s := open(t)
		settle(t, s)
		commit(t, s, monday, firm("rsmp", 3), firm("rsmp", 1), firm("rsmp", 2), firm("rsmp", 4))
		state := rowState(t, s)
		if state.All || state.Tag != "tag" {
			t.Errorf("state %+v", state)
		}
		same(t, "page", must(s.StaleRows(t.Context(), INN(1), 2))(t), []company.INN{INN(2), INN(3)})
		same(t, "the rest", must(s.StaleRows(t.Context(), INN(3), 9))(t), []company.INN{INN(4)})
		same(t, "limit 0", len(must(s.StaleRows(t.Context(), "", 0))(t)), 0)
	}},
	{"what changes while rows are made stays stale", func(t *testing.T, open Open) {
		s := open(t)
		mark := rowState(t, s).Mark
		commit(t, s, monday, firm("rsmp", 1))
		ok(t, s.ReplaceRows(t.Context(), "one", mark, each(rowsOf(2, 1)...)))
		if !rowState(t, s).All {
			spoilt(t, s, "in a new store", 1)
			same(t, "listed", len(staleRows(t, s)), 1)
		}
		settle(t, s)
		commit(t, s, monday, firm("rsmp", 2), firm("rsmp", 3))
		mark = rowState(t, s).Mark
		commit(t, s, tuesday, firm("rsmp", 3, "city=Омск"), firm("rsmp", 4))
		ok(t, s.ReplaceRows(t.Context(), "one", mark, each(rowsOf(2, 1)...)))
		spoilt(t, s, "later on", 3, 4)
	}},
	{"rows that were not made leave all as it is", func(t *testing.T, open Open) {
		s := open(t)
		settle(t, s)
		commit(t, s, monday, firm("rsmp", 2))
		err := s.ReplaceRows(t.Context(), "two", rowState(t, s).Mark, failing(errKilled, rowsOf(2, 1)...))
		if !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		spoilt(t, s, "after it", 2)
		same(t, "tag", rowState(t, s).Tag, "")
	}},
	{"a refused write spoils nothing", func(t *testing.T, open Open) {
		s := open(t)
		settle(t, s)
		c := store.Commit{Source: "rsmp", Day: monday, Batch: batchOf(1, firm("rsmp", 1), observe("rsmp", "", INN(2)))}
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrObservation) {
			t.Errorf("error %v, want ErrObservation", err)
		}
		spoilt(t, s, "after it")
	}},
	{"patched", func(t *testing.T, open Open) {
		s := open(t)
		replaceRows(t, s, "tag", rowsOf(10, 1)...)
		commit(t, s, monday, firm("rsmp", 2), firm("rsmp", 3), firm("rsmp", 5), firm("rsmp", 20))
		mark := rowState(t, s).Mark
		commit(t, s, tuesday, firm("rsmp", 3, "city=Омск"))
		patches := []store.ScoreRow{{INN: INN(2), Data: []byte("new")}, {INN: INN(3)}, {INN: INN(4)}, {INN: INN(20), Data: []byte("added")}, {INN: INN(30)}}
		ok(t, s.PatchRows(t.Context(), mark, each(patches...)))
		want := slices.Delete(rowsOf(10, 1), 3, 5)
		want[2].Data = []byte("new")
		want = append(want, patches[3])
		same(t, "rows", must(s.Rows(t.Context(), "", 100))(t), want)
		same(t, "tag", rowState(t, s).Tag, "tag")
		spoilt(t, s, "not patched, or spoilt later", 3, 5)
	}},
	{"patched in order, up to an error", func(t *testing.T, open Open) {
		s := open(t)
		settle(t, s)
		for _, wrong := range [][]store.ScoreRow{{{INN: INN(2)}, {INN: INN(1)}}, {{INN: INN(1)}, {INN: INN(1)}}, {{INN: ""}}} {
			if err := s.PatchRows(t.Context(), 0, each(wrong...)); !errors.Is(err, store.ErrOrder) {
				t.Errorf("error %v, want ErrOrder", err)
			}
		}
		if err := s.PatchRows(t.Context(), 0, failing(errKilled, rowsOf(150, 1)...)); !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		ok(t, s.PatchRows(t.Context(), 0, each(rowsOf(150, 1)...)))
		same(t, "rows", must(s.Rows(t.Context(), "", 200))(t), rowsOf(150, 1))
		same(t, "tag", rowState(t, s).Tag, "tag")
	}},
	{"patched from memory that is used again", func(t *testing.T, open Open) {
		s := open(t)
		ok(t, s.PatchRows(t.Context(), 0, func(yield func(store.ScoreRow, error) bool) {
			data := []byte{0}
			for n := range 5 {
				data[0] = byte(n)
				if !yield(store.ScoreRow{INN: INN(n), Data: data}, nil) {
					return
				}
			}
		}))
		for n, r := range must(s.Rows(t.Context(), "", 9))(t) {
			same(t, "data", r.Data, []byte{byte(n)})
		}
	}},
}
