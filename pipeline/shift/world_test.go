package shift

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// wall shows a day of our own in the bubble's time, and can be set.
type wall struct {
	mu   sync.Mutex
	base time.Time // shown when the bubble began
	from time.Time // the bubble's time then
}

func newWall(now time.Time) *wall { return &wall{base: now, from: time.Now()} }

func (w *wall) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.base.Add(time.Since(w.from))
}

func (*wall) After(d time.Duration) (<-chan time.Time, func() bool) {
	t := time.NewTimer(d)
	return t.C, t.Stop
}

// set turns the hands: a machine that slept, or whose clock was set.
func (w *wall) set(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.base = w.base.Add(by)
}

// world is a keeper, with somebody who works and writes down what was asked for.
type world struct {
	t      *testing.T
	wall   *wall
	cfg    *config.Config
	runs   store.Store
	gate   *gate.Gate
	o      Options
	sample bool
	keeper *Keeper
	zone   *time.Location
	log    strings.Builder

	mu    sync.Mutex
	asked []string // "Mon 23.11 01:30 for next"
	at    int      // how many work now
	most  int
	told  []Outcome

	takes time.Duration   // a night lasts
	fails map[string]bool // nights that fail, by when they begin: "Mon 23.11 01:30"
	ends  time.Duration   // what a night takes to end when it is stopped
	shows func(progress func(night.Event))
}

func newWorld(t *testing.T, zone, now string) *world {
	t.Helper()
	cfg, _, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Seller.TimeZone = zone
	cfg.Managers = []config.Manager{{ID: "a", Name: "Анна", From: "09:00", Until: "18:00"}, {ID: "b", Name: "Борис", From: "08:30", Until: "17:00"}}
	w := &world{t: t, cfg: cfg, zone: zoneOf(t, zone), runs: memory.New(), takes: 20 * time.Minute, fails: map[string]bool{}}
	at, err := time.ParseInLocation("2006-01-02 15:04", now, w.zone)
	if err != nil {
		t.Fatal(err)
	}
	w.wall = newWall(at)
	w.gate = gate.New(w.wall.Now)
	w.o = Options{Gate: w.gate, Runs: w.runs, Work: w.work, Wall: w.wall, Log: slog.New(slog.NewTextHandler(&w.log, nil)), Notify: w.tell}
	return w
}

// run has the keeper work for some time of the wall.
func (w *world) run(lasts time.Duration, during ...func()) {
	w.t.Helper()
	rota, err := NewRota(w.cfg, w.sample)
	if err != nil {
		w.t.Fatal(err)
	}
	w.o.Rota = rota
	w.keeper = NewKeeper(w.o)
	ctx, stop := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.keeper.Run(ctx) }()
	synctest.Wait()
	for _, do := range during {
		do()
	}
	<-time.After(lasts)
	synctest.Wait()
	stop()
	if err := <-ended; err != nil {
		w.t.Errorf("the keeper ended with %v", err)
	}
	if w.t.Failed() {
		w.t.Log(w.log.String())
	}
}

func (w *world) clock() string { return w.wall.Now().In(w.zone).Format("Mon 02.01 15:04") }

func (w *world) work(ctx context.Context, req night.Request, progress func(night.Event)) (*night.Report, error) {
	began, asked := w.wall.Now(), w.clock()
	w.mu.Lock()
	w.at++
	w.most = max(w.most, w.at)
	day := "next"
	if req.Day != 0 {
		day = req.Day.String()[5:]
	}
	w.asked = append(w.asked, asked+" for "+day)
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.at--
		w.mu.Unlock()
	}()
	if w.shows != nil {
		w.shows(progress)
	}
	select {
	case <-time.After(w.takes):
	case <-ctx.Done():
		<-time.After(w.ends)
		return &night.Report{Day: req.Day}, context.Cause(ctx)
	}
	if w.fails[asked] {
		return nil, errNoLine
	}
	return w.completed(req, began)
}

var errNoLine = errors.New("no line to anywhere")

// completed writes into the ledger what a night writes.
func (w *world) completed(req night.Request, began time.Time) (*night.Report, error) {
	day := req.Day
	if day == 0 {
		var err error
		if day, err = night.NextDay(w.cfg, began); err != nil {
			return nil, err
		}
	}
	r := &night.Report{Day: day, Started: began, Ended: w.wall.Now(), Completed: true, Stages: []night.StageTime{{Stage: night.StageScore, Seconds: 30}}}
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return r, w.runs.PutRun(w.t.Context(), store.Run{Day: day, Started: began, Ended: r.Ended, Completed: true, Report: data})
}

func (w *world) tell(_ context.Context, o Outcome) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, o)
	return nil
}

// want compares the nights that were asked for.
func (w *world) want(nights ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if fmt.Sprint(w.asked) != fmt.Sprint(nights) {
		w.t.Errorf("nights\n%s\nwant\n%s\nlog:\n%s", strings.Join(w.asked, "\n"), strings.Join(nights, "\n"), w.log.String())
	}
	if w.most > 1 {
		w.t.Errorf("%d nights at once", w.most)
	}
}

// begun puts an unfinished run of a day into the ledger, as a kill leaves it.
func (w *world) begun(day company.Date, completed bool) {
	w.t.Helper()
	run := store.Run{Day: day, Started: w.wall.Now().Add(-time.Hour), Completed: completed, Report: []byte("{}")}
	if completed {
		run.Ended = w.wall.Now().Add(-time.Minute)
	}
	if err := w.runs.PutRun(w.t.Context(), run); err != nil {
		w.t.Fatal(err)
	}
}

func november(day int) company.Date { return company.NewDate(2026, time.November, day) }
