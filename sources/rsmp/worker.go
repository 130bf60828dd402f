package rsmp

import (
	"io"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// worker reads units one after the other with the same memory.
type worker struct {
	pull      *pull
	size      int // bytes read at a time
	scanner   scanner
	collector collector
}

func (p *pull) newWorker() *worker {
	w := &worker{pull: p, size: chunkSize, collector: collector{
		filter: p.filter, observer: observer{source: p.source.name, places: newPlaces()},
	}}
	if !p.filter.everything {
		w.scanner.filter = p.filter
	}
	return w
}

// Read implements members.Worker.
func (w *worker) Read(u members.Unit, r io.Reader) (pipeline.Batch, int64, error) {
	p := w.pull
	w.collector.reset(u.Name, u.Date())
	err := w.scanner.scan(r, w.size, &w.collector)
	rows := w.scanner.root.rows
	if err != nil {
		return pipeline.Batch{}, rows, err
	}
	release := p.release(u)
	batch := w.collector.batch(release, rows)
	if p.plan.one && p.plan.newest >= 0 {
		batch.Release = release // one and the same for all batches
	}
	return batch, rows, nil
}
