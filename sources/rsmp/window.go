package rsmp

import (
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// chunkSize is how much of a file is read at a time; it fits the second level
// of cache of common processors.
const chunkSize = 256 << 10

// window is the part of a file that is in memory. What is not used yet moves
// to the front before more is read, so that an item may straddle chunks; the
// window grows only for an item larger than itself.
type window struct {
	r    io.Reader
	size int // bytes read at a time
	buf  []byte
	from int   // the first byte not used yet
	to   int   // the end of what has been read
	base int64 // where buf begins in the file
	err  error // what ended the reading, io.EOF included
}

// reset begins another file with the memory of the last.
func (w *window) reset(r io.Reader, size int) {
	if len(w.buf) < size || len(w.buf) > 2*size {
		w.buf = make([]byte, size)
	}
	*w = window{r: r, size: size, buf: w.buf}
}

func (w *window) bytes() []byte { return w.buf[w.from:w.to] }

func (w *window) skip(n int) { w.from += n }

// offset is where bytes begin in the file.
func (w *window) offset() int64 { return w.base + int64(w.from) }

// ended tells that bytes reach to the end of the file.
func (w *window) ended() bool { return errors.Is(w.err, io.EOF) }

// more reads until the window is full. It returns false when there is nothing
// more to read, and ErrTooLarge when what is not used yet is larger than any
// document.
func (w *window) more() (bool, error) {
	if w.to-w.from > elementMax {
		return false, fmt.Errorf("%w: more than %d bytes in one document", pipeline.ErrTooLarge, elementMax)
	}
	if w.err != nil {
		return false, nil
	}
	w.makeRoom()
	for idle := 0; w.to < len(w.buf) && w.err == nil; {
		n, err := w.r.Read(w.buf[w.to:])
		w.to += n
		w.err = err
		if idle++; n > 0 {
			idle = 0
		}
		if idle > 100 && err == nil {
			w.err = io.ErrNoProgress
		}
	}
	return true, nil
}

// makeRoom moves what is not used yet to the front; if that is all there is,
// the window grows.
func (w *window) makeRoom() {
	if w.from == 0 && w.to == len(w.buf) {
		grown := make([]byte, min(2*len(w.buf), elementMax+w.size))
		copy(grown, w.buf)
		w.buf = grown
		return
	}
	copy(w.buf, w.buf[w.from:w.to])
	w.base += int64(w.from)
	w.from, w.to = 0, w.to-w.from
}
