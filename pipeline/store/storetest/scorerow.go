package storetest

import (
	"errors"
	"testing"

	"obzvon/pipeline/store"
)

func replaceRows(t *testing.T, s store.Store, tag string, rows ...store.ScoreRow) {
	t.Helper()
	if err := s.ReplaceRows(t.Context(), tag, rowState(t, s).Mark, each(rows...)); err != nil {
		t.Fatalf("replace rows: %v", err)
	}
}

func rowState(t *testing.T, s store.Store) store.RowState {
	t.Helper()
	return must(s.RowState(t.Context()))(t)
}

var scoreRowTests = []test{
	{"replaced, with those that vanished removed", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "tag before the first", rowState(t, s).Tag, "")
		one := rowsOf(20, 1)
		replaceRows(t, s, "one", one...)
		same(t, "first", must(s.Rows(t.Context(), "", 100))(t), one)
		two := rowsOf(30, 1)[5:]
		two[3].Data = []byte("longer than before")
		two[4].Data = []byte{}
		replaceRows(t, s, "two", two...)
		same(t, "second", must(s.Rows(t.Context(), "", 100))(t), two)
		same(t, "tag", rowState(t, s).Tag, "two")
		same(t, "page", must(s.Rows(t.Context(), two[1].INN, 2))(t), two[2:4])
		replaceRows(t, s, "")
		same(t, "none", len(must(s.Rows(t.Context(), "", 100))(t)), 0)
	}},
	{"order", func(t *testing.T, open Open) {
		s := open(t)
		replaceRows(t, s, "one", rowsOf(9, 1)...)
		for _, wrong := range [][]store.ScoreRow{{{INN: INN(2)}, {INN: INN(1)}}, {{INN: INN(1)}, {INN: INN(1)}}, {{INN: ""}}} {
			if err := s.ReplaceRows(t.Context(), "two", 0, each(wrong...)); !errors.Is(err, store.ErrOrder) {
				t.Errorf("error %v, want ErrOrder", err)
			}
		}
		same(t, "rows", len(must(s.Rows(t.Context(), "", 100))(t)), 9)
		same(t, "tag", rowState(t, s).Tag, "")
	}},
	{"memory may be reused", func(t *testing.T, open Open) {
		s := open(t)
		err := s.ReplaceRows(t.Context(), "one", 0, func(yield func(store.ScoreRow, error) bool) {
			data := []byte{0}
			for n := range 5 {
				data[0] = byte(n)
				if !yield(store.ScoreRow{INN: INN(n), Data: data}, nil) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for n, r := range must(s.Rows(t.Context(), "", 9))(t) {
			same(t, "data", r.Data, []byte{byte(n)})
		}
	}},
}
