package rsmp

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// Pull implements pipeline.Source: one batch for each member or file, in the
// order of the input.
func (s *Source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		if err := s.pull(ctx, req, yield); err != nil && !errors.Is(err, errBroken) {
			yield(pipeline.Batch{}, fmt.Errorf("registry %s: %w", s.name, err))
		}
	}
}

// errBroken says that the reader of the batches has had enough.
var errBroken = errors.New("iteration broken off")

// pull is one run over the input.
type pull struct {
	source  *Source
	request pipeline.Request
	filter  *filter
	plan    plan
	sizes   []int64 // of inputs that are read
	start   cursor
	opened  inputs
}

func (s *Source) pull(ctx context.Context, req pipeline.Request, yield func(pipeline.Batch, error) bool) error {
	if err := s.options.Validate(); err != nil {
		return err
	}
	start, err := parseCursor(req.Cursor)
	if err != nil {
		return err
	}
	if len(s.inputs) == 0 {
		return fmt.Errorf("%w: no input files", pipeline.ErrEmpty)
	}
	plan, err := s.plan(ctx)
	if err != nil {
		return err
	}
	p := &pull{
		source: s, request: req, filter: newFilter(req), plan: plan, sizes: s.sizes(plan.left), start: start,
		opened: inputs{open: map[int]files.File{}},
	}
	defer p.opened.closeAll()
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	return p.yieldAll(ctx, p.run(ctx, &running, p.list), yield)
}

// task is a unit on its way through a worker.
type task struct {
	unit unit
	done chan outcome // holds one
}

// run starts the goroutines that list units and read them. They end when the
// units do or when ctx is done. The channel returned carries the tasks in
// order and bounds how many batches wait in memory.
func (p *pull) run(ctx context.Context, running *sync.WaitGroup, list func(context.Context, func(unit) bool)) <-chan task {
	workers := p.source.options.workers()
	ordered := make(chan task, workers)
	work := make(chan task)
	running.Go(func() {
		defer close(ordered)
		defer close(work)
		list(ctx, func(u unit) bool {
			t := task{unit: u, done: make(chan outcome, 1)}
			return send(ctx, ordered, t) && send(ctx, work, t)
		})
	})
	for range workers {
		running.Go(func() {
			w := p.newWorker()
			for t := range work {
				t.done <- w.read(ctx, t.unit)
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
func (p *pull) list(ctx context.Context, give func(unit) bool) {
	for i := p.start.input; i < len(p.source.inputs) && ctx.Err() == nil; i++ {
		if p.plan.left[i] {
			continue
		}
		in := p.source.inputs[i]
		f, err := in.Open()
		if err != nil {
			if (i > p.start.input || p.start.member < 0) && !give(unit{name: in.Name, input: i, last: true, broken: err}) {
				return
			}
			continue
		}
		p.opened.add(i, f)
		units := unitsOf(i, in, f)
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
	progress := p.newProgress()
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
			p.opened.close(t.unit.input)
		}
		if o.err != nil && first == nil {
			first = fmt.Errorf("%s: %w", t.unit.name, o.err)
		}
		at = cursor{input: t.unit.input, member: t.unit.member, read: at.read || o.err == nil}
		o.batch.Cursor = at.String()
		progress.tell(t.unit, o.batch)
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
