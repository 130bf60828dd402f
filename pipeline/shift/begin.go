package shift

import (
	"context"
	"errors"
	"time"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

// begin begins a night, if the gate lets it in.
func (k *Keeper) begin(ctx context.Context, t Turn, who string, req night.Request) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.phase != phaseOpen {
		return errShut
	}
	leave, err := k.o.Gate.Enter(ctx, gate.Pass{Kind: gate.Night, What: "run", Who: who}) // a night never waits there
	if err != nil {
		return err
	}
	now := k.now()
	within, stop := context.WithCancelCause(k.ctx)
	k.running = &running{Running: Running{Turn: t, Who: who, Request: req, Began: now, Since: now}, stop: stop, leave: leave}
	k.changes()
	k.o.Log.Info("night begins", "by", who, "why", string(t.Why), "list", t.Day.String(), "try", t.Try)
	k.nights.Go(func() {
		defer stop(nil)
		k.end(within, k.night(within, req))
	})
	return nil
}

// night makes the night and says how it came out.
func (k *Keeper) night(ctx context.Context, req night.Request) Outcome {
	report, err := k.o.Work(ctx, req, k.on)
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.running
	r.over(now)
	o := Outcome{Turn: r.Turn, Who: r.Who, Request: req, Began: r.Began, Ended: now, Report: report, Err: err}
	if report != nil {
		o.Turn.Day = report.Day
	}
	if stopped := (*StoppedError)(nil); err != nil && errors.As(context.Cause(ctx), &stopped) {
		o.Stopped = stopped.Who
	}
	return o
}

// end does what follows a night. One that was cut short by a person or by the
// server's end is followed by nothing: it goes on later.
func (k *Keeper) end(ctx context.Context, o Outcome) {
	if o.Err != nil && ctx.Err() != nil {
		k.o.Log.Info("night stopped; it can go on later", "by", o.Stopped)
		k.putAway(nil, o)
		return
	}
	var next *Turn
	if o.Err != nil {
		if t, ok := k.again(o); ok {
			next, o.Again = &t, t.At
		}
		k.o.Log.Error("night failed", "why", o.Err.Error(), "again", o.Again)
	} else {
		k.o.Log.Info("night ended", "list", o.Report.Day.String(), "exit", o.Report.Exit(), "took", o.Ended.Sub(o.Began).Round(time.Millisecond).String())
	}
	if o.Err == nil || o.Turn.Try == 1 {
		o.Steps = k.steps(ctx, o)
		k.tell(ctx, o)
	}
	k.putAway(next, o)
}

// putAway puts the night away, lets others through the gate and lets the schedule be followed.
func (k *Keeper) putAway(next *Turn, o Outcome) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running.leave()
	k.running, k.last = nil, &o
	if next != nil && k.due == nil {
		k.due = next
	}
	k.changes()
	select {
	case k.nudge <- struct{}{}:
	default:
	}
}

// steps does what follows a night and gathers what failed.
func (k *Keeper) steps(ctx context.Context, o Outcome) []StepError {
	for _, s := range k.o.Steps {
		if ctx.Err() != nil {
			break
		}
		k.mu.Lock()
		k.running.Step = s.Name
		k.changes()
		k.mu.Unlock()
		if err := bounded(ctx, func(ctx context.Context) error { return s.Do(ctx, o) }); err != nil {
			k.o.Log.Error("step after the night failed", "step", s.Name, "why", err.Error())
			o.Steps = append(o.Steps, StepError{s.Name, err})
		}
	}
	return o.Steps
}

func (k *Keeper) tell(ctx context.Context, o Outcome) {
	if k.o.Notify == nil || ctx.Err() != nil {
		return
	}
	k.mu.Lock()
	k.running.Step = "notice"
	k.changes()
	k.mu.Unlock()
	if err := bounded(ctx, func(ctx context.Context) error { return k.o.Notify(ctx, o) }); err != nil {
		k.o.Log.Error("notice failed", "why", err.Error())
	}
}

func bounded(ctx context.Context, do func(context.Context) error) error {
	ctx, stop := context.WithTimeout(ctx, stepTime)
	defer stop()
	return do(ctx)
}
