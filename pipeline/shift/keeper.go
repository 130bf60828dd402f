package shift

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// Work makes one night. It must end soon after ctx does, so that it can go on later.
type Work func(ctx context.Context, req night.Request, progress func(night.Event)) (*night.Report, error)

// Options are what a keeper needs. Wall, Steps and Notify may be left out.
type Options struct {
	Rota  *Rota
	Gate  *gate.Gate
	Runs  store.Runs
	Work  Work
	Steps []Step // after each night but those that were stopped, in order
	// Notify tells somebody of a night that ended and was not stopped, after the
	// steps. Of one that fails again and again it is told once, and when it succeeds.
	Notify func(ctx context.Context, o Outcome) error
	Wall   Wall
	Log    *slog.Logger
}

// phase is where in its life a keeper is.
type phase int

const (
	phaseNew phase = iota
	phaseOpen
	phaseShut
)

// Keeper runs the nights. Use NewKeeper, then Run.
type Keeper struct {
	o    Options
	rota *Rota

	mu      sync.Mutex
	ctx     context.Context // of nights
	phase   phase
	running *running
	due     *Turn     // to be begun, now or later
	looked  time.Time // up to when the schedule has been followed
	beat    time.Time // when that was looked at last; with a monotonic reading
	last    *Outcome
	changed chan struct{}
	watched bool // somebody has taken changed

	nudge  chan struct{} // a night has ended
	nights sync.WaitGroup
}

// NewKeeper makes a keeper that does nothing yet.
func NewKeeper(o Options) *Keeper {
	if o.Wall == nil {
		o.Wall = systemWall{}
	}
	return &Keeper{o: o, rota: o.Rota, changed: make(chan struct{}), nudge: make(chan struct{}, 1)}
}

// now is the time on the wall alone: it goes on while the machine sleeps.
func (k *Keeper) now() time.Time { return k.o.Wall.Now().Round(0) }

// Run follows the schedule until ctx ends, then waits for the night in hand, which
// ends with ctx and can go on later. Call it once.
func (k *Keeper) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := k.open(ctx); err != nil {
		return err
	}
	defer func() {
		k.shut()
		k.nights.Wait()
		k.mu.Lock()
		k.changes()
		k.mu.Unlock()
	}()
	for {
		if err := k.follow(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		timer, end := k.o.Wall.After(k.pause())
		select {
		case <-timer:
		case <-k.nudge:
		case <-ctx.Done():
		}
		end()
		if ctx.Err() != nil {
			return nil
		}
	}
}

// open reads how the last night came out and what was missed.
func (k *Keeper) open(ctx context.Context) error {
	last, err := k.remembered(ctx)
	if err != nil {
		return err
	}
	now := k.now()
	k.mu.Lock()
	k.ctx, k.phase, k.looked, k.last, k.beat = ctx, phaseOpen, now, last, k.o.Wall.Now()
	k.mu.Unlock()
	if err := k.makeUp(ctx, now); err != nil {
		return err
	}
	if s := k.Status(); s.Next == nil {
		k.o.Log.Info("schedule is off")
	} else {
		k.o.Log.Info("schedule", "next", s.Next.At.In(s.Zone).Format(time.RFC3339), "why", string(s.Next.Why), "list", s.Next.Day.String())
	}
	return nil
}

// remembered is the last completed night of the ledger, nil if there is none.
func (k *Keeper) remembered(ctx context.Context) (*Outcome, error) {
	run, err := k.o.Runs.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last run: %w", err)
	}
	o := &Outcome{Turn: Turn{Day: run.Day, Try: 1}, Began: run.Started, Ended: run.Ended, Report: &night.Report{}}
	if err := json.Unmarshal(run.Report, o.Report); err != nil {
		return nil, fmt.Errorf("read the report of %s: %w", run.Day, err)
	}
	return o, nil
}

// shut lets no night begin any more.
func (k *Keeper) shut() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.phase = phaseShut
	k.changes()
}

// Start begins a night by hand. It is *gate.BusyError when a night or an erasure
// goes on. The night goes on when ctx ends.
func (k *Keeper) Start(ctx context.Context, who string, req night.Request) error {
	return k.begin(ctx, Turn{Why: WhyHand, At: k.now(), Day: req.Day, Try: 1}, who, req)
}

// Stop ends the night in hand, which can go on later; false = there is none.
func (k *Keeper) Stop(who string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running == nil {
		return false
	}
	k.running.Stopping = who
	k.running.stop(&StoppedError{Who: who})
	k.changes()
	return true
}

// Alive is an error when the schedule is not being followed: nothing will happen by
// itself any more.
func (k *Keeper) Alive() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.phase != phaseOpen {
		return errShut
	}
	// By the monotonic clock: a machine that slept has not been hanging.
	if age := k.o.Wall.Now().Sub(k.beat); age > 3*beatEvery {
		return fmt.Errorf("the schedule was followed last %v ago", age.Round(time.Second))
	}
	return nil
}
