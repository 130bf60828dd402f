package fetchtest

import (
	"context"
	"sync"
	"time"

	"obzvon/pipeline/fetch"
)

// Clock is a fetch.Clock in which sleeping takes no time. It may be used from
// several goroutines; see Together.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	slept  []time.Duration
	timers map[*timer]struct{}

	together int                 // goroutines that share the time; 0 = each puts it forward
	asleep   map[*timer]struct{} // those that sleep
}

// NewClock starts a clock at a fixed moment.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC), timers: map[*timer]struct{}{}, asleep: map[*timer]struct{}{}}
}

// Now implements fetch.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep implements fetch.Clock: the clock is put forward, or time is shared.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	c.slept = append(c.slept, d)
	shared := c.together > 0
	c.mu.Unlock()
	if !shared {
		c.Advance(d)
		return nil
	}
	return c.sleepTogether(ctx, d)
}

// Together makes n goroutines share the time from now on, as in the world: it
// passes only while all of them sleep, and then up to the first awakening. Each
// calls Leave when it will not sleep any more. One of them that waits for
// another in another way than by Sleep stops the time.
func (c *Clock) Together(n int) {
	c.mu.Lock()
	c.together = n
	c.mu.Unlock()
	c.pass()
}

// Leave tells that one of the goroutines that share the time has gone.
func (c *Clock) Leave() {
	c.mu.Lock()
	c.together--
	c.mu.Unlock()
	c.pass()
}

func (c *Clock) sleepTogether(ctx context.Context, d time.Duration) error {
	awake := make(chan struct{})
	t := &timer{clock: c, f: func() { close(awake) }}
	c.mu.Lock()
	t.at = c.now.Add(d)
	c.timers[t], c.asleep[t] = struct{}{}, struct{}{}
	c.mu.Unlock()
	c.pass()
	select {
	case <-awake:
		return nil
	case <-ctx.Done():
		c.mu.Lock()
		delete(c.timers, t)
		delete(c.asleep, t)
		c.mu.Unlock()
		return ctx.Err()
	}
}

// pass puts the clock forward to the first awakening if all sleep.
func (c *Clock) pass() {
	c.mu.Lock()
	var due []*timer
	if c.together > 0 && len(c.asleep) >= c.together {
		first := time.Time{}
		for t := range c.asleep {
			if first.IsZero() || t.at.Before(first) {
				first = t.at
			}
		}
		due = c.forward(first)
	}
	c.mu.Unlock()
	for _, t := range due {
		t.f()
	}
}

// Slept returns how long was slept, each time.
func (c *Clock) Slept() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.slept...)
}

// Advance puts the clock forward and makes the calls that are due.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	due := c.forward(c.now.Add(d))
	c.mu.Unlock()
	for _, t := range due {
		t.f()
	}
}

// forward takes out the calls that are due at a time.
func (c *Clock) forward(to time.Time) (due []*timer) {
	c.now = to
	for t := range c.timers {
		if !t.at.After(c.now) {
			due = append(due, t)
			delete(c.timers, t)
			delete(c.asleep, t)
		}
	}
	return due
}

// AfterFunc implements fetch.Clock.
func (c *Clock) AfterFunc(d time.Duration, f func()) fetch.Timer {
	t := &timer{clock: c, f: f}
	t.Reset(d)
	return t
}

// timer is a call to come.
type timer struct {
	clock *Clock
	at    time.Time
	f     func()
}

func (t *timer) Reset(d time.Duration) bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	_, active := t.clock.timers[t]
	t.at = t.clock.now.Add(d)
	t.clock.timers[t] = struct{}{}
	return active
}

func (t *timer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	_, active := t.clock.timers[t]
	delete(t.clock.timers, t)
	return active
}
