package exporttest

import (
	"context"
	"sync"
)

// stopping is a context that is cancelled at a given look at it, so that an
// export can be stopped at every place where it may be.
type stopping struct {
	context.Context
	mu     sync.Mutex
	left   int
	cancel context.CancelFunc
}

func newStopping(parent context.Context, looks int) *stopping {
	ctx, cancel := context.WithCancel(parent)
	s := &stopping{Context: ctx, left: looks, cancel: cancel}
	if looks == 0 {
		cancel()
	}
	return s
}

func (s *stopping) look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left--; s.left < 0 {
		s.cancel()
	}
}

// Err implements context.Context.
func (s *stopping) Err() error { s.look(); return s.Context.Err() }

// Done implements context.Context.
func (s *stopping) Done() <-chan struct{} { s.look(); return s.Context.Done() }
