package storetest

import (
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func released(t *testing.T, s store.Store, day company.Date, before ...store.Visit) int {
	t.Helper()
	return must(s.Release(t.Context(), "website", day, before))(t)
}

func allVisits(t *testing.T, s store.Store) []store.Visit {
	t.Helper()
	return must(s.Visits(t.Context(), store.ObservationID{}, 100))(t)
}

var releaseTests = []test{
	{"a claim tells what was before", func(t *testing.T, open Open) {
		s := open(t)
		answered(t, s, monday, store.Visit{ID: "b", Day: monday, Again: noon, Memory: []byte("m")})
		before := claimed(t, s, tuesday, noon.Add(time.Hour), "a", "b")
		want := []store.Visit{{Source: "website", ID: "a"}, {Source: "website", ID: "b", Day: monday, Again: noon, Memory: []byte("m")}}
		same(t, "before", before, want)
		before[1].Memory[0] = 'x'
		same(t, "what was handed out is the caller's", visit(t, s, "b").Memory, []byte("m"))
	}},
	{"given back as it was", func(t *testing.T, open Open) {
		s := open(t)
		answered(t, s, monday, store.Visit{ID: "b", Day: monday, Again: noon, Memory: []byte("m")}, store.Visit{ID: "c", Day: monday})
		want := allVisits(t, s)
		before := claimed(t, s, tuesday, noon.Add(time.Hour), "a", "b", "c")
		same(t, "released", released(t, s, tuesday, before...), 3)
		same(t, "visits", allVisits(t, s), want)
		same(t, "spent", claimedOf(t, s, "website", tuesday), 0)
		same(t, "released again", released(t, s, tuesday, before...), 0)
		same(t, "visits", allVisits(t, s), want)
		same(t, "claimed again for the day", claim(t, s, tuesday, noon, "c", "b", "a"), []string{"c", "b", "a"})
		same(t, "spent", claimedOf(t, s, "website", tuesday), 3)
	}},
	{"some of what was claimed", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, tuesday, noon, "x")
		before := claimed(t, s, tuesday, noon, "a", "b", "c")
		answered(t, s, tuesday, store.Visit{ID: "a", Again: noon.Add(time.Hour), Memory: []byte("m")})
		same(t, "released", released(t, s, tuesday, before[1:]...), 2)
		same(t, "spent", claimedOf(t, s, "website", tuesday), 2)
		same(t, "left", idsOf(allVisits(t, s)), []string{"a", "x"})
		same(t, "the rest", claim(t, s, tuesday, noon, "x", "a", "b", "c"), []string{"b", "c"})
	}},
	{"not what was claimed for another day since", func(t *testing.T, open Open) {
		s := open(t)
		before := claimed(t, s, monday, noon, "a", "b")
		claim(t, s, tuesday, noon.Add(time.Hour), "a")
		same(t, "released", released(t, s, monday, before...), 1)
		same(t, "visits", allVisits(t, s), []store.Visit{{Source: "website", ID: "a", Day: tuesday, Again: noon.Add(time.Hour)}})
		same(t, "spent", []int64{claimedOf(t, s, "website", monday), claimedOf(t, s, "website", tuesday)}, []int64{1, 1})
	}},
	{"nothing that is not there", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a")
		want := allVisits(t, s)
		same(t, "released", released(t, s, monday, store.Visit{ID: "b"}, store.Visit{ID: ""}), 0)
		same(t, "nobody", released(t, s, monday), 0)
		same(t, "of another source", must(s.Release(t.Context(), "web", monday, []store.Visit{{ID: "a"}}))(t), 0)
		same(t, "of none", must(s.Release(t.Context(), "", monday, []store.Visit{{ID: "a"}}))(t), 0)
		same(t, "as it is already", released(t, s, monday, store.Visit{ID: "a", Day: monday}), 0)
		same(t, "visits", allVisits(t, s), want)
		same(t, "spent", claimedOf(t, s, "website", monday), 1)
	}},
	{"what was erased meanwhile stays erased", func(t *testing.T, open Open) {
		s := open(t)
		answered(t, s, monday, store.Visit{ID: "a", Day: monday, Again: noon, Memory: []byte("m")})
		before := claimed(t, s, tuesday, noon, "a")
		must(s.EraseMemories(t.Context(), "website", []string{"a"}))(t)
		released(t, s, tuesday, before...)
		same(t, "visit", visit(t, s, "a"), store.Visit{Source: "website", ID: "a", Day: monday, Again: noon})
	}},
	{"when nobody counts the day any more", func(t *testing.T, open Open) {
		s := open(t)
		before := claimed(t, s, monday, noon, "a", "b")
		claim(t, s, monday+store.ClaimsKept+1, noon, "c")
		claim(t, s, monday, noon, "d")
		same(t, "released", released(t, s, monday, before...), 2)
		same(t, "spent", claimedOf(t, s, "website", monday), 0)
	}},
}
