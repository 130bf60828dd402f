package storetest

import (
	"testing"

	"obzvon/pipeline/store"
)

// remembering makes visits of two sources, some of which remember something.
func remembering(t *testing.T, s store.Store) {
	t.Helper()
	claim(t, s, monday, noon, "a", "b", "c", "d")
	answered(t, s, monday, store.Visit{ID: "a", Again: noon, Memory: []byte("Анна")}, store.Visit{ID: "c", Again: noon, Memory: []byte("Пётр")})
	other := store.Commit{Source: "web", Day: monday, Visits: []store.Visit{{ID: "a", Day: monday, Again: noon, Memory: []byte("Анна")}, {ID: "z", Day: monday}}}
	must(s.Commit(t.Context(), other))(t)
}

// visitLines renders all visits through pages of the given size.
func visitLines(t *testing.T, s store.Store, limit int) []string {
	t.Helper()
	var out []string
	for after := (store.ObservationID{}); ; {
		page := must(s.Visits(t.Context(), after, limit))(t)
		for _, v := range page {
			if v.Day != monday {
				t.Errorf("visit %+v: another day", v)
			}
			out = append(out, v.Source+"/"+v.ID+"="+string(v.Memory))
			after = store.ObservationID{Source: v.Source, Key: v.ID}
		}
		if len(page) < limit {
			return out
		}
	}
}

var memoryTests = []test{
	{"pages of visits", func(t *testing.T, open Open) {
		s := open(t)
		remembering(t, s)
		want := []string{"web/a=Анна", "web/z=", "website/a=Анна", "website/b=", "website/c=Пётр", "website/d="}
		for _, limit := range []int{1, 2, 3, 5, 6, 7} {
			same(t, "visits", visitLines(t, s, limit), want)
		}
		for after, left := range map[store.ObservationID]int{
			{Source: "web"}: 6, {Source: "web", Key: "a"}: 5, {Source: "web", Key: "zz"}: 4, {Source: "webb", Key: "z"}: 4,
			{Source: "website"}: 4, {Source: "website", Key: "bb"}: 2, {Source: "website", Key: "d"}: 0, {Source: "x", Key: "a"}: 0,
		} {
			same(t, "after "+after.Source+"/"+after.Key, len(must(s.Visits(t.Context(), after, 9))(t)), left)
		}
		same(t, "none asked for", len(must(s.Visits(t.Context(), store.ObservationID{}, 0))(t)), 0)
		must(s.Visits(t.Context(), store.ObservationID{}, 1))(t)[0].Memory[0] = 'x'
		same(t, "what was handed out is the caller's", visitLines(t, s, 9), want)
	}},
	{"a memory is erased, its visit stays", func(t *testing.T, open Open) {
		s := open(t)
		remembering(t, s)
		before := visit(t, s, "a")
		ids := []string{"b", "a", "nobody", "", "a"}
		same(t, "erased", must(s.EraseMemories(t.Context(), "website", ids))(t), 1)
		before.Memory = nil
		same(t, "visit", visit(t, s, "a"), before)
		if visit(t, s, "a").Memory != nil {
			t.Error("the memory is empty, not nil")
		}
		same(t, "others", visitLines(t, s, 9), []string{"web/a=Анна", "web/z=", "website/a=", "website/b=", "website/c=Пётр", "website/d="})
		same(t, "again", must(s.EraseMemories(t.Context(), "website", ids))(t), 0)
		same(t, "of nobody", must(s.EraseMemories(t.Context(), "nobody", ids))(t), 0)
		same(t, "spent", claimedOf(t, s, "website", monday), 4)
		same(t, "not claimed again", claim(t, s, monday, noon, "a"), []string(nil))
		answered(t, s, monday, store.Visit{ID: "a", Memory: []byte("new")})
		same(t, "remembers anew", string(visit(t, s, "a").Memory), "new")
	}},
	{"memories are forgotten by what they hold", func(t *testing.T, open Open) {
		s := open(t)
		remembering(t, s)
		anna := func(v store.Visit) bool { return string(v.Memory) == "Анна" }
		same(t, "of one", must(store.ForgetMemories(t.Context(), s, "website", anna))(t), 1)
		same(t, "visits", visitLines(t, s, 9), []string{"web/a=Анна", "web/z=", "website/a=", "website/b=", "website/c=Пётр", "website/d="})
		same(t, "of all", must(store.ForgetMemories(t.Context(), s, "", anna))(t), 1)
		same(t, "visits", visitLines(t, s, 9), []string{"web/a=", "web/z=", "website/a=", "website/b=", "website/c=Пётр", "website/d="})
	}},
	{"all of many memories are forgotten", func(t *testing.T, open Open) {
		s := open(t)
		var many []store.Visit
		for n := range 1000 {
			many = append(many, store.Visit{ID: string(INN(n)), Day: monday, Again: noon, Memory: []byte("m")})
		}
		answered(t, s, monday, many...)
		must(s.Commit(t.Context(), store.Commit{Source: "x", Visits: []store.Visit{{ID: "a", Memory: []byte("m")}}}))(t)
		all := func(store.Visit) bool { return true }
		same(t, "forgotten", must(store.ForgetMemories(t.Context(), s, "website", all))(t), 1000)
		same(t, "again", must(store.ForgetMemories(t.Context(), s, "website", all))(t), 0)
		same(t, "visits", len(must(s.Visits(t.Context(), store.ObservationID{}, 9999))(t)), 1001)
		same(t, "another's", string(must(s.Visit(t.Context(), "x", "a"))(t).Memory), "m")
	}},
}
