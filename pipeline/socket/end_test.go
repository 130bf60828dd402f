package socket

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// TestStopped: a caller that is stopped lets the command end in its own way.
func TestStopped(t *testing.T) {
	begun, cause := make(chan struct{}), error(nil)
	_, dir := listening(t, func(ctx context.Context, g *Guest) int {
		tmp, err := g.CreateTemp(g.Args[0], "x*")
		if err != nil {
			t.Error(err)
			return 1
		}
		close(begun)
		<-ctx.Done()
		cause = context.Cause(ctx)
		if err := errors.Join(tmp.Close(), g.Remove(tmp.Name())); err != nil {
			t.Errorf("clear up: %v", err)
		}
		_, _ = io.WriteString(g.Stderr(), "stopped")
		return 1
	})
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-begun; stop() }()
	folder := t.TempDir()
	c := call1(ctx, dir, Request{Args: []string{folder}}, nil, Disk{})
	if c.failed != nil || c.exit != 1 || c.err.String() != "stopped" || !errors.Is(cause, ErrCancelled) {
		t.Errorf("%v, exit %d, %q, %v", c.failed, c.exit, c.err.String(), cause)
	}
	empty(t, folder)
}

func empty(t *testing.T, folder string) {
	t.Helper()
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// TestStoppedAtStandardInput: nobody types any more.
func TestStoppedAtStandardInput(t *testing.T) {
	reads := make(chan struct{})
	in, typed := io.Pipe()
	defer hangUpPipe(t, typed)
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		_, err := g.Stdin().Read(make([]byte, 1))
		if !errors.Is(err, ErrCancelled) {
			t.Errorf("read standard input: %v", err)
		}
		return 1
	})
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-reads; stop() }()
	c := call1(ctx, dir, Request{}, telling{in, reads}, Disk{})
	if c.failed != nil || c.exit != 1 {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
}

// telling is an input that tells when it is first read.
type telling struct {
	io.Reader
	read chan struct{}
}

func (t telling) Read(p []byte) (int, error) {
	close(t.read)
	return t.Reader.Read(p)
}

// TestStoppedBefore: a caller that is stopped before anything was begun.
func TestStoppedBefore(t *testing.T) {
	_, dir := listening(t, func(context.Context, *Guest) int {
		t.Error("it was begun")
		return 0
	})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if c := call1(ctx, dir, Request{}, nil, Disk{}); !errors.Is(c.failed, context.Canceled) {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
}

// TestCallerDies: the command ends in the host.
func TestCallerDies(t *testing.T) {
	begun, ended := make(chan struct{}), make(chan error, 1)
	_, dir := listening(t, func(ctx context.Context, g *Guest) int {
		close(begun)
		<-ctx.Done()
		_, err := io.WriteString(g.Stdout(), "into the void")
		if !errors.Is(err, ErrCallerGone) {
			t.Errorf("write: %v", err)
		}
		if _, err := Open(g, "x"); !errors.Is(err, ErrCallerGone) {
			t.Errorf("open: %v", err)
		}
		ended <- context.Cause(ctx)
		return 0
	})
	line, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	go func() { <-begun; hangUp(line.conn) }() // as the kernel does of a killed process
	if _, err := line.Call(t.Context(), Request{Version: version}, Local{}); err == nil {
		t.Error("the dead go on")
	}
	if err := <-ended; !errors.Is(err, ErrCallerGone) {
		t.Error(err)
	}
}

// TestHostDies: the caller is told, and what was to become a file is not left.
func TestHostDies(t *testing.T) {
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		if _, err := g.CreateTemp(g.Args[0], "x*"); err != nil {
			t.Error(err)
		}
		hangUp(g.conn)
		return 0
	})
	folder := t.TempDir()
	c := call1(t.Context(), dir, Request{Args: []string{folder}}, nil, Disk{})
	if !errors.Is(c.failed, ErrHostGone) {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
	empty(t, folder)
}

// TestHostStops: the commands of others end when the host's context does.
func TestHostStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	h, err := Listen(ctx, Options{Dir: t.TempDir(), Version: version, Handle: func(ctx context.Context, _ *Guest) int {
		stop()
		<-ctx.Done()
		return 4
	}})
	if err != nil {
		t.Fatal(err)
	}
	c := call1(t.Context(), h.options.Dir, Request{}, nil, Disk{})
	if c.failed != nil || c.exit != 4 {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	empty(t, h.options.Dir)
}

// held is an output that takes nothing until it may.
type held struct {
	io.Writer
	begun chan struct{}
	may   <-chan struct{}
	first bool
}

func (h *held) Write(p []byte) (int, error) {
	if !h.first {
		h.first = true
		close(h.begun)
	}
	<-h.may
	return h.Writer.Write(p)
}

const large = 20 << 20

// TestSlowReader: the host writes no faster than the caller reads, and all arrives.
func TestSlowReader(t *testing.T) {
	sum := sha256.New()
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		out := io.MultiWriter(g.Stdout(), sum)
		for i := range large / chunk {
			if _, err := out.Write(bytes.Repeat([]byte{byte(i)}, chunk)); err != nil {
				t.Error(err)
			}
		}
		return 0
	})
	line, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	may, got := make(chan struct{}), sha256.New()
	out := &held{Writer: got, begun: make(chan struct{}), may: may}
	go func() { <-out.begun; close(may) }()
	if exit, err := line.Call(t.Context(), Request{Version: version}, Local{Stdout: out}); err != nil || exit != 0 {
		t.Fatalf("%v, exit %d", err, exit)
	}
	if !bytes.Equal(sum.Sum(nil), got.Sum(nil)) {
		t.Error("other bytes arrived")
	}
}

// TestTooSlow: who keeps others waiting is cut off, and until then the host has not
// written more than a connection holds.
func TestTooSlow(t *testing.T) {
	var written atomic.Int64
	failed := make(chan error, 1)
	h, dir := listening(t, func(ctx context.Context, g *Guest) int {
		for range large / chunk {
			n, err := g.Stdout().Write(make([]byte, chunk))
			written.Add(int64(n))
			if err != nil {
				failed <- errors.Join(err, context.Cause(ctx))
				return 1
			}
		}
		failed <- nil
		return 0
	})
	line, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	may := make(chan struct{})
	out := &held{Writer: io.Discard, begun: make(chan struct{}), may: may}
	ended := make(chan error, 1)
	go func() {
		_, err := line.Call(t.Context(), Request{Version: version}, Local{Stdout: out})
		ended <- err
	}()
	<-out.begun
	if err := h.Close(); err != nil { // others wait
		t.Error(err)
	}
	if err := <-failed; !errors.Is(err, ErrCallerGone) {
		t.Errorf("the command ended with %v", err)
	}
	if n := written.Load(); n > large/4 {
		t.Errorf("%d bytes were written to somebody who read none", n)
	}
	close(may)
	if err := <-ended; !errors.Is(err, ErrHostGone) {
		t.Errorf("the caller heard %v", err)
	}
}

// TestTooSlowToAnswer: neither may a caller sit on a question.
func TestTooSlowToAnswer(t *testing.T) {
	reads := make(chan struct{})
	in, typed := io.Pipe()
	h, dir := listening(t, func(_ context.Context, g *Guest) int {
		if _, err := g.Stdin().Read(make([]byte, 1)); !errors.Is(err, ErrCallerGone) {
			t.Errorf("read: %v", err)
		}
		return 0
	})
	ended := make(chan *called, 1)
	go func() { ended <- call1(t.Context(), dir, Request{}, telling{in, reads}, Disk{}) }()
	<-reads
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	if c := <-ended; !errors.Is(c.failed, ErrHostGone) {
		t.Error(c.failed)
	}
	hangUpPipe(t, typed)
}

// TestCloseWaits: who is inside and goes on is waited for.
func TestCloseWaits(t *testing.T) {
	begun, done := make(chan struct{}), make(chan struct{})
	h, dir := listening(t, func(_ context.Context, g *Guest) int {
		close(begun)
		<-g.hurried
		for range 10 {
			if err := WriteFile(g, g.Args[0], make([]byte, 1<<20), 0o600); err != nil {
				t.Error(err)
			}
		}
		close(done)
		return 0
	})
	ended := make(chan *called, 1)
	go func() {
		ended <- call1(t.Context(), dir, Request{Args: []string{filepath.Join(t.TempDir(), "x")}}, nil, Disk{})
	}()
	<-begun
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-done:
	default:
		t.Error("closed with somebody inside")
	}
	if c := <-ended; c.failed != nil {
		t.Error(c.failed)
	}
}

func hangUpPipe(t *testing.T, w *io.PipeWriter) {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
