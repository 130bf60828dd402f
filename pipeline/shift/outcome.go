package shift

import (
	"context"
	"errors"
	"time"

	"obzvon/pipeline/night"
)

// Outcome is how a night came out.
type Outcome struct {
	Turn    Turn
	Who     string
	Request night.Request
	Began   time.Time
	Ended   time.Time     // of the night, before the steps that follow it
	Report  *night.Report // nil when it did not come so far as to have one
	Err     error         // why it ended before its end
	Stopped string        // who stopped it
	Again   time.Time     // when it is tried again; zero = it is not
	Steps   []StepError   // of the steps that follow a night those that failed
}

// StepError is a step after a night that failed.
type StepError struct {
	Name string
	Err  error
}

// Exit is the exit code that it stands for.
func (o *Outcome) Exit() int {
	switch {
	case o.Err != nil || o.Report == nil:
		return 1
	default:
		return o.Report.Exit()
	}
}

// Step is something to do after a night, such as a backup. Its error is logged and
// told, and costs the list nothing.
type Step struct {
	Name string
	Do   func(ctx context.Context, o Outcome) error
}

// stepTime bounds a step: one that hangs must not keep the next night out.
const stepTime = 20 * time.Minute

// StoppedError is that somebody stopped a night.
type StoppedError struct{ Who string }

func (e *StoppedError) Error() string { return "stopped by " + e.Who }

// errShut is that the keeper has gone home, or has not come yet.
var errShut = errors.New("no night can be begun: the server is starting or stopping")

// Waits before a night that failed is tried again; from the last one on they stay
// the same. It is tried until its list is of no more use: until the last manager
// goes home on that day.
var retryAfter = [...]time.Duration{10 * time.Minute, 30 * time.Minute, time.Hour}

// again is when a night is tried once more after it failed.
func (k *Keeper) again(o Outcome) (Turn, bool) {
	t := o.Turn
	if t.Why == WhyHand || errors.Is(o.Err, night.ErrNotWorkday) || errors.Is(o.Err, night.ErrNoCalendar) {
		return Turn{}, false // who began it sees it, or it would fail for ever
	}
	t.At = o.Ended.Add(retryAfter[min(t.Try, len(retryAfter))-1])
	t.Try++
	t.since = o.Began
	return t, t.Day == 0 || t.At.Before(k.rota.over(t.Day))
}
