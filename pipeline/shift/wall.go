package shift

import "time"

// Wall is the clock on the wall and what wakes the keeper.
type Wall interface {
	Now() time.Time
	// After gives a channel that is sent to once, d from now; stop gives it back.
	After(d time.Duration) (c <-chan time.Time, stop func() bool)
}

type systemWall struct{}

func (systemWall) Now() time.Time { return time.Now() }

func (systemWall) After(d time.Duration) (<-chan time.Time, func() bool) {
	t := time.NewTimer(d)
	return t.C, t.Stop
}
