package bolt

import "slices"

// batch is the items of one or a few transactions and their memory.
type batch struct {
	items []item
	bytes int
	mem   arena
}

func (b *batch) add(in item) {
	b.items = append(b.items, in)
	b.bytes += len(in.content)
}

func (b *batch) reset() {
	b.items, b.bytes = slices.Delete(b.items, 0, len(b.items)), 0
	b.mem.reset()
}

// behind writes batches in their order while the next one is filled. Its
// goroutine ends with stop.
type behind struct {
	full, empty   chan *batch
	failed, ended chan struct{}
	err           error // read it after failed is closed
}

func newBehind(write func(items []item) error) *behind {
	w := &behind{
		full: make(chan *batch), empty: make(chan *batch, 2),
		failed: make(chan struct{}), ended: make(chan struct{}),
	}
	w.empty <- &batch{}
	w.empty <- &batch{}
	go func() {
		defer close(w.ended)
		for b := range w.full {
			if w.err == nil {
				if w.err = write(b.items); w.err != nil {
					close(w.failed)
				}
			}
			b.reset()
			w.empty <- b
		}
	}()
	return w
}

// first returns the batch to fill first.
func (w *behind) first() *batch { return <-w.empty }

// next takes a batch that is full and returns one to fill, or the error that
// ended the writing.
func (w *behind) next(b *batch) (*batch, error) {
	w.full <- b
	select {
	case <-w.failed:
		return nil, w.err
	case b = <-w.empty:
		return b, nil
	}
}

// stop waits until all is written and returns the error that ended it.
func (w *behind) stop() error {
	close(w.full)
	<-w.ended
	return w.err
}
