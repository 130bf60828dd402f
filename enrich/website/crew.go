package website

import (
	"context"
	"iter"
	"sync"

	"obzvon/pipeline"
)

// crew serves the asks of one call. Each ask has a goroutine; so many visits go
// on at once as the options allow, and a place is taken before an ask is, so
// that no ask is taken that cannot be served.
type crew struct {
	enricher *Enricher
	task     task
	visits   chan struct{} // an element for each visit on its way
	served   chan served
	all      sync.WaitGroup
}

// served is an answer, or why there will be none.
type served struct {
	answer pipeline.Answer
	err    error
}

func newCrew(e *Enricher, t task) *crew {
	// As many answers may wait as visits go on, so that these need not stand
	// still while answers are being kept.
	return &crew{enricher: e, task: t, visits: make(chan struct{}, e.opt.AtOnce), served: make(chan served, e.opt.AtOnce)}
}

// work takes the asks and yields what comes of them until all are served or the
// caller has enough. Once the context has ended no ask is taken, visits under
// way are cut and leave no answer; those that were over by then are yielded. No
// goroutine outlives it.
func (c *crew) work(ctx context.Context, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		c.all.Go(func() { c.take(ctx, asks) })
		go func() {
			c.all.Wait()
			close(c.served)
		}()
		defer func() {
			cancel()
			for range c.served { // closed when the last goroutine has ended
			}
		}()
		for s := range c.served {
			if s.err != nil && ctx.Err() != nil {
				continue
			}
			if !yield(s.answer, s.err) {
				return
			}
		}
	}
}

// take reads the asks, one for each place that is free.
func (c *crew) take(ctx context.Context, asks iter.Seq[pipeline.Ask]) {
	if !c.place(ctx) {
		return
	}
	for ask := range asks {
		c.all.Go(func() { c.serve(ctx, ask) })
		if !c.place(ctx) {
			return
		}
	}
}

// place waits for a place among the visits.
func (c *crew) place(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case c.visits <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// serve answers one ask. What it hands over is always taken: work does so until
// the last goroutine has ended.
func (c *crew) serve(ctx context.Context, ask pipeline.Ask) {
	a, err := c.enricher.answer(ctx, &ask, c.task)
	c.served <- served{a, err}
	<-c.visits
}
