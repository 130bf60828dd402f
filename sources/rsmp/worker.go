package rsmp

import (
	"context"
	"fmt"
	"io"
	"path"

	"obzvon/pipeline"
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

// outcome is what reading a unit came to.
type outcome struct {
	batch pipeline.Batch
	err   error // why the unit could not be read; the batch says so as a gap
}

// read reads one unit wholly. A unit that fails on the way yields nothing of
// what it held, only a gap and how many rows it declares.
func (w *worker) read(ctx context.Context, u unit) outcome {
	p := w.pull
	release := p.release(u)
	w.collector.reset(u.name, dateInName(path.Base(u.name)))
	declared, err := w.scan(ctx, u)
	if err != nil {
		return outcome{err: err, batch: gap(u.name, release, declared, err)}
	}
	batch := w.collector.batch(release, declared)
	if p.plan.one && p.plan.newest >= 0 {
		batch.Release = release // one and the same for all batches
	}
	return outcome{batch: batch}
}

func gap(unit string, release pipeline.Release, rows int64, err error) pipeline.Batch {
	return pipeline.Batch{
		Unit:    unit,
		Release: release,
		Gaps:    []pipeline.Gap{{Unit: unit, Detail: err.Error(), Unread: rows}},
		Counts:  pipeline.Counts{Declared: rows, Unread: rows},
	}
}

// scan returns how many rows the file declares, 0 when it does not come to
// say so.
func (w *worker) scan(ctx context.Context, u unit) (declared int64, err error) {
	if u.broken != nil {
		return 0, u.broken
	}
	r, err := u.open()
	if err != nil {
		return 0, fmt.Errorf("open: %w", err)
	}
	defer closeQuietly(r)
	from := stopping{ctx, r}
	err = w.scanner.scan(from, w.size, &w.collector)
	if err != nil && !w.scanner.broken() {
		// The XML is wrong. A wrong checksum, which stands at the end, says why.
		if _, rest := io.Copy(io.Discard, from); rest != nil {
			err = fmt.Errorf("%w; %w", err, rest)
		}
	}
	return w.scanner.root.rows, err
}

// stopping is a reader that ends with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}
