package bolt_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

const doomedSites = 1000

// doomed is an invented site that will be erased: every other one belongs to a
// firm that nobody else knows.
func doomed(n int, day company.Date) company.Observation {
	o := company.Observation{Source: "website", Key: fmt.Sprintf("doomed%05d.example", n), Date: day}
	if n%2 == 0 {
		o.INN = storetest.INN(childFirms + 1000 + n)
	}
	o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", n+int(day)))
	return o
}

func doomedIDs() (ids []store.ObservationID) {
	for n := range doomedSites {
		ids = append(ids, store.ObservationID{Source: "website", Key: doomed(n, firstDay).Key})
	}
	return ids
}

// workOnDoomed fills a store with observations to be erased and all that hangs
// on them.
func workOnDoomed(t *testing.T, s *bolt.Store) {
	t.Helper()
	ctx := t.Context()
	for day := firstDay; day < firstDay+2; day++ {
		c := store.Commit{Source: "website", Day: day}
		for n := range doomedSites {
			o := doomed(n, day)
			c.Batch.Observations = append(c.Batch.Observations, o)
			c.Visits = append(c.Visits, store.Visit{ID: o.Key, Day: day, Again: day.Time(), Memory: []byte(o.Key)})
		}
		if _, err := s.Commit(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	err := s.ReplaceJoins(ctx, []byte("note"), each(doomedSites/2, func(i int) store.Join {
		return store.Join{ID: doomedIDs()[2*i+1], INN: storetest.INN(i)}
	}))
	for n := range 40 {
		err = errors.Join(err, s.Decide(ctx, store.Decision{ID: doomedIDs()[n*20], INN: storetest.INN(n), Same: n%3 == 0, By: "анна", At: firstDay.Time()}))
	}
	rows, rowsErr := s.RowState(ctx)
	index, indexErr := s.IndexState(ctx)
	err = errors.Join(err, rowsErr, indexErr,
		s.ReplaceRows(ctx, "tag", rows.Mark, each(doomedSites, func(i int) store.ScoreRow {
			return store.ScoreRow{INN: storetest.INN(childFirms + 1000 + i), Data: []byte{1}}
		})),
		s.ReplaceIndex(ctx, "tag", index.Mark, each(doomedSites, func(i int) store.Entry {
			if i < doomedSites/2 {
				return store.Entry{Owner: store.Owner{INN: storetest.INN(childFirms + 1000 + 2*i)}, Tokens: []uint64{5, uint64(i) + 9}}
			}
			return store.Entry{Owner: store.Owner{ID: doomedIDs()[2*i-doomedSites+1]}, Tokens: []uint64{5, uint64(i) + 9}}
		})))
	if err != nil {
		t.Fatal(err)
	}
}

// TestKilledErase kills a child at random moments while it erases observations.
// Erasing those that are found again then, as forgetting does, leaves what an
// erasure leaves that nobody killed.
func TestKilledErase(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	workOnDoomed(t, s)
	full := backup(t, s, true)
	before := holdings(t, s)
	began := time.Now()
	if err := s.EraseObservations(t.Context(), doomedIDs()); err != nil {
		t.Fatal(err)
	}
	lasts, want := time.Since(began), holdings(t, s)
	if before == want {
		t.Fatal("nothing was erased")
	}
	closeStore(t, s)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	var left []int
	for range kills {
		if err := restore(t, o.Dir, full, true); err != nil {
			t.Fatal(err)
		}
		// A child takes longer: it has smaller batches and shares the machine.
		killJob(t, "erase", o.Dir, time.Duration(random.Int64N(int64(6*lasts))))
		check(t, o)
		s = open(t, o)
		found := stillThere(t, s)
		left = append(left, len(found))
		if err := s.EraseObservations(t.Context(), found); err != nil {
			t.Fatal(err)
		}
		if got := holdings(t, s); got != want {
			t.Fatalf("seed %d, %d left by the kill:\n%s\nwant\n%s", seed, len(found), got, want)
		}
		closeStore(t, s)
	}
	t.Logf("seed %d, erased in %v, left by kills: %v", seed, lasts, left)
}

func stillThere(t *testing.T, s *bolt.Store) (ids []store.ObservationID) {
	t.Helper()
	for _, id := range doomedIDs() {
		_, err := s.Get(t.Context(), id)
		switch {
		case err == nil:
			ids = append(ids, id)
		case !errors.Is(err, store.ErrNotFound):
			t.Fatal(err)
		}
	}
	return ids
}

// holdings is a dump with visits.
func holdings(t *testing.T, s *bolt.Store) string {
	t.Helper()
	visits, err := s.Visits(t.Context(), store.ObservationID{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return dump(t, s) + fmt.Sprintf("%q\n", visits)
}

// TestKilledCompact kills a child at random moments while it compacts: the store
// holds what it held.
func TestKilledCompact(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	workOnDoomed(t, s)
	want := holdings(t, s)
	closeStore(t, s)
	began := time.Now()
	if _, err := bolt.Compact(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lasts := time.Since(began)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d, compacted in %v", seed, lasts)
	for range kills {
		killJob(t, "compact", o.Dir, time.Duration(random.Int64N(int64(3*lasts))))
		s = open(t, o)
		if got := holdings(t, s); got != want {
			t.Fatalf("seed %d:\n%s\nwant\n%s", seed, got, want)
		}
		closeStore(t, s)
	}
}
