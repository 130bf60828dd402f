package shift

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"obzvon/pipeline/night"
)

// Readers get the newest word whenever they come for it, however slow they are, and
// the night waits for none.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:29")
		const events = 10_000
		w.takes = time.Second
		w.shows = func(progress func(night.Event)) {
			for i := range int64(events) {
				progress(night.Event{Stage: night.StageScore, Done: i + 1, Total: events})
				if i%100 == 0 {
					<-time.After(10 * time.Millisecond)
				}
			}
		}
		var readers sync.WaitGroup
		got := make([][]int64, 40)
		begin := func(i int) {
			readers.Go(func() {
				for s := range w.keeper.Watch(t.Context()) {
					if s.Night != nil && s.Night.Stage == night.StageScore {
						got[i] = append(got[i], s.Night.Done)
					}
					if i%2 == 1 {
						<-time.After(time.Duration(i) * time.Second) // a slow reader
					}
				}
			})
		}
		w.run(2*time.Minute, func() {
			for i := range got {
				begin(i)
			}
		})
		readers.Wait() // they end with the keeper
		if len(w.told) != 1 || w.told[0].Ended.Sub(w.told[0].Began) != 2*time.Second {
			t.Errorf("the night was kept waiting: %+v", w.told)
		}
		for i, done := range got {
			if i%2 == 0 && (len(done) < 4 || len(done) > 10 || done[len(done)-1] != events) {
				t.Errorf("a quick reader saw %v", done)
			}
			if i%2 == 1 && len(done) > 2 {
				t.Errorf("a slow reader was given %d words of two seconds", len(done))
			}
			for n := 1; n < len(done); n++ {
				if done[n] < done[n-1] {
					t.Errorf("reader %d saw %v", i, done)
				}
			}
		}
	})
}

func TestWatchEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-22 12:00")
		w.run(time.Hour, func() {
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			words := 0
			for range w.keeper.Watch(ctx) {
				words++
			}
			if words != 1 {
				t.Errorf("%d words of a day on which nothing happens", words)
			}
			for range w.keeper.Watch(t.Context()) {
				break // a reader that goes
			}
		})
	})
}

// What is shown of a night: the part in hand, how long it should take, what is over.
func TestShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:29")
		var during []Status
		see := func(after time.Duration, progress func(night.Event), e night.Event) {
			<-time.After(after)
			progress(e)
			during = append(during, w.keeper.Status())
		}
		w.shows = func(progress func(night.Event)) {
			see(0, progress, night.Event{Stage: night.StageFetch, Source: "egrul", Unit: "a.zip", Total: 100})
			see(10*time.Second, progress, night.Event{Stage: night.StageFetch, Source: "egrul", Unit: "a.zip", Done: 25, Total: 100})
			see(5*time.Second, progress, night.Event{Stage: night.StagePull, Source: "egrul", Done: 50, Total: 400, Rows: 7})
			see(5*time.Second, progress, night.Event{Stage: night.StagePull, Source: "egrul", Done: 150, Total: 400, Rows: 21})
			see(time.Second, progress, night.Event{Stage: night.StageDerive, Done: 1, Total: 0})
			see(time.Second, progress, night.Event{Stage: night.StageEnrich, Source: "website", Done: 1, Total: 10})
			see(time.Second, progress, night.Event{Stage: night.StageScore, Done: 1, Total: 2})
			see(time.Second, progress, night.Event{Stage: night.StageEnrich, Source: "website", Done: 2, Total: 10})
		}
		w.run(time.Hour)
		left := []time.Duration{0, 30 * time.Second, 0, 12500 * time.Millisecond, 0, 0, 0, 0}
		for i, s := range during {
			if s.Night == nil || s.Night.Left != left[i] || s.Text != "идёт ночь" {
				t.Errorf("%d: %+v, %q; want %v left", i, s.Night, s.Text, left[i])
			}
		}
		pull := during[3].Night
		if pull.Stage != night.StagePull || pull.Source != "egrul" || pull.Rows != 21 || pull.Done != 150 || len(pull.Ended) != 0 || during[3].At.Sub(pull.Since) != 20*time.Second || pull.Who != byClock {
			t.Errorf("pull: %+v", pull)
		}
		ended := during[7].Night.Ended
		want := []night.StageTime{
			{Stage: night.StagePull, Source: "egrul", Seconds: 21},
			{Stage: night.StageDerive, Seconds: 1},
			{Stage: night.StageEnrich, Source: "website", Seconds: 1},
			{Stage: night.StageScore, Seconds: 1},
		}
		if len(ended) != len(want) {
			t.Fatalf("ended %+v", ended)
		}
		for i := range want {
			if ended[i] != want[i] {
				t.Errorf("ended %+v, want %+v", ended[i], want[i])
			}
		}
	})
}

// When a night should end is told by what the last one took.
func TestNightEnd(t *testing.T) {
	now := time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)
	last := &Outcome{Report: &night.Report{Stages: []night.StageTime{
		{Stage: night.StagePull, Source: "egrul", Seconds: 600}, {Stage: night.StageDerive, Seconds: 60}, {Stage: night.StageScore, Seconds: 30},
	}}}
	r := &running{part: part{night.StageDerive, ""}}
	r.Since = now.Add(-20 * time.Second)
	r.Ended = []night.StageTime{{Stage: night.StagePull, Source: "egrul", Seconds: 5}}
	if got := r.end(now, 0, last); got != now.Add(70*time.Second) {
		t.Errorf("ends %v, want 40 s of deriving and 30 s of scoring from now", got)
	}
	if got := r.end(now, 100*time.Second, last); got != now.Add(130*time.Second) {
		t.Errorf("ends %v, want the stage's own estimate where that is longer", got)
	}
	if got := r.end(now, 0, nil); !got.IsZero() {
		t.Errorf("ends %v by a night that never was", got)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		now  string
		set  func(w *world)
		want string
	}{
		{"2026-11-23 01:00", nil, "по расписанию: пн 23.11.2026 в 01:30, список на 23.11.2026"},
		{"2026-11-21 12:00", nil, "сегодня выходной; по расписанию: пн 23.11.2026 в 01:30, список на 23.11.2026"},
		{"2026-11-23 19:00", nil, "рабочий день кончился; по расписанию: вт 24.11.2026 в 01:30, список на 24.11.2026"},
		{"2026-11-23 12:00", func(w *world) { w.begun(november(23), true) }, "список на 23.11.2026 готов; по расписанию: вт 24.11.2026 в 01:30, список на 24.11.2026"},
		{"2026-11-23 12:00", func(w *world) { w.cfg.Schedule.Enabled = false }, "расписание выключено: список составляют вручную"},
		{"2026-11-23 12:00", nil, "идёт ночь"},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "Europe/Moscow", c.now)
			if c.set != nil {
				c.set(w)
			}
			w.run(0, func() {
				if got := w.keeper.Status().Text; got != c.want {
					t.Errorf("at %s: %q, want %q", c.now, got, c.want)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:29")
		w.takes = time.Minute
		w.fails["Mon 23.11 01:30"] = true
		w.run(0, func() {
			<-time.After(3 * time.Minute)
			const want = "ночь не удалась, попытка 2: пн 23.11.2026 в 01:41, список на 23.11.2026"
			if got := w.keeper.Status().Text; got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	})
}
