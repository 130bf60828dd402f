package resolve

import (
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func TestDecisions(t *testing.T) {
	yasen, klen, nobody := validINN(1), validINN(2), validINN(3)
	base := []company.Observation{
		firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fPhone, phone1)...),
		firmOf(2, perm(fShort, `ООО "КРАСНЫЙ КЛЁН"`)...),
		card("1", perm(fBrand, "Северный ясень", fPhone, phone1, fPhone, phone2)...),
		card("2", perm(fBrand, "Вывеска", fPhone, phone2)...),
	}
	one, two := cardID("1"), cardID("2")
	before := func(t *testing.T) store.Store {
		s := newStore(t, base...)
		if rep := once(t, s); rep.Joined == 0 || joinsOf(t, s)["1"].INN != yasen {
			t.Fatalf("report %+v", rep)
		}
		return s
	}
	t.Run("no, for ever, and what rested on it", func(t *testing.T) {
		s := before(t)
		decide(t, s, one, yasen, false)
		for range 2 {
			rep := once(t, s)
			if got := joinsOf(t, s); len(got) != 0 {
				t.Errorf("joins %+v", got)
			}
			if rep.Reasons[ReasonDenied] != 1 || rep.Listings != 2 {
				t.Errorf("reasons %v", rep.Reasons)
			}
			if _, shown := rowOf(rep, "1"); shown {
				t.Error("what is decided is asked again")
			}
			// Other settings, so that all is matched anew.
			resolved(t, s, Options{Basis: "another"})
			resolved(t, s, Options{})
		}
	})
	t.Run("yes keeps the evidence, with what speaks against it", func(t *testing.T) {
		s := before(t)
		decide(t, s, one, yasen, true)
		rep := once(t, s)
		j := joinsOf(t, s)["1"]
		if !j.Manual || !slices.ContainsFunc(j.Evidence, func(e store.Evidence) bool { return e.Kind == kindPhone && e.Weight > 0 }) {
			t.Errorf("join %+v", j)
		}
		if rep.Manual != 1 {
			t.Errorf("report %+v", rep)
		}
	})
	t.Run("yes to another lends it the phones", func(t *testing.T) {
		s := before(t)
		decide(t, s, one, klen, true)
		once(t, s)
		got := joinsOf(t, s)
		if j := got["1"]; j.INN != klen || !j.Manual {
			t.Errorf("first %+v", j)
		}
		if j := got["2"]; j.INN == yasen || j.Manual {
			t.Errorf("second %+v", j)
		}
	})
	t.Run("yes to a company nobody holds", func(t *testing.T) {
		s := before(t)
		decide(t, s, two, nobody, true)
		once(t, s)
		if j := joinsOf(t, s)["2"]; j.INN != nobody || !j.Manual || len(j.Evidence) != 0 {
			t.Errorf("join %+v", j)
		}
	})
	t.Run("on a listing that is gone", func(t *testing.T) {
		s := before(t)
		decide(t, s, two, klen, false)
		replace(t, s, "gis", []company.Observation{base[2]})
		if rep := once(t, s); rep.Listings != 1 || rep.Joined != 1 {
			t.Errorf("report %+v", rep)
		}
	})
	t.Run("the company that was confirmed becomes known", func(t *testing.T) {
		s := before(t)
		decide(t, s, two, nobody, true)
		once(t, s)
		commit(t, s, firmOf(3, perm(fShort, `ООО "ВЫВЕСКА"`)...))
		once(t, s)
		if j := joinsOf(t, s)["2"]; j.INN != nobody || len(j.Evidence) == 0 {
			t.Errorf("join %+v", j)
		}
	})
}

// What stands in the store under another name than the index's has no say.
func TestEarlierJoinsHaveNoSay(t *testing.T) {
	s := newStore(t,
		firmOf(1, perm(fShort, `ООО "СЕВЕРНЫЙ ЯСЕНЬ"`, fPhone, phone1)...),
		card("1", perm(fBrand, "Клён", fPhone, phone2)...), card("2", perm(fBrand, "Клён", fPhone, phone2)...),
		card("3", perm(fBrand, "Северный ясень", fPhone, phone1)...))
	stale := store.Join{ID: cardID("1"), INN: validINN(1), Evidence: []store.Evidence{{Kind: "phone", Value: phone2}}}
	if err := s.ReplaceJoins(t.Context(), nil, sequence([]store.Join{stale})); err != nil {
		t.Fatal(err)
	}
	once(t, s)
	if got := joinsOf(t, s); len(got) != 1 || got["3"].INN != validINN(1) {
		t.Errorf("joins %+v", got)
	}
}
