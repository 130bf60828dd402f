package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/store"
)

func markOn(n int, kind store.MarkKind, value string) store.Mark {
	return store.Mark{INN: INN(n), Kind: kind, Value: value, Note: "так решили", By: "глава", At: noon}
}

func allMarks(t *testing.T, s store.Store) []store.Mark {
	t.Helper()
	return must(s.Marks(t.Context()))(t)
}

var markTests = []test{
	{"one of a kind stands on a company", func(t *testing.T, open Open) {
		s := open(t)
		pin, given, target := markOn(2, store.MarkPin, "m1"), markOn(2, store.MarkManager, "m1"), markOn(1, store.MarkTarget, "")
		ok(t, s.PutMarks(t.Context(), []store.Mark{pin, given, target}))
		same(t, "by ИНН, then kind", allMarks(t, s), []store.Mark{target, given, pin})
		other, later := markOn(2, store.MarkManager, "m2"), markOn(2, store.MarkManager, "m3")
		later.At = noon.Add(-time.Hour) // what is written last stands, whatever it says
		ok(t, s.PutMarks(t.Context(), []store.Mark{other, later}))
		same(t, "in its place", allMarks(t, s), []store.Mark{target, later, pin})
		ok(t, s.PutMarks(t.Context(), nil))
		same(t, "nothing put", allMarks(t, s), []store.Mark{target, later, pin})
	}},
	{"taken away", func(t *testing.T, open Open) {
		s := open(t)
		pin, target := markOn(2, store.MarkPin, "m1"), markOn(2, store.MarkTarget, "")
		ok(t, s.PutMarks(t.Context(), []store.Mark{pin, target}))
		ok(t, s.DropMark(t.Context(), INN(2), store.MarkPin))
		same(t, "left", allMarks(t, s), []store.Mark{target})
		for _, gone := range []store.Mark{pin, markOn(1, store.MarkTarget, ""), {}, {INN: INN(2), Kind: "targe"}} {
			if err := s.DropMark(t.Context(), gone.INN, gone.Kind); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%v: error %v, want ErrNotFound", gone, err)
			}
		}
		same(t, "left", allMarks(t, s), []store.Mark{target})
	}},
	{"a batch is taken whole or not at all", func(t *testing.T, open Open) {
		s := open(t)
		for _, wrong := range []store.Mark{
			{},
			{INN: INN(1)},
			{Kind: store.MarkPin},
			{INN: "1\x00", Kind: store.MarkPin},
			{INN: INN(1), Kind: "a\x00"},
			{INN: INN(1), Kind: store.MarkKind(strings.Repeat("x", store.MaxKey+1))},
		} {
			if err := s.PutMarks(t.Context(), []store.Mark{markOn(1, store.MarkPin, "m1"), wrong}); !errors.Is(err, store.ErrResult) {
				t.Errorf("%+v: error %v, want ErrResult", wrong, err)
			}
		}
		same(t, "none", len(allMarks(t, s)), 0)
	}},
	{"time is kept in UTC, and what is given and returned is the caller's", func(t *testing.T, open Open) {
		s := open(t)
		want := markOn(1, store.MarkPin, "m1")
		given := []store.Mark{want}
		given[0].At = noon.In(time.FixedZone("MSK", 3*3600))
		ok(t, s.PutMarks(t.Context(), given))
		given[0].Value = "x"
		allMarks(t, s)[0].Value = "y"
		if got := allMarks(t, s); len(got) != 1 || got[0] != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}},
}
