package bolt_test

import (
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

// Up to 150,000 rows, and owners of tokens, are listed as stale, in one write or in several; with one
// more all are, and the list is gone.
func TestStaleRowsEndInAll(t *testing.T) {
	const most = 150_000
	s := open(t, bolt.Options{Dir: t.TempDir()})
	settle := func() {
		t.Helper()
		if err := s.Settle(t.Context(), indexState(t, s).Mark); err != nil {
			t.Fatal(err)
		}
		if err := s.ReplaceRows(t.Context(), "tag", rowState(t, s).Mark, each(0, func(int) (r store.ScoreRow) { return r })); err != nil {
			t.Fatal(err)
		}
	}
	load := func(source string, from, to int) {
		t.Helper()
		r := store.Replacement{Source: source, Day: firstDay, Release: pipeline.Release{Whole: true}}
		m := newMix(source)
		if _, err := s.Replace(t.Context(), r, m.records(to, func(n int) (int, bool) { return 0, n >= from })); err != nil {
			t.Fatal(err)
		}
	}
	settle()
	load("a", 0, most-1)
	load("b", most-10, most)
	if state := indexState(t, s); state.All || listedOwners(t, s) != most {
		t.Fatalf("state of the index %+v, %d listed", state, listedOwners(t, s))
	}
	if state := rowState(t, s); state.All || listed(t, s) != most {
		t.Fatalf("state %+v, %d listed", state, listed(t, s))
	}
	mark, indexMark := rowState(t, s).Mark, indexState(t, s).Mark
	load("c", most, most+1)
	if state := indexState(t, s); !state.All || listedOwners(t, s) != 0 {
		t.Fatalf("state of the index %+v, %d listed", state, listedOwners(t, s))
	}
	if err := s.Settle(t.Context(), indexMark); err != nil {
		t.Fatal(err)
	}
	if !indexState(t, s).All {
		t.Error("settled up to a mark before the last write, and yet nothing is stale")
	}
	if state := rowState(t, s); !state.All || listed(t, s) != 0 {
		t.Fatalf("state %+v, %d listed", state, listed(t, s))
	}
	if err := s.ReplaceRows(t.Context(), "tag", mark, each(1, func(int) store.ScoreRow { return store.ScoreRow{INN: storetest.INN(1)} })); err != nil {
		t.Fatal(err)
	}
	if !rowState(t, s).All {
		t.Error("rows made before the last write leave nothing stale")
	}
	settle()
	if indexState(t, s).All {
		t.Error("all owners are stale after settling")
	}
	if state := rowState(t, s); state.All || state.Tag != "tag" {
		t.Errorf("state %+v", state)
	}
}

func rowState(t *testing.T, s store.Store) store.RowState {
	t.Helper()
	state, err := s.RowState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func listed(t *testing.T, s store.Store) int {
	t.Helper()
	inns, err := s.StaleRows(t.Context(), "", 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return len(inns)
}

func indexState(t *testing.T, s store.Store) store.IndexState {
	t.Helper()
	state, err := s.IndexState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func listedOwners(t *testing.T, s store.Store) int {
	t.Helper()
	owners, err := s.StaleOwners(t.Context(), store.Owner{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return len(owners)
}
