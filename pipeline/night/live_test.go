package night_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/night"
)

// service is a source that asks a service and may ask for so many pages a day.
type service struct {
	*source
	left int // pages left today
	day  func() time.Time
	of   time.Time
}

func (s *service) Describe() pipeline.Descriptor {
	d := s.source.Describe()
	d.Live = true
	return d
}

func (s *service) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		if now := s.day(); now.Sub(s.of) >= 24*time.Hour {
			s.of, s.left = now, 2
		}
		for b, err := range s.source.Pull(ctx, req) {
			switch {
			case err == nil && s.left == 0:
				b, err = pipeline.Batch{}, fmt.Errorf("service: the budget is spent: %w", pipeline.ErrUnfinished)
			case err == nil:
				s.left--
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// TestLiveSource: what a day's budget does not reach is read on the days after, from
// where it stopped; a second run on a day asks nobody; the next round begins when its
// rhythm says so.
func TestLiveSource(t *testing.T) {
	w := newWorld(t)
	s := &service{source: w.directory, day: func() time.Time { return w.now }}
	s.print = "what is asked"
	name := ""
	for i := range w.night.Sources {
		if w.night.Sources[i].Source == pipeline.Source(w.directory) {
			w.night.Sources[i].Source, w.night.Sources[i].Section.Every = s, week
			name = w.night.Sources[i].Section.Name
		}
	}
	pages := (len(s.all) + 9) / 10
	if pages < 3 {
		t.Fatalf("only %d pages: the budget of two would do", pages)
	}
	began := w.now
	run := func(after time.Duration) night.SourceReport {
		t.Helper()
		w.now = began.Add(after)
		r, err := w.night.Run(t.Context(), night.Request{})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range r.Sources {
			if one.Name == name {
				if r.Exit() != 0 {
					t.Errorf("exit %d for a source that is %s", r.Exit(), one.State)
				}
				return one
			}
		}
		t.Fatal("no report")
		return night.SourceReport{}
	}
	if one := run(0); one.State != night.StatePaused || one.Counts.Read != 20 {
		t.Fatalf("the first night: %s, %d read", one.State, one.Counts.Read)
	}
	if one := run(time.Hour); one.State != night.StatePaused || one.Counts.Read != 20 || s.began != "20" {
		t.Fatalf("again that night: %s, %d read, from %q", one.State, one.Counts.Read, s.began)
	}
	last := night.SourceReport{}
	days := 1
	for ; last.State != night.StateDone && days < 10; days++ {
		last = run(time.Duration(days) * 24 * time.Hour)
	}
	if last.State != night.StateDone || last.Counts.Read != int64(len(s.all)) || days != (pages+1)/2 {
		t.Fatalf("after %d days: %s, %d of %d read", days, last.State, last.Counts.Read, len(s.all))
	}
	pulls := s.pulls
	if one := run(time.Duration(days) * 24 * time.Hour); one.State != night.StateResting || s.pulls != pulls {
		t.Fatalf("when all is read: %s, pulled %d more times", one.State, s.pulls-pulls)
	}
	if one := run(time.Duration(days)*24*time.Hour + week); one.State != night.StatePaused || s.began != "" {
		t.Fatalf("the next round: %s, from %q", one.State, s.began)
	}
}

// TestLiveSourceThatFails goes on where it was, and falls short until then.
func TestLiveSourceThatFails(t *testing.T) {
	w := newWorld(t)
	s := &service{source: w.directory, day: func() time.Time { return w.now }, left: 100, of: w.now}
	s.print, s.fail = "what is asked", errors.New("down")
	for i := range w.night.Sources {
		if w.night.Sources[i].Source == pipeline.Source(w.directory) {
			w.night.Sources[i].Source = s
		}
	}
	r, err := w.night.Run(t.Context(), night.Request{})
	if err != nil || r.Exit() != 3 {
		t.Fatalf("exit %v, %v", r.Exit(), err)
	}
	s.fail = nil
	r, err = w.night.Run(t.Context(), night.Request{})
	if err != nil || r.Exit() != 0 || s.began == "" {
		t.Fatalf("exit %v, %v, from %q", r.Exit(), err, s.began)
	}
}
