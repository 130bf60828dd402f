package socket

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// Guest is a command of another process while the host does it. Its files are the
// caller's. It is safe for concurrent use, but one open file of it is not.
type Guest struct {
	Request
	Who string // the caller's user

	conn     *net.UnixConn
	in       *bufio.Reader
	patience time.Duration
	cancel   context.CancelCauseFunc

	answers chan frame
	gone    chan struct{} // closed when the caller is
	hurried chan struct{} // closed when others wait for this guest
	hurry   sync.Once

	asking  sync.Mutex // one question at a time
	writing sync.Mutex
}

func newGuest(conn *net.UnixConn, in *bufio.Reader, r Request, patience time.Duration) *Guest {
	return &Guest{
		Request: r, conn: conn, in: in, patience: patience, cancel: func(error) {},
		answers: make(chan frame, 1), gone: make(chan struct{}), hurried: make(chan struct{}),
	}
}

// Hurry is called when others wait for this guest: from now on it is cut off if the
// caller keeps it waiting. Until then a caller may take its time, with a pager say.
func (g *Guest) Hurry() {
	g.hurry.Do(func() {
		close(g.hurried)
		_ = g.conn.SetWriteDeadline(time.Now().Add(g.patience)) // a closed one needs none
	})
}

// listen hears the caller until it is gone.
func (g *Guest) listen() {
	defer close(g.gone)
	for {
		f, err := readFrame(g.in, maxFrame)
		switch {
		case err != nil:
			g.cut(ErrCallerGone)
			return
		case f.kind == kindCancel:
			g.cancel(ErrCancelled)
			continue
		}
		select {
		case g.answers <- f:
		default: // nobody has asked
			g.cut(ErrCallerGone)
			return
		}
	}
}

// cut ends the command of a caller with which nothing can be done any more.
func (g *Guest) cut(cause error) {
	g.cancel(cause)
	hangUp(g.conn)
}

// send writes one frame.
func (g *Guest) send(k kind, payload ...[]byte) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	select {
	case <-g.hurried:
		if err := g.conn.SetWriteDeadline(time.Now().Add(g.patience)); err != nil {
			return ErrCallerGone
		}
	default:
	}
	if _, err := g.conn.Write(appendFrame(nil, k, payload...)); err != nil {
		g.cut(ErrCallerGone) // what came of the frame nobody knows
		return fmt.Errorf("%w: %w", ErrCallerGone, err)
	}
	return nil
}

// end sends the exit code and waits a moment for the caller to hang up: a
// connection that is closed with something unread in it loses what was written.
func (g *Guest) end(code int) {
	err := g.send(kindExit, []byte(strconv.Itoa(code)))
	if err == nil {
		err = g.conn.SetReadDeadline(time.Now().Add(farewell))
	}
	if err == nil {
		err = g.conn.CloseWrite()
	}
	if err != nil {
		hangUp(g.conn)
	}
}

// ask has the caller do something with its files or its standard input.
func (g *Guest) ask(q ask, data []byte) (answer, []byte, error) {
	g.asking.Lock()
	defer g.asking.Unlock()
	payload, err := pack(q, data)
	if err != nil {
		return answer{}, nil, err
	}
	if err := g.send(kindAsk, payload); err != nil {
		return answer{}, nil, err
	}
	f, err := g.answer()
	if err != nil {
		return answer{}, nil, err
	}
	var a answer
	bytes, err := unpack(f.payload, &a)
	if err != nil || f.kind != kindAnswer || len(bytes) > max(q.Size, 0) || a.Size < 0 || a.Size > len(data) {
		g.cut(ErrCallerGone)
		return answer{}, nil, errors.Join(fmt.Errorf("an answer to %s: %w", q.Op, errFrame), err)
	}
	return a, bytes, a.Error.err()
}

// answer waits for one; in a hurry not for ever.
func (g *Guest) answer() (frame, error) {
	hurried := g.hurried
	var late <-chan time.Time
	for {
		select {
		case f := <-g.answers:
			return f, nil
		case <-g.gone:
			return frame{}, ErrCallerGone
		case <-hurried:
			hurried = nil
			wait := time.NewTimer(g.patience)
			defer wait.Stop()
			late = wait.C
		case <-late:
			g.cut(ErrCallerGone)
			late = nil
		}
	}
}

// Stdout is the caller's standard output.
func (g *Guest) Stdout() io.Writer { return output{g, kindStdout} }

// Stderr is the caller's standard error.
func (g *Guest) Stderr() io.Writer { return output{g, kindStderr} }

type output struct {
	guest *Guest
	kind  kind
}

func (o output) Write(p []byte) (int, error) {
	for n := 0; n < len(p); {
		size := min(len(p)-n, chunk)
		if err := o.guest.send(o.kind, p[n:n+size]); err != nil {
			return n, err
		}
		n += size
	}
	return len(p), nil
}

// Stdin is the caller's standard input.
func (g *Guest) Stdin() io.Reader { return input{g} }

type input struct{ guest *Guest }

func (i input) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	a, data, err := i.guest.ask(ask{Op: opStdin, Size: min(len(p), chunk)}, nil)
	n := copy(p, data)
	if err == nil && a.EOF && n == 0 {
		err = io.EOF
	}
	return n, err
}
