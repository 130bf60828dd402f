package operator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"obzvon/exports/web/page"
)

const (
	// beatEvery keeps proxies from closing a connection on which nothing happens.
	beatEvery = 15 * time.Second
	// streamMost ends a stream, so that the browser asks anew and who is logged out
	// by then is told so.
	streamMost = 10 * time.Minute
)

// events sends what goes on whenever that changes, as server-sent events (WHATWG
// HTML, 9.2): each holds the part of the page that takes the place of the last.
func (s *section) events(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), streamMost)
	defer cancel()
	states := make(chan Status)
	go func() {
		defer close(states)
		for st := range s.Night.Watch(ctx) {
			select {
			case states <- st:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() {
		cancel()
		for range states { // until whoever watches has ended
		}
	}()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // nginx would keep events back
	w.WriteHeader(http.StatusOK)
	out := &stream{w: w, control: http.NewResponseController(w)}
	out.flush() // the browser learns that it is connected
	return s.pour(ctx, out, states, page.UserOf(r).Has(page.Operator))
}

// pour writes until the reader, the server or the stream's time is at its end: none
// of them is an error of ours.
func (s *section) pour(ctx context.Context, out *stream, states <-chan Status, may bool) error {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	var last []byte
	for out.err == nil {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			out.write([]byte(":\n\n"))
		case st, ok := <-states:
			if !ok {
				return nil
			}
			part := &buffer{}
			if err := s.set.Part(part, "night", "now", newNow(st, may)); err != nil {
				return fmt.Errorf("render what goes on: %w", err)
			}
			if !bytes.Equal(part.Bytes(), last) {
				last = bytes.Clone(part.Bytes())
				out.event("now", last)
			}
		}
	}
	return nil
}

// stream writes events; the first error ends it.
type stream struct {
	w       io.Writer
	control *http.ResponseController
	err     error
}

// writeMost is how long a reader may keep a write waiting.
const writeMost = 30 * time.Second

func (s *stream) event(name string, data []byte) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "event: %s\n", name)
	for line := range bytes.Lines(data) {
		b.WriteString("data: ")
		b.Write(bytes.TrimRight(line, "\r\n"))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	s.write(b.Bytes())
}

func (s *stream) write(data []byte) {
	if s.err != nil {
		return
	}
	if s.err = s.control.SetWriteDeadline(time.Now().Add(writeMost)); s.err != nil && !errors.Is(s.err, http.ErrNotSupported) {
		return
	}
	if _, s.err = s.w.Write(data); s.err == nil {
		s.flush()
	}
}

func (s *stream) flush() { s.err = s.control.Flush() }

// buffer is a part of a page that goes into an event.
type buffer struct {
	bytes.Buffer

	header http.Header
}

func (b *buffer) Header() http.Header {
	if b.header == nil {
		b.header = http.Header{}
	}
	return b.header
}

func (b *buffer) WriteHeader(int) {}
