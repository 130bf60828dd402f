package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// watchdog ends a request when nothing has come for a while, or when all of it
// has taken too long.
type watchdog struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	clock   Clock
	timer   Timer
	timeout time.Duration

	mu    sync.Mutex
	until time.Time // when the whole request must be over; zero = never
	total time.Duration
}

func watch(ctx context.Context, clock Clock, timeout time.Duration) (context.Context, *watchdog) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watchdog{ctx: ctx, cancel: cancel, clock: clock, timeout: timeout}
	w.timer = clock.AfterFunc(timeout, w.bite)
	return ctx, w
}

func (w *watchdog) bite() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.until.IsZero() && !w.clock.Now().Before(w.until) {
		w.cancel(fmt.Errorf("%w: not done after %s", ErrTimeout, w.total))
		return
	}
	w.cancel(fmt.Errorf("%w: nothing came for %s", ErrTimeout, w.timeout))
}

// rest stops the watch while nothing is asked.
func (w *watchdog) rest() { w.timer.Stop() }

// begin watches again, and all of what follows too.
func (w *watchdog) begin(total time.Duration) {
	w.mu.Lock()
	w.until, w.total = w.clock.Now().Add(total), total
	w.mu.Unlock()
	w.heard()
}

// heard puts the end off: something came.
func (w *watchdog) heard() {
	wait := w.timeout
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.until.IsZero() {
		wait = min(wait, max(w.until.Sub(w.clock.Now()), 0))
	}
	w.timer.Reset(wait)
}

func (w *watchdog) stop() {
	w.timer.Stop()
	w.cancel(errOver)
}

// errOver is why a request that ended by itself is cancelled.
var errOver = errors.New("the request is over")

// explain puts the reason for which the request was ended in the place of the
// error that the end led to.
func (w *watchdog) explain(err error) error {
	if cause := context.Cause(w.ctx); cause != nil && err != nil && !errors.Is(cause, errOver) {
		return cause
	}
	return err
}

// watched is a body under a watchdog.
type watched struct {
	body io.ReadCloser
	dog  *watchdog
}

func (w *watched) Read(b []byte) (int, error) {
	w.dog.heard()
	n, err := w.body.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.dog.explain(err)
	}
	return n, err
}

func (w *watched) Close() error {
	defer w.dog.stop()
	return w.body.Close()
}
