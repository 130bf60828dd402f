package fns

import (
	"sync"

	"obzvon/pipeline/files"
)

// inputs are the files that are open; units of one file share it.
type inputs struct {
	mu   sync.Mutex
	open map[int]files.File
}

func (o *inputs) add(i int, f files.File) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open[i] = f
}

func (o *inputs) close(i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if f, ok := o.open[i]; ok {
		closeQuietly(f)
		delete(o.open, i)
	}
}

func (o *inputs) closeAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, f := range o.open {
		closeQuietly(f)
		delete(o.open, i)
	}
}
