package members

import "obzvon/pipeline"

// progress adds up what is done for Request.Progress. A pull that goes on from
// a cursor counts the inputs before it as done.
type progress struct {
	to            func(pipeline.Progress) // may be nil
	sizes         []int64                 // of inputs
	before, total int64                   // bytes of inputs before the present one, and of all
	within        int64                   // bytes done of the present one
	rows          int64
}

func newProgress(to func(pipeline.Progress), sizes []int64, first int) *progress {
	g := &progress{to: to, sizes: sizes}
	for i, n := range sizes {
		g.total += n
		if i < first {
			g.before += n
		}
	}
	return g
}

func (g *progress) tell(u Unit, rows int64) {
	size := g.sizes[u.Input]
	g.within = min(g.within+u.bytes, size)
	g.rows += rows
	done := g.before + g.within
	if u.last {
		g.before, g.within = g.before+size, 0
		done = g.before
	}
	if g.to != nil {
		g.to(pipeline.Progress{Unit: u.Name, Done: done, Total: g.total, Rows: g.rows})
	}
}
