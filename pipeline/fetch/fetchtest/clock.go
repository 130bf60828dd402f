package fetchtest

import (
	"context"
	"sync"
	"time"

	"obzvon/pipeline/fetch"
)

// Clock is a fetch.Clock in which sleeping takes no time. It may be used from
// several goroutines.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	slept  []time.Duration
	timers map[*timer]struct{}
}

// NewClock starts a clock at a fixed moment.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC), timers: map[*timer]struct{}{}}
}

// Now implements fetch.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep implements fetch.Clock: the clock is put forward.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	c.slept = append(c.slept, d)
	c.mu.Unlock()
	c.Advance(d)
	return nil
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
	c.now = c.now.Add(d)
	var due []*timer
	for t := range c.timers {
		if !t.at.After(c.now) {
			due = append(due, t)
			delete(c.timers, t)
		}
	}
	c.mu.Unlock()
	for _, t := range due {
		t.f()
	}
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
