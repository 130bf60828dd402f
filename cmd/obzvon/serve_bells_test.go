package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/gauge"
	"obzvon/pipeline/night"
	"obzvon/pipeline/shift"
)

// deaf is a notifier that takes nothing for some calls.
type deaf struct {
	refuses int
	taken   []pipeline.Notice
	calls   int
}

func (d *deaf) Notify(_ context.Context, n pipeline.Notice) error {
	d.calls++
	if d.calls <= d.refuses {
		return errors.New("no such server")
	}
	d.taken = append(d.taken, n)
	return nil
}

// rung runs the bells for some hours of the bubble.
func rung(t *testing.T, to *deaf, ring func(*bells)) string {
	t.Helper()
	var log bytes.Buffer
	b, err := newBells(&config.Config{}, slog.New(slog.NewTextHandler(&log, nil)), newGauge(t))
	if err != nil {
		t.Fatal(err)
	}
	b.to["deaf"] = to
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.run(ctx) }()
	ring(b)
	<-time.After(6 * time.Hour)
	synctest.Wait()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	return log.String()
}

// A notice that nobody took is brought again, and not for ever; what follows it is
// brought all the same.
func TestBellsTryAgain(t *testing.T) {
	for _, c := range []struct{ refuses, taken int }{{0, 2}, {3, 2}, {4, 1}, {100, 0}} {
		synctest.Test(t, func(t *testing.T) {
			to := &deaf{refuses: c.refuses}
			log := rung(t, to, func(b *bells) {
				b.config(errors.New("line 3"))
				b.config(errors.New("line 4"))
			})
			if len(to.taken) != c.taken || strings.Count(log, "last_try=true") != 2-c.taken {
				t.Errorf("refused %d times: %d taken\n%s", c.refuses, len(to.taken), log)
			}
		})
	}
}

// Whoever rings never waits, whatever becomes of the notices.
func TestBellsNeverWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to, began := &deaf{refuses: 1 << 30}, time.Now()
		log := rung(t, to, func(b *bells) {
			for range 10 * noticesWaiting {
				b.config(errors.New("line 3"))
			}
			if took := time.Since(began); took != 0 {
				t.Errorf("ringing took %v", took)
			}
		})
		if !strings.Contains(log, "a notice is lost") {
			t.Errorf("nobody said that notices are lost:\n%s", log)
		}
	})
}

// A night that fell short, and a backup that was not made, are two words; a night
// without fault is none.
func TestBellsOfANight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to := &deaf{}
		rung(t, to, func(b *bells) {
			for _, o := range []shift.Outcome{
				{Report: &night.Report{}},
				{Report: &night.Report{Short: []string{"source a: failed: b"}}, Steps: []shift.StepError{{Name: stepBackup, Err: errors.New("the disk is full")}}},
				{Err: errors.New("no line")},
			} {
				if err := b.night(t.Context(), o); err != nil {
					t.Error(err)
				}
			}
		})
		var kinds []string
		for _, n := range to.taken {
			kinds = append(kinds, string(n.Kind))
		}
		if got := strings.Join(kinds, " "); got != "short backup failed" {
			t.Errorf("told of %q", got)
		}
	})
}

func newGauge(t *testing.T) *gauge.Gauge {
	t.Helper()
	g, err := gauge.New("test")
	if err != nil {
		t.Fatal(err)
	}
	return g
}
