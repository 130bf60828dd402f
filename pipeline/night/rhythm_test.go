package night_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/night"
)

// asking is a source that asks somebody else for its input.
type asking struct {
	*source
	asked int
	fail  error
}

func (f *asking) Prepare(context.Context, func(pipeline.Progress)) error {
	f.asked++
	return f.fail
}

const week = 7 * 24 * time.Hour

// weekly is a world whose registry is asked once a week.
func weekly(t *testing.T) (*world, *asking) {
	t.Helper()
	w := newWorld(t)
	f := &asking{source: w.registry}
	for i := range w.night.Sources {
		if w.night.Sources[i].Section.Name == "registry" {
			w.night.Sources[i].Source, w.night.Sources[i].Section.Every = f, week
		}
	}
	return w, f
}

func (w *world) state(t *testing.T, req night.Request) night.SourceReport {
	t.Helper()
	r, err := w.night.Run(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sources {
		if s.Name == "registry" {
			if s.State.Short() != (r.Exit() == 3) {
				t.Errorf("state %s, exit %d", s.State, r.Exit())
			}
			return s
		}
	}
	t.Fatal("no report of the registry")
	return night.SourceReport{}
}

func TestRhythm(t *testing.T) {
	w, f := weekly(t)
	first := w.state(t, night.Request{})
	if first.State != night.StateDone {
		t.Fatalf("state %s: %s", first.State, first.Note)
	}
	begun := w.now
	for _, c := range []struct {
		name  string
		after time.Duration
		req   night.Request
		state night.State
		asked int
		pulls int
	}{
		{"the next night", 24 * time.Hour, night.Request{}, night.StateResting, 1, 1},
		{"asked for by name", 25 * time.Hour, night.Request{Only: []string{"registry"}}, night.StateUnchanged, 2, 1},
		{"a week after the first pull and less after the last", week, night.Request{}, night.StateResting, 2, 1},
		{"a little early", 25*time.Hour + week - 14*time.Minute, night.Request{}, night.StateUnchanged, 3, 1},
		{"its rest has begun again", 26*time.Hour + week, night.Request{}, night.StateResting, 3, 1},
	} {
		w.now = begun.Add(c.after)
		s := w.state(t, c.req)
		if s.State != c.state || f.asked != c.asked || f.pulls != c.pulls {
			t.Errorf("%s: %s (%s), asked %d, pulled %d; want %s, %d, %d", c.name, s.State, s.Note, f.asked, f.pulls, c.state, c.asked, c.pulls)
		}
		if s.Counts != first.Counts || s.Release != first.Release {
			t.Errorf("%s: counts %+v of %+v, want those of the last pull", c.name, s.Counts, s.Release)
		}
	}
}

// What lies here is read when it has changed, rhythm or not; nobody is asked.
func TestRestingSourceIsReadWhenItsInputChanged(t *testing.T) {
	w, f := weekly(t)
	w.state(t, night.Request{})
	f.print, f.all = "b", f.all[:40]
	if s := w.state(t, night.Request{}); s.State != night.StateDone || s.Counts.Read != 40 || f.asked != 1 {
		t.Errorf("state %s, read %d, asked %d; want the new input read and nobody asked", s.State, s.Counts.Read, f.asked)
	}
}

// A pull that failed is no reason to rest, and one that could not be renewed does
// not begin a rest anew.
func TestFailureDoesNotRest(t *testing.T) {
	w, f := weekly(t)
	f.source.fail = errors.New("cut")
	if s := w.state(t, night.Request{}); s.State != night.StateFailed {
		t.Fatalf("state %s", s.State)
	}
	f.source.fail = nil
	if s := w.state(t, night.Request{}); s.State != night.StateDone || f.asked != 2 {
		t.Fatalf("state %s, asked %d", s.State, f.asked)
	}
	w.now = w.now.Add(week)
	f.fail = errors.New("no answer")
	if s := w.state(t, night.Request{}); s.State != night.StateStale || f.asked != 3 {
		t.Fatalf("state %s, asked %d; want stale", s.State, f.asked)
	}
	f.fail = nil
	if s := w.state(t, night.Request{}); s.State != night.StateUnchanged || f.asked != 4 {
		t.Errorf("state %s, asked %d; want the release looked for again", s.State, f.asked)
	}
}

// A second run of the day gives the same sheets, whoever rests in it.
func TestRestIsNotSeenOnTheSheets(t *testing.T) {
	w, _ := weekly(t)
	w.run(t)
	if s := w.run(t).Sources; s[1].State != night.StateResting {
		t.Fatalf("states %v", s)
	}
	if text(t, w.shelf.books[0]) != text(t, w.shelf.books[1]) {
		t.Error("two runs gave two books")
	}
}
