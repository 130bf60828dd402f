package storetest

import (
	"errors"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func claim(t *testing.T, s store.Store, day company.Date, again time.Time, ids ...string) []string {
	t.Helper()
	return idsOf(claimed(t, s, day, again, ids...))
}

// claimed returns the visits as they were before the claim.
func claimed(t *testing.T, s store.Store, day company.Date, again time.Time, ids ...string) []store.Visit {
	t.Helper()
	return must(s.Claim(t.Context(), store.Claim{Source: "website", Day: day, IDs: ids, Again: again}))(t)
}

func idsOf(visits []store.Visit) (ids []string) {
	for _, v := range visits {
		ids = append(ids, v.ID)
	}
	return ids
}

func visit(t *testing.T, s store.Store, id string) store.Visit {
	t.Helper()
	return must(s.Visit(t.Context(), "website", id))(t)
}

func claimedOf(t *testing.T, s store.Store, source string, day company.Date) int64 {
	t.Helper()
	return must(s.Claimed(t.Context(), source, day))(t)
}

// answered commits what came of visits.
func answered(t *testing.T, s store.Store, day company.Date, visits ...store.Visit) {
	t.Helper()
	must(s.Commit(t.Context(), store.Commit{Source: "website", Day: day, Visits: visits}))(t)
}

var visitTests = []test{
	{"claimed once a day", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "first", claim(t, s, monday, noon, "b", "a"), []string{"b", "a"})
		same(t, "the same", claim(t, s, monday, noon.Add(time.Hour), "a", "b"), []string(nil))
		same(t, "some", claim(t, s, monday, noon, "a", "d", "b", "c", "c"), []string{"d", "c"})
		same(t, "spent", claimedOf(t, s, "website", monday), 4)
		same(t, "visit", visit(t, s, "a"), store.Visit{Source: "website", ID: "a", Day: monday, Again: noon})
		same(t, "the next day", claim(t, s, tuesday, noon.Add(24*time.Hour), "a", "b"), []string{"a", "b"})
		same(t, "moved", visit(t, s, "a"), store.Visit{Source: "website", ID: "a", Day: tuesday, Again: noon.Add(24 * time.Hour)})
		same(t, "spent the next day", claimedOf(t, s, "website", tuesday), 2)
		same(t, "still spent", claimedOf(t, s, "website", monday), 4)
		same(t, "nothing", claim(t, s, friday, noon), []string(nil))
		same(t, "another day", claimedOf(t, s, "website", friday), 0)
	}},
	{"how much was claimed is known for a while", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a", "b")
		must(s.Claim(t.Context(), store.Claim{Source: "web", Day: monday + 1, IDs: []string{"a"}}))(t)
		spent := func() []int64 {
			return []int64{claimedOf(t, s, "website", monday), claimedOf(t, s, "web", monday+1)}
		}
		claim(t, s, monday+store.ClaimsKept, noon, "a")
		same(t, "the last day", spent(), []int64{2, 1})
		claim(t, s, monday+store.ClaimsKept+1, noon)
		same(t, "nothing is claimed", spent(), []int64{2, 1})
		claim(t, s, monday+store.ClaimsKept+1, noon, "a")
		same(t, "a day later", spent(), []int64{0, 1})
		same(t, "the other visit stands", visit(t, s, "b").Day, monday)
		claim(t, s, monday, noon, "c")
		same(t, "claimed late", claimedOf(t, s, "website", monday), 1)
	}},
	{"each source has its own", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a")
		other := store.Claim{Source: "web", Day: monday, IDs: []string{"a", "sitea"}}
		same(t, "claimed", idsOf(must(s.Claim(t.Context(), other))(t)), other.IDs)
		same(t, "spent", []int64{claimedOf(t, s, "web", monday), claimedOf(t, s, "website", monday), claimedOf(t, s, "we", monday)}, []int64{2, 1, 0})
	}},
	{"not found", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a")
		for _, id := range [][2]string{{"website", "b"}, {"web", "a"}, {"website", ""}, {"", ""}} {
			if v, err := s.Visit(t.Context(), id[0], id[1]); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("visit %v: %+v, %v, want ErrNotFound", id, v, err)
			}
		}
	}},
	{"refused", func(t *testing.T, open Open) {
		s := open(t)
		for _, c := range []store.Claim{{Source: "website", IDs: []string{"a", ""}}, {IDs: []string{"a"}}, {Source: "website", IDs: []string{"a", "b\x00"}}} {
			if _, err := s.Claim(t.Context(), c); !errors.Is(err, store.ErrObservation) {
				t.Errorf("claim %v: error %v, want ErrObservation", c, err)
			}
		}
		same(t, "spent", claimedOf(t, s, "website", 0), 0)
		if _, err := s.Visit(t.Context(), "website", "a"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("error %v, want ErrNotFound", err)
		}
	}},
	{"to the second, in UTC", func(t *testing.T, open Open) {
		s := open(t)
		moscow := time.FixedZone("MSK", 3*3600)
		claim(t, s, monday, noon.Add(999*time.Millisecond).In(moscow), "a")
		if again := visit(t, s, "a").Again; again != noon {
			t.Errorf("again %v, want %v", again, noon)
		}
		claim(t, s, monday, time.Time{}, "b")
		if again := visit(t, s, "b").Again; !again.IsZero() {
			t.Errorf("again %v, want none", again)
		}
		answered(t, s, monday, store.Visit{ID: "a", Again: noon.Add(time.Minute + 1).In(moscow)})
		if again := visit(t, s, "a").Again; again != noon.Add(time.Minute) {
			t.Errorf("again %v", again)
		}
	}},
	{"answers keep the day of the claim", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a", "b")
		memory := []byte("etag")
		answered(t, s, tuesday, store.Visit{ID: "a", Day: friday, Again: noon.Add(time.Hour), Memory: memory})
		memory[0] = 'x'
		want := store.Visit{Source: "website", ID: "a", Day: monday, Again: noon.Add(time.Hour), Memory: []byte("etag")}
		same(t, "answered", visit(t, s, "a"), want)
		same(t, "the other", visit(t, s, "b"), store.Visit{Source: "website", ID: "b", Day: monday, Again: noon})
		same(t, "spent", claimedOf(t, s, "website", monday), 2)
		visit(t, s, "a").Memory[0] = 'y'
		same(t, "what was handed out is the caller's", visit(t, s, "a"), want)
		same(t, "claimed again the same day", claim(t, s, monday, noon, "a"), []string(nil))
		claim(t, s, tuesday, noon, "a")
		want.Day, want.Again = tuesday, noon
		same(t, "a claim leaves the memory", visit(t, s, "a"), want)
		answered(t, s, tuesday, store.Visit{Source: "website", ID: "a", Memory: []byte{}})
		if v := visit(t, s, "a"); v.Memory != nil || !v.Again.IsZero() || v.Day != tuesday {
			t.Errorf("forgotten: %+v", v)
		}
	}},
	{"answers without a claim are written as given", func(t *testing.T, open Open) {
		s := open(t)
		v := store.Visit{Source: "website", ID: "a", Day: monday, Again: noon, Memory: []byte("m")}
		answered(t, s, tuesday, v)
		same(t, "visit", visit(t, s, "a"), v)
		same(t, "spent", claimedOf(t, s, "website", monday), 0)
	}},
	{"in one transaction with what was found", func(t *testing.T, open Open) {
		s := open(t)
		claim(t, s, monday, noon, "a")
		for _, c := range []store.Commit{
			{Source: "website", Batch: batchOf(1, observe("website", "x", ""), observe("website", "", "")), Visits: []store.Visit{{ID: "a", Memory: []byte("m")}}},
			{Source: "website", Batch: batchOf(1, observe("website", "x", "")), Visits: []store.Visit{{ID: "a", Memory: []byte("m")}, {ID: ""}}},
			{Source: "website", Batch: batchOf(1, observe("website", "x", "")), Visits: []store.Visit{{Source: "other", ID: "a"}}},
		} {
			if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrObservation) {
				t.Errorf("error %v, want ErrObservation", err)
			}
		}
		same(t, "visit", visit(t, s, "a"), store.Visit{Source: "website", ID: "a", Day: monday, Again: noon})
		same(t, "observations", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 9))(t)), 0)
		c := store.Commit{Source: "website", Day: monday, Batch: batchOf(1, observe("website", "x", "")), Visits: []store.Visit{{ID: "a", Memory: []byte("m")}}}
		same(t, "delta", must(s.Commit(t.Context(), c))(t), store.Delta{New: 1})
		same(t, "visit", visit(t, s, "a"), store.Visit{Source: "website", ID: "a", Day: monday, Memory: []byte("m")})
		same(t, "observations", len(must(s.WithoutINN(t.Context(), store.ObservationID{}, 9))(t)), 1)
		if _, err := s.Replace(t.Context(), annexOf("fns", monday), packed(each(firm("fns", 1)))); err != nil {
			t.Fatal(err)
		}
		c = store.Commit{Source: "fns", Batch: batchOf(1, observe("fns", "x", "")), Visits: []store.Visit{{ID: "a"}}}
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrKind) {
			t.Errorf("error %v, want ErrKind", err)
		}
		if _, err := s.Visit(t.Context(), "fns", "a"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("error %v, want ErrNotFound", err)
		}
	}},
}
