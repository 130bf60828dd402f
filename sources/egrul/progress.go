package egrul

import "obzvon/pipeline"

// progress adds up what is done for Request.Progress. A pull that goes on from
// a cursor counts the inputs before it as done.
type progress struct {
	tell          func(pipeline.Progress) // may be nil
	sizes         []int64
	before, total int64 // bytes of inputs before the present one, and of all
	within        int64 // bytes done of the present one
	rows          int64
}

func newProgress(tell func(pipeline.Progress), sizes []int64, first int) *progress {
	g := &progress{tell: tell, sizes: sizes}
	for i, n := range sizes {
		g.total += n
		if i < first {
			g.before += n
		}
	}
	return g
}

func (g *progress) add(u unit, b pipeline.Batch) {
	size := g.sizes[u.input]
	g.within = min(g.within+u.bytes, size)
	g.rows += b.Counts.Read
	done := g.before + g.within
	if u.last {
		g.before, g.within = g.before+size, 0
		done = g.before
	}
	if g.tell != nil {
		g.tell(pipeline.Progress{Unit: u.name, Done: done, Total: g.total, Rows: g.rows})
	}
}
