package resolve

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// counted counts what a run reads of companies.
type counted struct {
	*memory.Store
	scans atomic.Int64
}

func (c *counted) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	c.scans.Add(1)
	return c.Store.Dossiers(ctx, after, limit)
}

func runWith(t *testing.T, s Store, cfg config.Resolve, o Options) Report {
	t.Helper()
	rep, err := Run(t.Context(), s, NewExact(cfg), o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// byHash is an interest that differs from one salt to the next.
func byHash(salt int) Interest {
	return func(o *company.Observation) int {
		n := salt
		for _, c := range []byte(o.Key) {
			n = (n*31 + int(c)) % 1009
		}
		return n % 3
	}
}

// Whatever is asked after whatever, the report is that of a run that knows no
// note.
func TestNoteTellsWhatAFreshRunTells(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 52))
	unchanged := 0
	for range 40 {
		base := world(rng)
		s := open(t, base...)
		for range 8 {
			o := Options{ReviewAtMost: []int{0, 1, 5, 12, 100}[rng.IntN(5)]}
			if salt := rng.IntN(3); salt > 0 {
				o.Interest = byHash(salt)
			}
			got := runWith(t, s, testConfig(), o)
			if got.Unchanged {
				unchanged++
			}
			want := runWith(t, open(t, base...), testConfig(), o)
			if got.Unchanged = false; !reflect.DeepEqual(got, want) {
				t.Fatalf("limit %d:\n%+v, want\n%+v", o.ReviewAtMost, got, want)
			}
		}
	}
	if unchanged < 100 {
		t.Errorf("only %d of 320 runs knew the outcome", unchanged)
	}
}

func TestWhatMakesARunMatchAnew(t *testing.T) {
	const phone = "+79070000001"
	listed := obs("2gis", "1", "", fBrand, "Ясень", fPhone, phone)
	id := store.ObservationID{Source: "2gis", Key: "1"}
	other := testConfig()
	other.SharedNames = 7
	limit := testConfig()
	limit.ReviewAtMost = 77
	tests := map[string]struct {
		change func(t *testing.T, s *memory.Store)
		config config.Resolve
		basis  string
		anew   bool
	}{
		"nothing":            {config: testConfig()},
		"the limit's config": {config: limit},
		"config":             {config: other, anew: true},
		"the caller's basis": {config: testConfig(), basis: "rsmp", anew: true},
		"an observation":     {change: func(t *testing.T, s *memory.Store) { commit(t, s, obs("2gis", "2", "", fPhone, phone)) }, config: testConfig(), anew: true},
		"the same again":     {change: func(t *testing.T, s *memory.Store) { commit(t, s, listed) }, config: testConfig()},
		"a decision":         {change: func(t *testing.T, s *memory.Store) { decide(t, s, id, innA, true) }, config: testConfig(), anew: true},
		"a broken note": {change: func(t *testing.T, s *memory.Store) {
			if err := s.ReplaceJoins(t.Context(), []byte("{"), func(func(store.Join, error) bool) {}); err != nil {
				t.Fatal(err)
			}
		}, config: testConfig(), anew: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := &counted{Store: open(t, obs("rsmp", "a", innA, fShort, `ООО "ЯСЕНЬ"`, fPhone, phone), listed)}
			if rep := runWith(t, s, testConfig(), Options{ReviewAtMost: 10}); rep.Unchanged || rep.ByEvidence[kindPhone] != 1 {
				t.Fatalf("first run: %+v", rep)
			}
			if tt.change != nil {
				tt.change(t, s.Store)
			}
			s.scans.Store(0)
			rep := runWith(t, s, tt.config, Options{ReviewAtMost: 10, Basis: tt.basis})
			if rep.Unchanged == tt.anew || (s.scans.Load() > 0) != tt.anew {
				t.Errorf("unchanged %v after %d pages of companies", rep.Unchanged, s.scans.Load())
			}
			if got := joins(t, s); got["2gis/1"].INN != innA || rep.Joined != int64(len(got)) {
				t.Errorf("report %+v, joins %+v", rep, got)
			}
		})
	}
}

// A note that would be too long, or whose ids JSON would mend, tells no review.
func TestNoteIsBounded(t *testing.T) {
	var long []Unresolved
	for i := range 3000 {
		long = append(long, Unresolved{
			ID: store.ObservationID{Source: "2gis", Key: strconv.Itoa(i)}, Reason: ReasonShared, Why: "Общий.",
			Candidates: []Candidate{{INN: innA, Name: strings.Repeat("я", 2000)}},
		})
	}
	foreign := []Unresolved{{ID: store.ObservationID{Source: "2gis", Key: "\xff"}, Reason: ReasonUnknown, Why: whyUnknown}}
	for name, picked := range map[string][]Unresolved{"long": long, "no UTF-8": foreign} {
		var shown []int
		for i := range picked {
			shown = append(shown, i)
		}
		data, err := newNote("basis", Report{Listings: 7}, picked, shown, len(picked)).encode()
		if err != nil || len(data) > 1000 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		var n note
		if err := json.Unmarshal(data, &n); err != nil || n.Listings != 7 || n.ReviewAtMost != 0 || n.Review != nil {
			t.Errorf("%s: note %s, %v", name, data, err)
		}
	}
	s := open(t, obs("rsmp", "a", innA, fPhone, "+79070000001"), obs("2gis", "\xff", "", fPhone, "+79070000002"))
	for range 2 {
		if rep := runWith(t, s, testConfig(), Options{ReviewAtMost: 5}); rep.Unchanged || len(rep.Review) != 1 || rep.Review[0].ID.Key != "\xff" {
			t.Errorf("report %+v", rep)
		}
	}
}

// The note of what the tests above match stays small.
func TestNoteHoldsNoContent(t *testing.T) {
	s := open(t, obs("rsmp", "a", innA, fShort, "ООО Ясень", fPhone, "+79070000001"),
		obs("2gis", "1", "", fBrand, "Тайный знак", fPhone, "+79070000002", fCity, "Пермь"))
	runWith(t, s, testConfig(), Options{ReviewAtMost: 5})
	data, err := s.JoinsNote(t.Context())
	if err != nil || !strings.Contains(string(data), `"2gis"`) || strings.Contains(string(data), "Тайный") || strings.Contains(string(data), "+7907") {
		t.Errorf("note %s, %v", data, err)
	}
}

// BenchmarkUnchanged is a run that knows its outcome.
func BenchmarkUnchanged(b *testing.B) {
	s := open(b)
	var all []company.Observation
	for i := range 5000 {
		all = append(all, obs("2gis", strconv.Itoa(i), "", fBrand, "Ясень", fPhone, phoneOf(i)))
	}
	commit(b, s, all...)
	o := Options{ReviewAtMost: 500, Interest: byHash(1)}
	b.ReportAllocs()
	for first := true; b.Loop(); first = false {
		if rep, err := Run(b.Context(), s, NewExact(testConfig()), o); err != nil || rep.Unchanged == first {
			b.Fatal(rep.Unchanged, err)
		}
	}
	b.ReportMetric(5000*float64(b.N)/b.Elapsed().Seconds(), "listings/s")
}
