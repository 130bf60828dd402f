package members

import "obzvon/pipeline"

// progress adds up what is done for Request.Progress. Inputs before the present
// one count as done, so that a pull that goes on from a cursor ends at the total
// as any other.
type progress struct {
	to     func(pipeline.Progress) // may be nil
	ends   []int64                 // of inputs, in bytes from the beginning of the first
	total  int64
	input  int   // the present one
	within int64 // bytes done of it
	rows   int64
}

func newProgress(to func(pipeline.Progress), sizes []int64) *progress {
	g := &progress{to: to}
	for _, n := range sizes {
		g.total += n
		g.ends = append(g.ends, g.total)
	}
	return g
}

func (g *progress) tell(u Unit, rows int64) {
	if u.Input != g.input {
		g.input, g.within = u.Input, 0
	}
	g.within += u.bytes
	g.rows += rows
	done := g.ends[u.Input]
	if !u.last {
		begin := int64(0)
		if u.Input > 0 {
			begin = g.ends[u.Input-1]
		}
		done = min(begin+g.within, done)
	}
	if g.to != nil {
		g.to(pipeline.Progress{Unit: u.Name, Done: done, Total: g.total, Rows: g.rows})
	}
}
