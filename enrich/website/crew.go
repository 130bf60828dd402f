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
	hands    chan struct{} // an element for each ask not answered yet
	served   chan served
	all      sync.WaitGroup
	share    *share
}

// served is an answer, or why there will be none.
type served struct {
	answer pipeline.Answer
	err    error
}

// waiting is how many asks may wait for the visits of others, as a multiple of
// the visits on their way.
const waiting = 4

func newCrew(e *Enricher, t task) *crew {
	return &crew{
		enricher: e, task: t, share: newShare(), served: make(chan served),
		visits: make(chan struct{}, e.opt.AtOnce), hands: make(chan struct{}, waiting*e.opt.AtOnce),
	}
}

// work takes the asks and yields what comes of them until all are served, the
// context has ended or the caller has enough. No goroutine outlives it.
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
			if ctx.Err() != nil || !yield(s.answer, s.err) {
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

// place waits for a place among the asks and one among the visits.
func (c *crew) place(ctx context.Context) bool {
	return enter(ctx, c.hands) && enter(ctx, c.visits)
}

func enter(ctx context.Context, places chan struct{}) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// serve answers one ask.
func (c *crew) serve(ctx context.Context, ask pipeline.Ask) {
	g := guide{crew: c, holds: true}
	a, err := c.enricher.answer(ctx, &ask, c.task, g.visited)
	g.release()
	select {
	case c.served <- served{a, err}:
	case <-ctx.Done():
	}
	<-c.hands
}

// guide goes from site to site for one ask. It holds a place among the visits,
// but not while it waits for a visit that another one makes.
type guide struct {
	crew  *crew
	holds bool
}

func (g *guide) release() {
	if g.holds {
		<-g.crew.visits
	}
	g.holds = false
}

func (g *guide) visited(ctx context.Context, host string, old *siteMemory) (*visited, error) {
	for {
		v, done := g.crew.share.enter(host)
		if v != nil {
			return v, nil
		}
		if done == nil {
			return g.visit(ctx, host, old)
		}
		g.release()
		select {
		case <-done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// visit goes there itself; what comes of it is for all who wait.
func (g *guide) visit(ctx context.Context, host string, old *siteMemory) (v *visited, err error) {
	defer func() { g.crew.share.leave(host, v) }()
	if g.holds = g.holds || enter(ctx, g.crew.visits); !g.holds {
		return nil, context.Cause(ctx)
	}
	return g.crew.enricher.visit(ctx, host, old, g.crew.task)
}
