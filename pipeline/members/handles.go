package members

import (
	"sync"

	"obzvon/pipeline/files"
)

// handles are the inputs that are open; units of one input share it.
type handles struct {
	mu   sync.Mutex
	open map[int]files.File
}

func (h *handles) add(i int, f files.File) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open == nil {
		h.open = map[int]files.File{}
	}
	h.open[i] = f
}

func (h *handles) close(i int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f, ok := h.open[i]; ok {
		closeQuietly(f)
		delete(h.open, i)
	}
}

func (h *handles) closeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, f := range h.open {
		closeQuietly(f)
		delete(h.open, i)
	}
}
