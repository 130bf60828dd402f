package shift

import (
	"context"
	"errors"
	"fmt"
	"time"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

const (
	// beatEvery is how often the schedule is looked at in any case: a timer does
	// not notice that the clock was set or the machine slept.
	beatEvery = time.Minute
	// busyEvery is how often a night that waits for other work asks again.
	busyEvery = 5 * time.Second
	// lateBy is how late a night begins by the clock and not as a missed one.
	lateBy = 5 * time.Minute
	// setBack is what the clock must be put back by to be believed at once; by
	// less, and what has fired does not fire again. So does cron(8).
	setBack = 3 * time.Hour
)

// follow does what is due by now.
func (k *Keeper) follow(ctx context.Context) error {
	now := k.now()
	k.mu.Lock()
	before := k.looked
	if now.After(before) || before.Sub(now) > setBack {
		k.looked = now
	}
	k.beat = k.o.Wall.Now()
	k.mu.Unlock()
	if before.Sub(now) > setBack {
		if err := k.makeUp(ctx, now); err != nil {
			return err
		}
	} else if fired, ok := k.rota.last(before, now, 0); ok {
		if now.Sub(fired.At) <= lateBy {
			k.put(fired)
		} else if err := k.makeUp(ctx, now); err != nil {
			return err
		}
	}
	return k.beginDue(ctx, now)
}

// makeUp puts down the night that should have been by now, if there is one.
func (k *Keeper) makeUp(ctx context.Context, now time.Time) error {
	t, ok := k.rota.missed(now)
	if ok {
		done, err := k.completed(ctx, t)
		if err != nil {
			return err
		}
		ok = !done
	}
	if first, empty := k.rota.first(now); !ok && empty {
		k.mu.Lock()
		t, ok = first, k.last == nil
		k.mu.Unlock()
	}
	if ok {
		k.put(t)
	}
	return nil
}

// put puts down a night to begin, in place of one that waits.
func (k *Keeper) put(t Turn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.due = &t
	k.changes()
}

// beginDue begins the night that is due, unless one goes on or it has become
// superfluous.
func (k *Keeper) beginDue(ctx context.Context, now time.Time) error {
	k.mu.Lock()
	due, busy := k.due, k.running != nil
	k.mu.Unlock()
	if due == nil || busy || due.At.After(now) {
		return nil
	}
	done, err := k.completed(ctx, *due)
	if err != nil {
		return err
	}
	if done || due.Day != 0 && !now.Before(k.rota.over(due.Day)) {
		k.drop(due)
		return nil
	}
	if err = k.begin(ctx, *due, byClock, due.request(k.rota, now)); errors.Is(err, gate.ErrBusy) {
		return nil // it is asked again
	}
	k.drop(due)
	return err
}

// drop forgets a night that was to begin, unless another has taken its place.
func (k *Keeper) drop(t *Turn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.due == t {
		k.due = nil
		k.changes()
	}
}

// completed tells whether a run has made a night superfluous.
func (k *Keeper) completed(ctx context.Context, t Turn) (bool, error) {
	run, err := k.o.Runs.Run(ctx, t.Day)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the ledger of %s: %w", t.Day, err)
	}
	return run.Completed && run.Ended.After(t.since), nil
}

// coming is what begins next: what is due, or else the next by the clock. k.mu is
// held.
func (k *Keeper) coming(now time.Time) (Turn, bool) {
	if k.due != nil {
		return *k.due, true
	}
	return k.rota.next(now)
}

// pause is how long nothing can be due.
func (k *Keeper) pause() time.Duration {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	next, ok := k.coming(now)
	switch left := next.At.Sub(now); {
	case !ok || left > beatEvery:
		return beatEvery
	case left <= 0 && k.running != nil:
		return beatEvery // its end is told
	case left <= 0:
		return busyEvery
	default:
		return left
	}
}
