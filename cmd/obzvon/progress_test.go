package main

import (
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/night"
)

// TestLogOfWorkThatLasts: what a log without a terminal says of an hour's
// fetching: how much there is, how far it has come, how long it will take.
func TestLogOfWorkThatLasts(t *testing.T) {
	var log strings.Builder
	a := &app{io: streams{out: &log, err: &log}}
	w := a.watch()
	now := time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return now }
	const mib = 1 << 20
	for done := int64(300); done <= 1000; done += 50 { // 300 MiB are there, 50 come in 20 s
		w.on(night.Event{Stage: night.StageFetch, Source: "rsmp", Unit: "data.zip", Done: done * mib, Total: 1000 * mib})
		now = now.Add(20 * time.Second)
	}
	w.on(night.Event{Stage: night.StageFetch, Source: "rsmp", Unit: "data.zip: checking", Done: mib, Total: 1000 * mib})
	for i := range int64(3) {
		w.on(night.Event{Stage: night.StageScore, Done: i, Total: 2})
		now = now.Add(time.Minute)
	}
	const want = `level=INFO msg=working stage=fetch name=rsmp unit=data.zip done="300.0 MiB" of="1000.0 MiB"
level=INFO msg=working stage=fetch name=rsmp unit=data.zip done="450.0 MiB" of="1000.0 MiB" left=3m40s
level=INFO msg=working stage=fetch name=rsmp unit=data.zip done="600.0 MiB" of="1000.0 MiB" left=2m40s
level=INFO msg=working stage=fetch name=rsmp unit=data.zip done="750.0 MiB" of="1000.0 MiB" left=1m40s
level=INFO msg=working stage=fetch name=rsmp unit=data.zip done="900.0 MiB" of="1000.0 MiB" left=40s
level=INFO msg=working stage=fetch name=rsmp unit="data.zip: checking" done="1.0 MiB" of="1000.0 MiB"
level=INFO msg=working stage=score of=2
level=INFO msg=working stage=score done=1 of=2 left=1m0s
level=INFO msg=working stage=score done=2 of=2
`
	if log.String() != want {
		t.Errorf("the log says\n%swant\n%s", log.String(), want)
	}
}

// TestProgressOfTwoAtOnce: under the race detector.
func TestProgressOfTwoAtOnce(t *testing.T) {
	var log strings.Builder
	w := (&app{io: streams{out: &log, err: &log}}).watch()
	var both sync.WaitGroup
	for _, stage := range []night.Stage{night.StageScore, night.StageEnrich} {
		both.Go(func() {
			for i := range int64(100) {
				w.on(night.Event{Stage: stage, Done: i})
			}
		})
	}
	both.Wait()
	w.clear()
	w.done()
	if n := strings.Count(log.String(), "\n"); n < 2 {
		t.Errorf("%d lines are logged of two pieces of work", n)
	}
}
