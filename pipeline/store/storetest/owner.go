package storetest

import (
	"errors"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func firmOwner(n int) store.Owner { return store.Owner{INN: INN(n)} }

func listingOwner(key string) store.Owner {
	return store.Owner{ID: store.ObservationID{Source: "2gis", Key: key}}
}

func indexState(t *testing.T, s store.Store) store.IndexState {
	t.Helper()
	return must(s.IndexState(t.Context()))(t)
}

func staleOwners(t *testing.T, s store.Store) []store.Owner {
	t.Helper()
	return must(s.StaleOwners(t.Context(), store.Owner{}, 10_000))(t)
}

func settleOwners(t *testing.T, s store.Store) {
	t.Helper()
	ok(t, s.Settle(t.Context(), indexState(t, s).Mark))
	if state := indexState(t, s); state.All {
		t.Fatalf("after settling: %+v", state)
	}
	same(t, "stale owners after settling", staleOwners(t, s), []store.Owner(nil))
}

// ownerSteps are writes to one store and whose tokens each makes stale.
var ownerSteps = []struct {
	what  string
	write func(t *testing.T, s store.Store)
	want  []store.Owner
}{
	{"new", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 1), firm("rsmp", 2)) }, []store.Owner{firmOwner(1), firmOwner(2)}},
	{"unchanged", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 1)) }, nil},
	{"changed", func(t *testing.T, s store.Store) { commit(t, s, monday, firm("rsmp", 2, "city=Омск")) }, []store.Owner{firmOwner(2)}},
	{"said again", func(t *testing.T, s store.Store) {
		o := firm("rsmp", 1)
		o.Date = friday
		commit(t, s, monday, o)
	}, nil},
	{"said again in a part of a release", func(t *testing.T, s store.Store) {
		o := firm("rsmp", 1)
		o.Date = friday + 1
		replace(t, s, "rsmp", tuesday, false, o)
	}, nil},
	{"changed in a part of a release", func(t *testing.T, s store.Store) {
		replace(t, s, "rsmp", tuesday, false, firm("rsmp", 1, "city=Пермь"), firm("rsmp", 4))
	}, []store.Owner{firmOwner(1), firmOwner(4)}},
	{"listings", func(t *testing.T, s store.Store) {
		commit(t, s, tuesday, observe("2gis", "a", INN(1)), observe("2gis", "b", ""), observe("2gis", "c", ""))
	}, []store.Owner{firmOwner(1), listingOwner("b"), listingOwner("c")}},
	{"a listing said again", func(t *testing.T, s store.Store) {
		o := observe("2gis", "b", "")
		o.Date = friday
		commit(t, s, friday, o)
	}, nil},
	{"a listing changed", func(t *testing.T, s store.Store) {
		commit(t, s, friday, observe("2gis", "b", "", "city=Омск"))
	}, []store.Owner{listingOwner("b")}},
	{"moved", func(t *testing.T, s store.Store) { commit(t, s, tuesday, observe("2gis", "a", INN(3))) }, []store.Owner{firmOwner(1), firmOwner(3)}},
	{"got an ИНН", func(t *testing.T, s store.Store) { commit(t, s, tuesday, observe("2gis", "c", INN(5))) }, []store.Owner{firmOwner(5), listingOwner("c")}},
	{"lost its ИНН", func(t *testing.T, s store.Store) { commit(t, s, tuesday, observe("2gis", "a", "")) }, []store.Owner{firmOwner(3), listingOwner("a")}},
	{"joined", func(t *testing.T, s store.Store) { replaceJoins(t, s, joinTo("a", 1), joinTo("b", 2)) }, nil},
	{"a joined one changed", func(t *testing.T, s store.Store) {
		commit(t, s, friday, observe("2gis", "b", "", "city=Томск"))
	}, []store.Owner{listingOwner("b")}},
	{"decided", func(t *testing.T, s store.Store) {
		decide(t, s, "a", 3, true, noon)
		decide(t, s, "b", 2, false, noon)
	}, nil},
	{"joins gone", func(t *testing.T, s store.Store) { replaceJoins(t, s) }, nil},
	{"annex of companies and of others", func(t *testing.T, s store.Store) {
		replaceAnnex(t, s, "fns", friday, firm("fns", 1), firm("fns", 7))
		replaceAnnex(t, s, "fns", friday+1, firm("fns", 1, "city=Омск"))
	}, nil},
	{"a release that gives and takes ИНН", func(t *testing.T, s store.Store) {
		replace(t, s, "2gis", friday, true, observe("2gis", "a", INN(6)), observe("2gis", "b", "", "city=Томск"), observe("2gis", "c", ""), observe("2gis", "d", ""))
	}, []store.Owner{firmOwner(5), firmOwner(6), listingOwner("a"), listingOwner("c"), listingOwner("d")}},
	{"gone", func(t *testing.T, s store.Store) { replace(t, s, "2gis", friday, true, observe("2gis", "d", "")) }, []store.Owner{firmOwner(6), listingOwner("b"), listingOwner("c")}},
	{"dropped", func(t *testing.T, s store.Store) {
		r := wholeRelease("rsmp", friday)
		r.Silent = true
		must(s.Replace(t.Context(), r, packed(each(firm("rsmp", 2, "city=Омск")))))(t)
	}, []store.Owner{firmOwner(1), firmOwner(4)}},
	{"touched", func(t *testing.T, s store.Store) {
		ok(t, s.Touch(t.Context(), []store.Owner{listingOwner("never there"), firmOwner(9), firmOwner(9)}))
	}, []store.Owner{firmOwner(9), listingOwner("never there")}},
	{"nobody touched", func(t *testing.T, s store.Store) { ok(t, s.Touch(t.Context(), nil)) }, nil},
	{"rows, notes and visits", func(t *testing.T, s store.Store) {
		replaceRows(t, s, "tag", rowsOf(3, 1)...)
		ok(t, s.NotePull(t.Context(), "rsmp", batchOf(1)))
		must(s.Claim(t.Context(), store.Claim{Source: "2gis", Day: monday, IDs: []string{"d"}}))(t)
	}, nil},
	{"entries", func(t *testing.T, s store.Store) {
		ok(t, s.PatchIndex(t.Context(), each(store.Entry{Owner: firmOwner(1), Tokens: []uint64{1}})))
	}, nil},
}

var ownerTests = []test{
	{"a new store is stale as a whole", func(t *testing.T, open Open) {
		s := open(t)
		if state := indexState(t, s); !state.All || state.Tag != "" {
			t.Errorf("state %+v", state)
		}
		commit(t, s, monday, firm("rsmp", 1))
		if !indexState(t, s).All {
			t.Error("nobody has settled, and yet not all are stale")
		}
	}},
	{"every write notes whose tokens it makes stale", func(t *testing.T, open Open) {
		s := open(t)
		settleOwners(t, s)
		for _, step := range ownerSteps {
			before := indexState(t, s)
			step.write(t, s)
			now := indexState(t, s)
			if !now.All {
				same(t, "stale: "+step.what, staleOwners(t, s), step.want)
			}
			if len(step.want) > 0 && now.Mark <= before.Mark {
				t.Errorf("%s: mark %d after %d", step.what, now.Mark, before.Mark)
			}
			settleOwners(t, s)
		}
	}},
	{"a few are listed, in pages", func(t *testing.T, open Open) {
		s := open(t)
		settleOwners(t, s)
		commit(t, s, monday, observe("2gis", "b", ""), observe("2gis", "a", ""), observe("2gis", "x", INN(3)))
		commit(t, s, monday, firm("rsmp", 2), observe("rsmp", "z", ""))
		if state := indexState(t, s); state.All {
			t.Errorf("state %+v", state)
		}
		z := store.Owner{ID: store.ObservationID{Source: "rsmp", Key: "z"}}
		want := []store.Owner{firmOwner(2), firmOwner(3), listingOwner("a"), listingOwner("b"), z}
		same(t, "all", staleOwners(t, s), want)
		for i, after := range want {
			same(t, "page", must(s.StaleOwners(t.Context(), after, 2))(t), want[i+1:min(i+3, len(want))])
		}
		same(t, "after one that is not there", must(s.StaleOwners(t.Context(), listingOwner("aa"), 1))(t), want[3:4])
		same(t, "limit 0", len(must(s.StaleOwners(t.Context(), store.Owner{}, 0))(t)), 0)
	}},
	{"what becomes stale again later stays", func(t *testing.T, open Open) {
		s := open(t)
		mark := indexState(t, s).Mark
		commit(t, s, monday, firm("rsmp", 1))
		ok(t, s.Settle(t.Context(), mark))
		if !indexState(t, s).All && !slices.Equal(staleOwners(t, s), []store.Owner{firmOwner(1)}) {
			t.Errorf("in a new store: %v", staleOwners(t, s))
		}
		settleOwners(t, s)
		commit(t, s, monday, firm("rsmp", 2), firm("rsmp", 3))
		commit(t, s, monday, observe("2gis", "a", ""), observe("2gis", "b", ""))
		mark = indexState(t, s).Mark
		commit(t, s, tuesday, firm("rsmp", 3, "city=Омск"), firm("rsmp", 4))
		ok(t, s.Touch(t.Context(), []store.Owner{listingOwner("b")}))
		want := []store.Owner{firmOwner(3), firmOwner(4), listingOwner("b")}
		ok(t, s.Settle(t.Context(), mark-1))
		ok(t, s.Settle(t.Context(), mark))
		same(t, "settled", staleOwners(t, s), want)
		replaceIndex(t, s, "one", mark)
		same(t, "replaced", staleOwners(t, s), want)
		settleOwners(t, s)
	}},
	{"an index that was not made leaves all as it is", func(t *testing.T, open Open) {
		s := open(t)
		replaceIndex(t, s, "one", indexState(t, s).Mark)
		commit(t, s, monday, firm("rsmp", 2))
		err := s.ReplaceIndex(t.Context(), "two", indexState(t, s).Mark, failing(errKilled, entriesOf(30, 0)...))
		if !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		same(t, "stale", staleOwners(t, s), []store.Owner{firmOwner(2)})
		same(t, "tag", indexState(t, s).Tag, "")
	}},
	{"a refused write makes nobody stale", func(t *testing.T, open Open) {
		s := open(t)
		settleOwners(t, s)
		for _, c := range []store.Commit{
			{Source: "rsmp", Day: monday, Batch: batchOf(1, firm("rsmp", 1), observe("rsmp", "", INN(2)))},
			{Source: "rsmp", Day: monday, Batch: batchOf(1, firm("rsmp", 1)), Visits: []store.Visit{{ID: ""}}},
		} {
			if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrObservation) {
				t.Errorf("error %v, want ErrObservation", err)
			}
		}
		for _, wrong := range wrongOwners() {
			if err := s.Touch(t.Context(), []store.Owner{firmOwner(1), wrong}); !errors.Is(err, store.ErrObservation) {
				t.Errorf("touch %v: error %v, want ErrObservation", wrong, err)
			}
		}
		same(t, "stale", staleOwners(t, s), []store.Owner(nil))
	}},
	{"an ИНН of any form", func(t *testing.T, open Open) {
		s := open(t)
		settleOwners(t, s)
		var want []store.Owner
		for _, inn := range oddINNs {
			commit(t, s, monday, observe("rsmp", "k"+string(inn), inn))
			want = append(want, store.Owner{INN: inn})
		}
		slices.SortFunc(want, store.Owner.Compare)
		same(t, "stale", staleOwners(t, s), want)
		for i, o := range want {
			same(t, "page", must(s.StaleOwners(t.Context(), o, 1))(t), want[i+1:min(i+2, len(want))])
		}
	}},
}

// oddINNs can be stored, although they are no ИНН.
var oddINNs = []company.INN{"7", "77", "770", "5900000015", "59000000151", "590000001511", "59", "5900000015x", "ИНН", " 1", "/", ":", "590000001/", "590000001:", "\xff\xff", "\x01"}

func wrongOwners() []store.Owner {
	both := listingOwner("a")
	both.INN = INN(1)
	return []store.Owner{{}, both, {ID: store.ObservationID{Source: "2gis"}}, {INN: "1234567890123"}, {INN: "12\x0034"}, listingOwner("a\x00b")}
}
