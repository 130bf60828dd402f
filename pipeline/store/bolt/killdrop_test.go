package bolt_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

const droppedFirms = 20_000

// TestKilledDrop kills a child at random moments while it drops the registry:
// each time all is there, or all but what is to be dropped.
func TestKilledDrop(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	workOnVisits(t, s)
	full := backup(t, s, true)
	before := dump(t, s)
	began := time.Now()
	if err := s.DropRegistry(t.Context(), []string{"website"}); err != nil {
		t.Fatal(err)
	}
	lasts := time.Since(began)
	after := dump(t, s)
	if before == after {
		t.Fatal("nothing was dropped")
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	left := map[string]int{}
	closeStore(t, s)
	for range kills {
		if err := restore(t, o.Dir, full, true); err != nil {
			t.Fatal(err)
		}
		// A child takes longer, since it shares the machine.
		killJob(t, "drop", o.Dir, time.Duration(random.Int64N(int64(4*lasts))))
		check(t, o)
		s = open(t, o)
		switch dump(t, s) {
		case before:
			left["all"]++
		case after:
			left["what is kept"]++
		default:
			t.Fatalf("seed %d: half of it is left", seed)
		}
		knowsVisits(t, s)
		closeStore(t, s)
	}
	t.Logf("seed %d, dropped in %v, left by kills: %v", seed, lasts, left)
}

func closeStore(t *testing.T, s *bolt.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// workOnVisits fills a store with a registry to be dropped and visits to be kept.
func workOnVisits(t *testing.T, s *bolt.Store) {
	t.Helper()
	r := store.Replacement{Source: "egrul", Day: firstDay, Release: pipeline.Release{Whole: true}}
	_, err := s.Replace(t.Context(), r, packed(each(droppedFirms, func(i int) company.Observation {
		o := registered(i, firstDay)
		o.Source = "egrul"
		return o
	})))
	if err != nil {
		t.Fatal(err)
	}
	c := store.Commit{Source: "website", Day: firstDay}
	for n := range 300 {
		o := listing(n, firstDay)
		o.Source = "website"
		c.Batch.Observations = append(c.Batch.Observations, o)
		c.Visits = append(c.Visits, store.Visit{ID: o.Key, Day: firstDay, Again: firstDay.Time(), Memory: []byte(o.Key)})
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func knowsVisits(t *testing.T, s *bolt.Store) {
	t.Helper()
	visits, err := s.Visits(t.Context(), store.ObservationID{}, 999)
	if err != nil || len(visits) != 302 { // with those of work
		t.Fatalf("%d visits, %v", len(visits), err)
	}
	if n, err := s.Claimed(t.Context(), "website", firstDay); err != nil || n != 2 {
		t.Errorf("%d claimed, %v", n, err)
	}
	for n := range 300 {
		o := listing(n, firstDay)
		o.Source = "website"
		kept, err := s.Get(t.Context(), store.ObservationID{Source: "website", Key: o.Key})
		if err != nil || !kept.SameContent(&o) || kept.Facts[0].FirstSeen != firstDay {
			t.Fatalf("observation %+v, %v", kept, err)
		}
		v, err := s.Visit(t.Context(), "website", o.Key)
		if err != nil || string(v.Memory) != o.Key || !v.Again.Equal(firstDay.Time()) {
			t.Fatalf("visit %+v, %v", v, err)
		}
	}
	if d, err := s.Dossier(t.Context(), storetest.INN(3)); err != nil || len(d.Observations) == 0 {
		t.Errorf("dossier %+v, %v", d, err)
	}
}
