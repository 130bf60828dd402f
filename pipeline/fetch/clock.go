package fetch

import (
	"context"
	"time"
)

// Clock is the time that a Client lives by.
type Clock interface {
	Now() time.Time
	// Sleep waits; it returns early with the context's error.
	Sleep(ctx context.Context, d time.Duration) error
	// AfterFunc calls f once d has passed, as time.AfterFunc does.
	AfterFunc(d time.Duration, f func()) Timer
}

// Timer is a call to come. *time.Timer is one.
type Timer interface {
	Reset(d time.Duration) bool
	Stop() bool
}

// wallClock is the real one.
type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

func (wallClock) AfterFunc(d time.Duration, f func()) Timer { return time.AfterFunc(d, f) }

func (wallClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
