package storetest

import (
	"errors"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func replaceJoins(t *testing.T, s store.Store, joins ...store.Join) {
	t.Helper()
	if err := s.ReplaceJoins(t.Context(), nil, each(joins...)); err != nil {
		t.Fatalf("replace joins: %v", err)
	}
}

func allJoins(t *testing.T, s store.Store) []store.Join {
	t.Helper()
	return must(s.Joins(t.Context(), store.ObservationID{}, 1000))(t)
}

func joinTo(key string, n int) store.Join {
	return store.Join{
		ID: store.ObservationID{Source: "2gis", Key: key}, INN: INN(n),
		Evidence: []store.Evidence{{Kind: "phone", Value: "+79070000001", Weight: -1500}, {Kind: "site", Value: "пример.рф"}},
	}
}

func decide(t *testing.T, s store.Store, key string, n int, same bool, at time.Time) {
	t.Helper()
	d := store.Decision{ID: store.ObservationID{Source: "2gis", Key: key}, INN: INN(n), Same: same, By: "анна", At: at}
	if err := s.Decide(t.Context(), d); err != nil {
		t.Fatalf("decide: %v", err)
	}
}

var joinTests = []test{
	{"replaced", func(t *testing.T, open Open) {
		s := open(t)
		one := []store.Join{joinTo("a", 1), joinTo("b", 1), joinTo("d", 2)}
		replaceJoins(t, s, one...)
		same(t, "first", allJoins(t, s), one)
		two := []store.Join{joinTo("b", 2), joinTo("c", 1), joinTo("d", 2)}
		two[2].Manual = true
		replaceJoins(t, s, two...)
		same(t, "second", allJoins(t, s), two)
		same(t, "page", must(s.Joins(t.Context(), two[0].ID, 1))(t), two[1:2])
		replaceJoins(t, s)
		same(t, "none", len(allJoins(t, s)), 0)
	}},
	{"order", func(t *testing.T, open Open) {
		s := open(t)
		replaceJoins(t, s, joinTo("z", 1))
		for _, wrong := range [][]store.Join{{joinTo("b", 1), joinTo("a", 1)}, {joinTo("b", 1), joinTo("b", 2)}} {
			if err := s.ReplaceJoins(t.Context(), nil, each(wrong...)); !errors.Is(err, store.ErrOrder) {
				t.Errorf("error %v, want ErrOrder", err)
			}
		}
		same(t, "the old one stays", must(s.Joins(t.Context(), joinTo("y", 1).ID, 9))(t), []store.Join{joinTo("z", 1)})
	}},
	{"in dossiers", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1), firm("rsmp", 2))
		commit(t, s, monday, observe("2gis", "a", ""), observe("2gis", "b", ""), observe("2gis", "c", INN(2)))
		replaceJoins(t, s, joinTo("a", 1), joinTo("b", 1), joinTo("c", 1), joinTo("gone", 1), joinTo("stray", 3))
		d := must(s.Dossier(t.Context(), INN(1)))(t)
		same(t, "joins", d.Joins, []store.Join{joinTo("a", 1), joinTo("b", 1)})
		same(t, "observations", keys(d.Observations), []string{"a", "b", string(INN(1))})
		same(t, "carries another", keys(must(s.Dossier(t.Context(), INN(2)))(t).Observations), []string{"c", string(INN(2))})
		all := must(s.Dossiers(t.Context(), "", 10))(t)
		same(t, "page", len(all), 2)
		same(t, "page, first", all[0], d)
		if _, err := s.Dossier(t.Context(), INN(3)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("ИНН that only a join names: error %v, want ErrNotFound", err)
		}
		replaceJoins(t, s, joinTo("a", 2))
		same(t, "moved away", len(must(s.Dossier(t.Context(), INN(1)))(t).Joins), 0)
		same(t, "moved to", keys(must(s.Dossier(t.Context(), INN(2)))(t).Observations), []string{"a", "c", string(INN(2))})
	}},
	{"a denial removes the join for good", func(t *testing.T, open Open) {
		s := open(t)
		replaceJoins(t, s, joinTo("a", 1), joinTo("b", 1))
		decide(t, s, "a", 1, false, noon)
		decide(t, s, "b", 2, false, noon)
		same(t, "at once", allJoins(t, s), []store.Join{joinTo("b", 1)})
		replaceJoins(t, s, joinTo("a", 1), joinTo("b", 1))
		same(t, "after a rerun", allJoins(t, s), []store.Join{joinTo("b", 1)})
		replaceJoins(t, s, joinTo("a", 2))
		same(t, "to another", allJoins(t, s), []store.Join{joinTo("a", 2)})
	}},
	{"a confirmation makes the join for good", func(t *testing.T, open Open) {
		s := open(t)
		replaceJoins(t, s, joinTo("a", 1), joinTo("b", 1))
		decide(t, s, "a", 1, true, noon)
		decide(t, s, "b", 2, true, noon)
		decide(t, s, "c", 3, true, noon)
		confirmed := joinTo("a", 1)
		confirmed.Manual = true
		want := []store.Join{confirmed, manual("b", 2), manual("c", 3)}
		same(t, "at once", allJoins(t, s), want)
		replaceJoins(t, s, joinTo("a", 1), joinTo("b", 1), joinTo("c", 9), joinTo("d", 1))
		same(t, "after a rerun", allJoins(t, s), append(want, joinTo("d", 1)))
		replaceJoins(t, s)
		same(t, "without a sequence", allJoins(t, s), []store.Join{manual("a", 1), manual("b", 2), manual("c", 3)})
	}},
	{"the later word stands", func(t *testing.T, open Open) {
		s := open(t)
		decide(t, s, "a", 2, true, noon.Add(time.Hour))
		decide(t, s, "a", 1, true, noon)
		decide(t, s, "b", 1, true, noon.Add(time.Hour))
		decide(t, s, "b", 2, true, noon)
		same(t, "of two confirmations", allJoins(t, s), []store.Join{manual("a", 2), manual("b", 1)})
		decide(t, s, "b", 3, true, noon.Add(time.Hour))
		same(t, "of two at one time", allJoins(t, s), []store.Join{manual("a", 2), manual("b", 3)})
		decide(t, s, "a", 2, false, noon.Add(2*time.Hour))
		same(t, "denied again", allJoins(t, s), []store.Join{manual("a", 1), manual("b", 3)})
		same(t, "decisions", len(must(s.Decisions(t.Context()))(t)), 5)
	}},
	{"decided while joins are being replaced", func(t *testing.T, open Open) {
		s := open(t)
		err := s.ReplaceJoins(t.Context(), nil, func(yield func(store.Join, error) bool) {
			if !yield(joinTo("a", 1), nil) {
				return
			}
			decide(t, s, "a", 1, false, noon)
			decide(t, s, "b", 2, true, noon)
			yield(joinTo("b", 1), nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "joins", allJoins(t, s), []store.Join{manual("b", 2)})
	}},
	{"under a note", func(t *testing.T, open Open) {
		s := open(t)
		note := func(what, want string) {
			t.Helper()
			got := must(s.JoinsNote(t.Context()))(t)
			if string(got) != want || (got == nil) != (want == "") {
				t.Errorf("%s: note %q, want %q", what, got, want)
			}
		}
		noted := func(note string, joins ...store.Join) {
			t.Helper()
			ok(t, s.ReplaceJoins(t.Context(), []byte(note), each(joins...)))
		}
		note("at first", "")
		noted("one", joinTo("a", 1))
		note("set", "one")
		must(s.JoinsNote(t.Context()))(t)[0] = 'x'
		note("not the caller's", "one")
		if err := s.ReplaceJoins(t.Context(), []byte("two"), failing(errKilled, joinTo("a", 2))); !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		note("after an error", "")
		noted("two", joinTo("a", 1))
		ok(t, s.ReplaceJoins(t.Context(), []byte("three"), func(yield func(store.Join, error) bool) {
			note("while it runs", "")
			yield(joinTo("a", 1), nil)
		}))
		note("set again", "three")
		ok(t, s.ReplaceJoins(t.Context(), nil, each(joinTo("a", 1))))
		note("none given", "")
	}},
	{"a decision takes the note away", func(t *testing.T, open Open) {
		for _, yes := range []bool{true, false} {
			s := open(t)
			ok(t, s.ReplaceJoins(t.Context(), []byte("one"), each(joinTo("a", 1))))
			decide(t, s, "b", 1, yes, noon)
			same(t, "note", must(s.JoinsNote(t.Context()))(t), []byte(nil))
			ok(t, s.ReplaceJoins(t.Context(), []byte("two"), func(yield func(store.Join, error) bool) {
				decide(t, s, "c", 1, yes, noon)
				yield(joinTo("d", 1), nil)
			}))
			same(t, "decided meanwhile", must(s.JoinsNote(t.Context()))(t), []byte(nil))
			ok(t, s.ReplaceJoins(t.Context(), []byte("three"), each(joinTo("a", 1))))
			same(t, "after it", string(must(s.JoinsNote(t.Context()))(t)), "three")
		}
	}},
	{"decisions in order", func(t *testing.T, open Open) {
		s := open(t)
		decide(t, s, "b", 2, true, noon)
		decide(t, s, "b", 1, false, noon)
		decide(t, s, "a", 3, true, noon)
		got := must(s.Decisions(t.Context()))(t)
		var order []company.INN
		for _, d := range got {
			order = append(order, d.INN)
		}
		same(t, "order", order, []company.INN{INN(3), INN(1), INN(2)})
		same(t, "content", got[1], store.Decision{ID: joinTo("b", 1).ID, INN: INN(1), By: "анна", At: noon})
	}},
}

func manual(key string, n int) store.Join {
	return store.Join{ID: joinTo(key, n).ID, INN: INN(n), Manual: true}
}

func keys(obs []company.Observation) []string {
	var out []string
	for _, o := range obs {
		out = append(out, o.Key)
	}
	return out
}
