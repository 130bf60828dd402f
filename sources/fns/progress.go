package fns

import "obzvon/pipeline"

// progress adds up what is done for Request.Progress. A pull that goes on
// from a cursor counts the inputs before it as done.
type progress struct {
	tellTo        func(pipeline.Progress)
	sizes         []int64 // of inputs in the order of the plan
	before, total int64   // bytes of inputs before the present one, and of all
	within        int64   // bytes done of the present one
	rows          int64
}

func (p *pull) newProgress() *progress {
	out := &progress{tellTo: p.request.Progress}
	for place, i := range p.plan.order {
		n := p.plan.looks[i].size
		out.sizes = append(out.sizes, n)
		out.total += n
		if place < p.start.input {
			out.before += n
		}
	}
	return out
}

func (g *progress) tell(u unit, b pipeline.Batch) {
	size := g.sizes[u.input]
	g.within = min(g.within+u.bytes, size)
	g.rows += b.Counts.Read
	done := g.before + g.within
	if u.last {
		g.before, g.within = g.before+size, 0
		done = g.before
	}
	if g.tellTo != nil {
		g.tellTo(pipeline.Progress{Unit: u.name, Done: done, Total: g.total, Rows: g.rows})
	}
}
