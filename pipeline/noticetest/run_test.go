package noticetest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/noticetest"
)

// drawer is the simplest Notifier that keeps the promises.
type drawer struct {
	hanging chan struct{}

	mu    sync.Mutex
	fault noticetest.Fault
	taken []noticetest.Taken
}

func (d *drawer) Notify(ctx context.Context, n pipeline.Notice) error {
	if err := errors.Join(n.Check(), ctx.Err()); err != nil {
		return fmt.Errorf("put it into the drawer: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch d.fault {
	case noticetest.None:
		d.taken = append(d.taken, noticetest.Taken{Title: n.Subject(), Text: n.Text()})
		return nil
	case noticetest.Refuses:
		return fmt.Errorf("the drawer is locked: %w", pipeline.ErrFinal)
	case noticetest.Hangs:
		d.hanging <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	return errors.New("the drawer is stuck")
}

func TestPromises(t *testing.T) {
	noticetest.Run(t, func(*testing.T) noticetest.Rig {
		d := &drawer{hanging: make(chan struct{}, 1)}
		return noticetest.Rig{
			Notifier: d, Hanging: d.hanging, Readers: 1, Secrets: []string{"key of the drawer"},
			Break: func(f noticetest.Fault) {
				d.mu.Lock()
				defer d.mu.Unlock()
				d.fault = f
			},
			Taken: func() []noticetest.Taken {
				d.mu.Lock()
				defer d.mu.Unlock()
				return slices.Clone(d.taken)
			},
		}
	})
}
