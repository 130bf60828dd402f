package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

// dropEnv makes the test binary a child that drops the registry in a folder.
const dropEnv = "OBZVON_TEST_STORE_DROP"

const droppedFirms = 20_000

func dropChild(dir string) {
	ctx := context.Background()
	s, err := bolt.Open(ctx, bolt.Options{Dir: dir, Command: "child"})
	if err == nil {
		fmt.Fprintln(os.Stdout, "dropping")
		err = errors.Join(s.DropRegistry(ctx, []string{"website"}), s.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

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
		killDrop(t, o.Dir, time.Duration(random.Int64N(int64(4*lasts))))
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

// killDrop kills a child so long after it has begun to drop.
func killDrop(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), dropEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Errorf("child: %v", err)
	}
	<-time.NewTimer(after).C
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("kill: %v", err)
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("child: %v", err)
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
