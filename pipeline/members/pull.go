package members

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"obzvon/pipeline"
)

// errBroken says that the reader of the batches has had enough.
var errBroken = errors.New("iteration broken off")

// pull is one run over the input.
type pull struct {
	reader   *Reader
	start    cursor
	progress *progress
	opened   handles
}

// all runs until the units are spent or yield has had enough, and leaves
// nothing running and nothing open.
func (p *pull) all(ctx context.Context, yield func(pipeline.Batch, error) bool) error {
	defer p.opened.closeAll()
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	return p.yieldAll(ctx, p.run(ctx, &running), yield)
}

// task is a unit on its way through a worker.
type task struct {
	unit Unit
	done chan outcome // holds one
}

// run starts the goroutines that list units and read them. They end when the
// units do or when ctx is done. The channel returned carries the tasks in order
// and bounds how many batches wait in memory: a unit is begun only once there
// is room for it there.
func (p *pull) run(ctx context.Context, running *sync.WaitGroup) <-chan task {
	workers := p.reader.workers()
	ordered := make(chan task, workers)
	work := make(chan task)
	running.Go(func() {
		defer close(ordered)
		defer close(work)
		p.list(ctx, func(u Unit) bool {
			t := task{unit: u, done: make(chan outcome, 1)}
			return send(ctx, ordered, t) && send(ctx, work, t)
		})
	})
	for range workers {
		running.Go(func() {
			w := p.reader.Worker()
			for t := range work {
				t.done <- p.read(ctx, w, t.unit)
			}
		})
	}
	return ordered
}

func send(ctx context.Context, to chan<- task, t task) bool {
	select {
	case to <- t:
		return true
	case <-ctx.Done():
		return false
	}
}

// list gives every unit after the cursor, in order, until give says no.
func (p *pull) list(ctx context.Context, give func(Unit) bool) {
	for i := p.start.input; i < len(p.reader.Inputs) && ctx.Err() == nil; i++ {
		if p.reader.left(i) {
			continue
		}
		in := p.reader.Inputs[i]
		f, err := in.Open()
		if err != nil {
			if (i > p.start.input || p.start.member < 0) && !give(Unit{Name: in.Name, Input: i, last: true, broken: err}) {
				return
			}
			continue
		}
		p.opened.add(i, f)
		units := p.reader.Form.units(i, in, f)
		if i == p.start.input {
			units = units[min(p.start.member+1, len(units)):]
		}
		if len(units) == 0 {
			p.opened.close(i)
		}
		for _, u := range units {
			if !give(u) {
				return
			}
		}
	}
}

// yieldAll hands out the batches in order.
func (p *pull) yieldAll(ctx context.Context, ordered <-chan task, yield func(pipeline.Batch, error) bool) error {
	at := p.start
	var first error
	for t := range ordered {
		var o outcome
		select {
		case o = <-t.done:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if t.unit.last {
			p.opened.close(t.unit.Input)
		}
		if o.err != nil && first == nil {
			first = fmt.Errorf("%s: %w", t.unit.Name, o.err)
		}
		at = cursor{input: t.unit.Input, member: t.unit.member, read: at.read || o.err == nil}
		o.batch.Cursor = at.String()
		p.progress.tell(t.unit, o.batch.Counts.Read)
		if !yield(o.batch, nil) {
			return errBroken
		}
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case at.read:
		return nil
	case first != nil:
		return fmt.Errorf("no input could be read: %w", first)
	default:
		return fmt.Errorf("no input could be read: %w", pipeline.ErrDamaged)
	}
}
