package night

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// stretch is a span of companies with its rows, once they are made. They are
// kept until their turn comes: of the largest, Moscow, that is some 15 % of all,
// score.RowSize bytes each.
type stretch struct {
	span store.Span
	made chan rows // holds one
}

type rows struct {
	inns []company.INN
	data []byte // of score.RowSize each
	err  error
}

// allRows makes the rows of all companies in rising order of ИНН.
func (n *Night) allRows(ctx context.Context, v *view, m *score.Matcher) iter.Seq2[store.ScoreRow, error] {
	return func(yield func(store.ScoreRow, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		done := int64(0)
		for s := range n.runStretches(ctx, v, m, &running) {
			made := <-s.made
			for i, inn := range made.inns {
				if !yield(store.ScoreRow{INN: inn, Data: made.data[i*score.RowSize : (i+1)*score.RowSize]}, nil) {
					return
				}
			}
			if made.err != nil {
				yield(store.ScoreRow{}, made.err)
				return
			}
			done += int64(len(made.inns))
			n.progress(Event{Stage: StageDerive, Done: done})
		}
		if err := ctx.Err(); err != nil {
			yield(store.ScoreRow{}, err)
		}
	}
}

// runStretches starts the goroutines, which end when all is made or with ctx,
// and returns the stretches in order. Each of them will have its rows made.
func (n *Night) runStretches(ctx context.Context, v *view, m *score.Matcher, running *sync.WaitGroup) <-chan *stretch {
	workers := runtime.GOMAXPROCS(0)
	ordered, work := make(chan *stretch, workers), make(chan *stretch)
	running.Go(func() {
		defer close(ordered)
		defer close(work)
		for _, span := range store.Spans() {
			s := &stretch{span: span, made: make(chan rows, 1)}
			select {
			case work <- s: // taken: it will be made
			case <-ctx.Done():
				return
			}
			select {
			case ordered <- s:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		running.Go(func() {
			maker := rowMaker{view: v, reader: m.Reader()}
			for s := range work {
				s.made <- maker.makeAll(ctx, s.span)
			}
		})
	}
	return ordered
}

func (k *rowMaker) makeAll(ctx context.Context, span store.Span) (out rows) {
	for page, err := range span.Pages(ctx, k.view) {
		if err != nil {
			out.err = err
			return out
		}
		for i := range page {
			if out.data, out.err = k.make(out.data, &page[i]); out.err != nil {
				return out
			}
			out.inns = append(out.inns, page[i].INN)
		}
	}
	return out
}
