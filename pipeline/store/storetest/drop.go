package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// full fills a store with what a drop keeps and what it does not.
func full(t *testing.T, s store.Store) {
	t.Helper()
	fill(t, s, 5)
	visited(t, s, 4)
	ok(t, s.NotePull(t.Context(), "website", batchOf(2)))
	claim(t, s, monday, noon, "firm00001.example", "new.example")
	must(s.Claim(t.Context(), store.Claim{Source: "gis", Day: monday, IDs: []string{"a"}}))(t)
	if _, err := s.Replace(t.Context(), annexOf("fns", monday), packed(each(firm("fns", 1)))); err != nil {
		t.Fatal(err)
	}
	listing := store.ObservationID{Source: "website", Key: "firm00002.example"}
	other := store.ObservationID{Source: "website", Key: "firm00003.example"}
	ok(t, s.ReplaceJoins(t.Context(), []byte("note"), each(store.Join{ID: listing, INN: INN(1)}, store.Join{ID: other, INN: INN(2)})))
	ok(t, s.Decide(t.Context(), store.Decision{ID: listing, INN: INN(1), Same: true, By: "анна"}))
	ok(t, s.ReplaceRows(t.Context(), "tag", 0, each(rowsOf(1, 1)...)))
	ok(t, s.ReplaceIndex(t.Context(), "tag", 1<<40, each(entriesOf(3, 1)...)))
}

var dropTests = []test{
	{"what came from the sources to keep stays as it was", func(t *testing.T, open Open) {
		s, want := open(t), open(t)
		full(t, s)
		visits := visitLines(t, s, 99)
		pull := must(s.Pull(t.Context(), "website"))(t)
		rejects := must(s.Rejects(t.Context(), "website", 0, 99))(t)
		var kept []string
		for _, n := range []string{"firm00000.example", "firm00002.example", "firm00001.example " + string(INN(1))} {
			kept = append(kept, sprint(must(s.Get(t.Context(), store.ObservationID{Source: "website", Key: n}))(t)))
		}
		ok(t, s.DropRegistry(t.Context(), []string{"website", "nobody"}))
		same(t, "visits", visitLines(t, s, 99), slices.DeleteFunc(visits, func(v string) bool { return v == "gis/a=" }))
		same(t, "spent", []int64{claimedOf(t, s, "website", monday), claimedOf(t, s, "gis", monday)}, []int64{1, 0})
		same(t, "not claimed again", claim(t, s, monday, noon, "firm00001.example", "new.example"), []string(nil))
		same(t, "pull", must(s.Pull(t.Context(), "website"))(t), pull)
		same(t, "rejects", must(s.Rejects(t.Context(), "website", 0, 99))(t), rejects)
		for i, n := range []string{"firm00000.example", "firm00002.example", "firm00001.example " + string(INN(1))} {
			same(t, n, sprint(must(s.Get(t.Context(), store.ObservationID{Source: "website", Key: n}))(t)), kept[i])
		}
		same(t, "no events", len(events(t, s, 0)), 0)
		same(t, "since", must(s.Since(t.Context()))(t), company.Date(0))
		for _, id := range []store.ObservationID{{Source: "gis", Key: "1"}, {Source: "zzz", Key: "1"}, {Source: "fns", Key: string(INN(1))}} {
			if _, err := s.Get(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%v: error %v, want ErrNotFound", id, err)
			}
		}
		same(t, "listings", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 99))(t)), 4)
		same(t, "firms", must(s.INNs(t.Context(), []string{"website"}, "", 99))(t), []company.INN{INN(0), INN(1), INN(2), INN(3)})
		d := must(s.Dossier(t.Context(), INN(1)))(t)
		same(t, "a person's join", []int{len(d.Observations), len(d.Joins)}, []int{2, 1})
		same(t, "joins", len(must(s.Joins(t.Context(), store.ObservationID{}, 99))(t)), 1)
		// What a store has that never knew the others.
		visited(t, want, 4)
		ok(t, want.DropRegistry(t.Context(), []string{"website"}))
		same(t, "dossiers", dossierLines(t, s, INN(0), INN(2)), dossierLines(t, want, INN(0), INN(2)))
		again := firstOf(t, s, "firm00000.example")
		again.Facts[0].Value = "+79070009999"
		commit(t, s, friday, again)
		same(t, "news begin anew", len(events(t, s, 0)), 1)
	}},
	{"nothing that was made of it stands", func(t *testing.T, open Open) {
		s := open(t)
		full(t, s)
		generation, rows, index := must(s.Generation(t.Context()))(t), must(s.RowState(t.Context()))(t), must(s.IndexState(t.Context()))(t)
		for _, keep := range [][]string{{"website"}, nil} {
			ok(t, s.DropRegistry(t.Context(), keep))
			if now := must(s.Generation(t.Context()))(t); now <= generation {
				t.Errorf("generation %d after %d", now, generation)
			}
			if now := must(s.RowState(t.Context()))(t); now.Mark <= rows.Mark || !now.All || now.Tag != "" {
				t.Errorf("rows %+v after %+v", now, rows)
			}
			if now := must(s.IndexState(t.Context()))(t); now.Mark <= index.Mark || !now.All || now.Tag != "" {
				t.Errorf("index %+v after %+v", now, index)
			}
			same(t, "rows", len(must(s.Rows(t.Context(), "", 99))(t)), 0)
			same(t, "stale rows", len(must(s.StaleRows(t.Context(), "", 99))(t)), 0)
			same(t, "stale owners", len(must(s.StaleOwners(t.Context(), store.Owner{}, 99))(t)), 0)
			same(t, "note", must(s.JoinsNote(t.Context()))(t), []byte(nil))
			generation, rows, index = must(s.Generation(t.Context()))(t), must(s.RowState(t.Context()))(t), must(s.IndexState(t.Context()))(t)
		}
		same(t, "visits", len(visitLines(t, s, 99)), 0)
		same(t, "spent", claimedOf(t, s, "website", monday), 0)
		same(t, "listings", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 99))(t)), 0)
		same(t, "firms", len(must(s.Dossiers(t.Context(), "", 99))(t)), 0)
		same(t, "a person's join", len(must(s.Joins(t.Context(), store.ObservationID{}, 99))(t)), 1)
		commit(t, s, friday, firm("fns", 1)) // was an annex
	}},
	{"an annex is kept as one", func(t *testing.T, open Open) {
		s := open(t)
		full(t, s)
		ok(t, s.DropRegistry(t.Context(), []string{"fns"}))
		same(t, "firms", len(must(s.Dossiers(t.Context(), "", 99))(t)), 0)
		commit(t, s, friday, observe("gis", "1", INN(1)))
		same(t, "observations", len(must(s.Dossier(t.Context(), INN(1)))(t).Observations), 2)
		if _, err := s.Commit(t.Context(), store.Commit{Source: "fns", Batch: batchOf(1, observe("fns", "x", ""))}); !errors.Is(err, store.ErrKind) {
			t.Errorf("error %v, want ErrKind", err)
		}
	}},
}

func firstOf(t *testing.T, s store.Store, key string) company.Observation {
	t.Helper()
	return must(s.Get(t.Context(), store.ObservationID{Source: "website", Key: key}))(t)
}

func dossierLines(t *testing.T, s store.Store, inns ...company.INN) []string {
	t.Helper()
	var out []string
	for _, inn := range inns {
		out = append(out, sprint(must(s.Dossier(t.Context(), inn))(t)))
	}
	return out
}

func sprint(v any) string { return fmt.Sprintf("%+v", v) }
