package shift

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

// Nights begin by the clock on working days alone, at the same reading of the
// clock on both sides of a change of time.
func TestNineteenDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Berlin", "2026-10-18 12:00") // a Sunday; clocks go back on the 25th; 4 November is a holiday
		w.run(19 * 24 * time.Hour)
		w.want(
			"Mon 19.10 01:30 for next", "Tue 20.10 01:30 for next", "Wed 21.10 01:30 for next", "Thu 22.10 01:30 for next", "Fri 23.10 01:30 for next",
			"Mon 26.10 01:30 for next", "Tue 27.10 01:30 for next", "Wed 28.10 01:30 for next", "Thu 29.10 01:30 for next", "Fri 30.10 01:30 for next",
			"Mon 02.11 01:30 for next", "Tue 03.11 01:30 for next", "Thu 05.11 01:30 for next", "Fri 06.11 01:30 for next",
		)
		if len(w.told) != 14 {
			t.Errorf("%d nights were told", len(w.told))
		}
	})
}

func TestMakesUp(t *testing.T) {
	for _, c := range []struct {
		name, now string
		set       func(w *world)
		want      []string // within an hour
	}{
		{name: "started before the night", now: "2026-11-23 01:00", want: []string{"Mon 23.11 01:30 for next"}},
		{name: "started after it", now: "2026-11-23 10:15", want: []string{"Mon 23.11 10:15 for 11-23"}},
		{name: "started in the evening", now: "2026-11-23 18:00"},
		{name: "on a day off", now: "2026-11-22 10:15"},
		{name: "on a holiday", now: "2026-11-04 10:15"},
		{name: "its run was completed", now: "2026-11-23 10:15", set: func(w *world) { w.begun(november(23), true) }},
		{name: "its run was begun and killed", now: "2026-11-23 10:15", set: func(w *world) { w.begun(november(23), false) }, want: []string{"Mon 23.11 10:15 for 11-23"}},
		{name: "only yesterday's was completed", now: "2026-11-24 10:15", set: func(w *world) { w.begun(november(23), true) }, want: []string{"Tue 24.11 10:15 for 11-24"}},
		{name: "without catching up", now: "2026-11-23 10:15", set: func(w *world) { w.cfg.Schedule.CatchUp = false }},
		{name: "without a schedule", now: "2026-11-23 01:00", set: func(w *world) { w.cfg.Schedule.Enabled = false }},
		{name: "nights that begin in the evening before", now: "2026-11-23 10:15", set: func(w *world) { w.cfg.Schedule.Cron = "0 22 * * *" }, want: []string{"Mon 23.11 10:15 for 11-23"}},
		{name: "an evening on a day off", now: "2026-11-22 21:55", set: func(w *world) { w.cfg.Schedule.Cron = "0 22 * * *" }},
		{name: "an evening for the day after", now: "2026-11-23 21:55", set: func(w *world) { w.cfg.Schedule.Cron = "0 22 * * *" }, want: []string{"Mon 23.11 22:00 for next"}},
		{name: "every hour", now: "2026-11-23 10:15", set: func(w *world) { w.cfg.Schedule.Cron = "0 * * * *" }, want: []string{"Mon 23.11 10:15 for 11-23", "Mon 23.11 11:00 for next"}},
		{name: "another zone", now: "2026-11-23 00:20", set: func(w *world) { w.cfg.Schedule.TimeZone = "Asia/Yekaterinburg"; w.cfg.Schedule.Cron = "30 2 * * *" }, want: []string{"Mon 23.11 00:30 for next"}},
		{name: "a sample on a day off", now: "2026-11-22 10:15", set: func(w *world) { w.sample = true }, want: []string{"Sun 22.11 10:15 for next"}},
		{name: "a sample on a working day", now: "2026-11-23 10:15", set: func(w *world) { w.sample = true }, want: []string{"Mon 23.11 10:15 for 11-23"}},
		{name: "a sample with a list", now: "2026-11-22 10:15", set: func(w *world) { w.sample = true; w.begun(november(20), true) }},
		{name: "a sample without a schedule", now: "2026-11-22 10:15", set: func(w *world) { w.sample = true; w.cfg.Schedule.Enabled = false }},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "Europe/Moscow", c.now)
				if c.set != nil {
					c.set(w)
				}
				w.run(time.Hour)
				w.want(c.want...)
			})
		})
	}
}

// A machine that slept over the night makes it up once it is awake, and one whose
// clock is put back makes none twice.
func TestClockIsSet(t *testing.T) {
	for _, c := range []struct {
		name, now string
		set       time.Duration
		want      []string // within two hours after it was set, ten minutes after now
	}{
		{"slept over the night", "2026-11-23 01:00", 8 * time.Hour, []string{"Mon 23.11 09:10 for 11-23"}},
		{"slept over a weekend", "2026-11-20 20:00", 62 * time.Hour, []string{"Mon 23.11 10:10 for 11-23"}},
		{"slept over a day", "2026-11-23 01:00", 20 * time.Hour, nil},
		{"woke a little late", "2026-11-23 01:18", 5 * time.Minute, []string{"Mon 23.11 01:33 for next"}},
		{"put back after the night", "2026-11-23 01:25", -30 * time.Minute, []string{"Mon 23.11 01:30 for next"}},
		{"put back by days", "2026-11-27 12:00", -4*24*time.Hour + 13*time.Hour, []string{"Fri 27.11 12:00 for 11-27", "Tue 24.11 01:30 for next"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "Europe/Moscow", c.now)
				w.takes = time.Minute
				w.run(2*time.Hour, func() {
					<-time.After(10*time.Minute - time.Second)
					w.wall.set(c.set)
				})
				w.want(c.want...)
			})
		})
	}
}

// The clock and people at the same moment: one night, and everybody else is told
// what goes on.
func TestNeverTwoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:00")
		answers := make(chan error, 50)
		w.run(time.Hour, func() {
			for range cap(answers) {
				go func() {
					<-time.After(30 * time.Minute)
					answers <- w.keeper.Start(t.Context(), "anna", night.Request{})
				}()
			}
		})
		begun := 0
		for range cap(answers) {
			var busy *gate.BusyError
			switch err := <-answers; {
			case err == nil:
				begun++
			case !errors.As(err, &busy) || busy.Holder.What != "run":
				t.Errorf("refused with %v", err)
			}
		}
		if begun > 1 {
			t.Errorf("%d nights were begun by hand", begun)
		}
		w.want("Mon 23.11 01:30 for next") // whoever began it: the other finds the list made
	})
}

// What somebody began before its hour makes that of the clock superfluous when it
// ends after it; an erasure makes it wait.
func TestWaitsForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.run(time.Hour, func() {
			if err := w.keeper.Start(t.Context(), "anna", night.Request{}); err != nil {
				t.Error(err)
			}
		})
		w.want("Mon 23.11 01:20 for next")
	})
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.run(time.Hour, func() {
			leave, err := w.gate.Enter(t.Context(), gate.Pass{Kind: gate.Alone, What: "forget", Who: "olga"})
			if err != nil {
				t.Fatal(err)
			}
			<-time.After(20*time.Minute - time.Second)
			if s := w.keeper.Status(); s.Other == nil || !strings.Contains(s.Text, "forget") {
				t.Errorf("status %q, other %v", s.Text, s.Other)
			}
			if err := w.keeper.Start(t.Context(), "anna", night.Request{}); !errors.Is(err, gate.ErrBusy) {
				t.Errorf("beside an erasure: %v", err)
			}
			leave()
		})
		w.want("Mon 23.11 01:40 for next")
	})
}

func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.ends = 3 * time.Second
		w.run(2*time.Hour, func() {
			if w.keeper.Stop("anna") {
				t.Error("stopped what was not there")
			}
			<-time.After(15 * time.Minute)
			if !w.keeper.Stop("anna") {
				t.Error("found no night to stop")
			}
			if s := w.keeper.Status(); s.Night == nil || s.Night.Stopping != "anna" {
				t.Errorf("status %+v", s)
			}
			<-time.After(4 * time.Second)
			if s := w.keeper.Status(); s.Night != nil || s.Last == nil || s.Last.Stopped != "anna" || s.Last.Err == nil {
				t.Errorf("status %+v", s)
			}
			<-time.After(20 * time.Minute)
			if err := w.keeper.Start(t.Context(), "anna", night.Request{Day: november(23)}); err != nil {
				t.Error(err)
			}
		})
		w.want("Mon 23.11 01:30 for next", "Mon 23.11 01:55 for 11-23")
		if len(w.told) != 1 || w.told[0].Err != nil {
			t.Errorf("told of %+v; nobody need hear of a night that was stopped", w.told)
		}
	})
}

// The server's end stops the night; the keeper is back once that has kept what it
// has, and begins nothing more.
func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.ends = 7 * time.Second
		began := time.Now()
		w.run(15 * time.Minute)
		if took := time.Since(began); took != 15*time.Minute+7*time.Second {
			t.Errorf("the keeper was back after %v, want when the night has ended", took)
		}
		w.want("Mon 23.11 01:30 for next")
		if w.at != 0 || len(w.told) != 0 {
			t.Errorf("%d still work, told %v", w.at, w.told)
		}
		if _, held := w.gate.Holder(); held {
			t.Error("the gate stays shut")
		}
		if err := w.keeper.Start(t.Context(), "anna", night.Request{}); !errors.Is(err, errShut) {
			t.Errorf("begun after the end: %v", err)
		}
		if err := w.keeper.Alive(); err == nil {
			t.Error("alive after the end")
		}
	})
}

// A night that fails is tried again until its list is of no more use, and told once.
func TestTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.takes = time.Minute
		for _, at := range []string{"01:30", "01:41", "02:12", "03:13"} {
			w.fails["Mon 23.11 "+at] = true
		}
		w.run(24 * time.Hour)
		w.want("Mon 23.11 01:30 for next", "Mon 23.11 01:41 for next", "Mon 23.11 02:12 for next", "Mon 23.11 03:13 for next", "Mon 23.11 04:14 for next")
		if len(w.told) != 2 || !errors.Is(w.told[0].Err, errNoLine) || w.told[0].Again.IsZero() || w.told[1].Err != nil || w.told[1].Turn.Try != 5 {
			t.Errorf("told of %+v", w.told)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 16:15")
		w.takes = time.Minute
		for _, at := range []string{"16:15", "16:26", "16:57", "17:58"} {
			w.fails["Mon 23.11 "+at] = true
		}
		w.run(8 * time.Hour)
		w.want("Mon 23.11 16:15 for 11-23", "Mon 23.11 16:26 for 11-23", "Mon 23.11 16:57 for 11-23", "Mon 23.11 17:58 for 11-23")
		if len(w.told) != 1 {
			t.Errorf("told %d times", len(w.told))
		}
		if s := w.keeper.Status(); !s.Last.Again.IsZero() {
			t.Errorf("is to be tried again at %v, after the working day", s.Last.Again)
		}
	})
}

// What would fail for ever, and what somebody began, is not tried again.
func TestNotTriedAgain(t *testing.T) {
	for _, why := range []error{night.ErrNotWorkday, night.ErrNoCalendar} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
			times := 0
			w.o.Work = func(context.Context, night.Request, func(night.Event)) (*night.Report, error) {
				times++
				return nil, fmt.Errorf("list: %w", why)
			}
			w.run(3 * time.Hour)
			if times != 1 || len(w.told) != 1 {
				t.Errorf("%v: tried %d times, told %d times", why, times, len(w.told))
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 19:00")
		w.fails["Mon 23.11 19:00"] = true
		w.run(3*time.Hour, func() {
			if err := w.keeper.Start(t.Context(), "anna", night.Request{}); err != nil {
				t.Error(err)
			}
		})
		w.want("Mon 23.11 19:00 for next")
	})
}

// Steps follow a night in order; one that fails costs neither the list nor the next.
func TestSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		full := errors.New("the disk is full")
		var done []string
		step := func(name string, err error) Step {
			return Step{name, func(_ context.Context, o Outcome) error {
				if s := w.keeper.Status(); s.Night == nil || s.Night.Step != name {
					t.Errorf("during %s the status is %+v", name, s.Night)
				}
				done = append(done, fmt.Sprint(name, " ", o.Report.Day, " ", len(o.Steps)))
				return err
			}}
		}
		w.o.Steps = []Step{step("backup", full), step("second", nil)}
		w.run(time.Hour)
		if got := strings.Join(done, ", "); got != "backup 2026-11-23 0, second 2026-11-23 1" {
			t.Errorf("steps %q", got)
		}
		if len(w.told) != 1 || len(w.told[0].Steps) != 1 || !errors.Is(w.told[0].Steps[0].Err, full) || w.told[0].Exit() != 0 {
			t.Errorf("told of %+v", w.told)
		}
		if !strings.Contains(w.log.String(), "the disk is full") {
			t.Errorf("log:\n%s", w.log.String())
		}
	})
}

// A step that hangs is cut, so that the next night begins.
func TestStepThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.o.Steps = []Step{{"backup", func(ctx context.Context, _ Outcome) error { <-ctx.Done(); return ctx.Err() }}}
		w.run(25 * time.Hour)
		w.want("Mon 23.11 01:30 for next", "Tue 24.11 01:30 for next")
		if !errors.Is(w.told[0].Steps[0].Err, context.DeadlineExceeded) {
			t.Errorf("told of %+v", w.told[0])
		}
	})
}

func TestAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "Europe/Moscow", "2026-11-23 01:20")
		w.takes = 5 * time.Hour
		w.run(8*time.Hour, func() {
			for range 100 {
				if err := w.keeper.Alive(); err != nil {
					t.Fatal(err)
				}
				<-time.After(4 * time.Minute)
			}
		})
	})
	hangs := NewKeeper(Options{})
	hangs.phase, hangs.beat = phaseOpen, time.Now().Add(-4*beatEvery)
	if err := hangs.Alive(); err == nil {
		t.Error("alive though the schedule is not followed")
	}
}
