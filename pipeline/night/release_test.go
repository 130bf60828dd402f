package night_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// stopAfter lets the run's context end once so many were visited.
func (e *visitor) stopAfter(n int, stop func()) {
	e.each = func(context.Context) {
		if len(e.visited) == n {
			stop()
		}
	}
}

// visitedAll checks that all of a run that nobody stops were visited, each once.
func (e *visitor) visitedAll(t *testing.T, whole *visitor) {
	t.Helper()
	got, want := slices.Sorted(slices.Values(e.visited)), slices.Sorted(slices.Values(whole.visited))
	if !slices.Equal(got, want) {
		t.Errorf("visited %q, want %q", got, want)
	}
}

func spentOf(t *testing.T, w *world) int64 {
	t.Helper()
	n, err := w.store.Claimed(t.Context(), "visitor", company.NewDate(2026, time.November, 23))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A night that is stopped gives back what it has claimed and not begun: run
// again it asks those, none twice, and the budget counts what was begun.
func TestStoppedNightGivesBackWhatItDidNotBegin(t *testing.T) {
	const budget = 40
	uncut, whole := sited(t, budget)
	uncut.run(t)
	for _, n := range []int{0, 1, 7, 14, 15, 16, 30, 38} {
		w, e := sited(t, budget)
		ctx, stop := context.WithCancel(t.Context())
		e.stopAfter(n+1, stop)
		if _, err := w.night.Run(ctx, night.Request{}); !errors.Is(err, context.Canceled) || errors.Is(err, night.ErrUnkept) {
			t.Fatalf("stopped after %d: %v", n+1, err)
		}
		if len(e.visited) != n+1 || spentOf(t, w) != int64(n+1) {
			t.Errorf("stopped after %d: %d visited, %d spent", n+1, len(e.visited), spentOf(t, w))
		}
		e.each = nil
		w.run(t)
		e.visitedAll(t, whole)
		if spent := spentOf(t, w); spent != budget {
			t.Errorf("stopped after %d: %d spent of %d", n+1, spent, budget)
		}
	}
}

// So does one that its deadline cuts.
func TestDeadlineGivesBackWhatWasNotBegun(t *testing.T) {
	w, e := sited(t, 1000)
	deadline := time.Date(2026, time.November, 23, 7, 0, 0, 0, time.FixedZone("МСК", 3*3600))
	w.now = deadline.Add(-time.Hour)
	w.night.Progress = func(p night.Event) {
		if p.Stage == night.StageDerive {
			w.now = deadline.Add(-100 * time.Millisecond)
		}
	}
	e.each = func(ctx context.Context) {
		if len(e.visited) == 3 {
			<-ctx.Done()
			w.now = deadline
		}
	}
	if r := w.run(t); len(r.Enrich) != 1 || r.Enrich[0].Error == "" || r.Exit() != 3 {
		t.Errorf("report %+v", r.Enrich)
	}
	if n := len(e.visited); n > 3 || spentOf(t, w) != int64(n) {
		t.Errorf("%d visited, %d spent", n, spentOf(t, w))
	}
	w.night.Progress, e.each = nil, nil
	w.run(t)
	if all := slices.Compact(slices.Sorted(slices.Values(e.visited))); len(all) != 60 || len(e.visited) != 60 {
		t.Errorf("%d of 60 sites were visited, in %d visits", len(all), len(e.visited))
	}
}

// What a visit was before stands again: when it was, what it left, and that it
// is due.
func TestGivenBackAsItWas(t *testing.T) {
	w, e := sited(t, 1000)
	w.run(t)
	before := visitsOf(t, w)
	w.now = w.now.AddDate(0, 0, 31)
	ctx, stop := context.WithCancel(t.Context())
	e.stopAfter(61, stop)
	if _, err := w.night.Run(ctx, night.Request{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	asked := e.visited[60]
	for i, v := range visitsOf(t, w) {
		if v.ID != asked && (v.Day != before[i].Day || v.Again != before[i].Again || string(v.Memory) != "seen") {
			t.Errorf("visit %+v, before %+v", v, before[i])
		}
	}
}

func visitsOf(t *testing.T, w *world) []store.Visit {
	t.Helper()
	all, err := w.store.Visits(t.Context(), store.ObservationID{}, 100)
	if err != nil || len(all) != 60 {
		t.Fatalf("%d visits, %v", len(all), err)
	}
	return all
}

// keeping is a store that gives nothing back.
type keeping struct{ store.Store }

var errFull = errors.New("no space left on device")

func (keeping) Release(context.Context, string, company.Date, []store.Visit) (int, error) {
	return 0, errFull
}

// What could not be given back is told.
func TestStoppedNightTellsWhatItCouldNotKeep(t *testing.T) {
	w, e := sited(t, 1000)
	w.night.Store = keeping{w.store}
	ctx, stop := context.WithCancel(t.Context())
	e.stopAfter(3, stop)
	_, err := w.night.Run(ctx, night.Request{})
	for _, want := range []error{context.Canceled, night.ErrUnkept, errFull} {
		if !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
	}
}
