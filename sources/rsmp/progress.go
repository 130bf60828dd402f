package rsmp

import "obzvon/pipeline"

// progress adds up what is done for Request.Progress. A pull that goes on
// from a cursor counts the inputs before it as done.
type progress struct {
	p             *pull
	before, total int64 // bytes of inputs before the present one, and of all
	within        int64 // bytes done of the present one
	rows          int64
}

func (p *pull) newProgress() *progress {
	out := &progress{p: p}
	for i, n := range p.sizes {
		out.total += n
		if i < p.start.input {
			out.before += n
		}
	}
	return out
}

func (g *progress) tell(u unit, b pipeline.Batch) {
	size := g.p.sizes[u.input]
	g.within = min(g.within+u.bytes, size)
	g.rows += b.Counts.Read
	done := g.before + g.within
	if u.last {
		g.before, g.within = g.before+size, 0
		done = g.before
	}
	if tell := g.p.request.Progress; tell != nil {
		tell(pipeline.Progress{Unit: u.name, Done: done, Total: g.total, Rows: g.rows})
	}
}
