package socket

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// Local is what the command of a caller reads and writes.
type Local struct {
	Stdin          io.Reader // nil = nothing
	Stdout, Stderr io.Writer
	Files          Files
}

// Line is a connection to a host.
type Line struct{ conn *net.UnixConn }

// Dial connects to whoever listens in a folder. The error is ErrNoHost if nobody does.
func Dial(dir string) (*Line, error) {
	var conn *net.UnixConn
	err := address(dir, Name, func(short string) (err error) {
		conn, err = net.DialUnix("unix", nil, &net.UnixAddr{Name: short, Net: "unix"})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoHost, err)
	}
	return &Line{conn}, nil
}

// Close hangs up without a call.
func (l *Line) Close() error { return l.conn.Close() }

// Call has a command done and returns its exit code; afterwards the line is closed.
// When the context ends the host is told so, and the command ends there as it would
// here. Errors: ErrNoHost, the command was not begun, since the host is about to end
// or does not answer; ErrVersion; ErrHostGone. A read of standard input that waits
// when the call ends goes on until there is something to read.
func (l *Line) Call(ctx context.Context, r Request, at Local) (exit int, err error) {
	defer hangUp(l.conn)
	in := bufio.NewReader(l.conn)
	if err := l.begin(ctx, in, r); err != nil {
		return 0, err
	}
	c := call{conn: l.conn, local: at, desk: newDesk(at.Files), frames: make(chan frame), over: make(chan struct{})}
	var reading sync.WaitGroup
	reading.Go(func() { c.read(in) })
	exit, err = c.serve(ctx)
	close(c.over)
	hangUp(l.conn)
	reading.Wait()
	c.end()
	return exit, err
}

// hangUp closes a connection. What was written by then is the other's already.
func hangUp(conn *net.UnixConn) { _ = conn.Close() }

// begin shakes hands.
func (l *Line) begin(ctx context.Context, in *bufio.Reader, r Request) error {
	stop := context.AfterFunc(ctx, func() { _ = l.conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := l.conn.SetDeadline(time.Now().Add(handshake)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoHost, err)
	}
	f, err := l.greet(in, r)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNoHost, err)
	case f.kind == kindRefusal:
		return &VersionError{Host: string(f.payload), Caller: r.Version}
	case f.kind != kindWelcome:
		return fmt.Errorf("%w: %w", ErrNoHost, errFrame)
	}
	if !stop() {
		return context.Cause(ctx)
	}
	if err := l.conn.SetDeadline(time.Time{}); err != nil {
		return fmt.Errorf("%w: %w", ErrNoHost, err)
	}
	if _, err := l.conn.Write(appendFrame(nil, kindBegin)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoHost, err)
	}
	return nil
}

func (l *Line) greet(in io.Reader, r Request) (frame, error) {
	hello, err := json.Marshal(greet(r))
	if err != nil {
		return frame{}, err
	}
	if len(hello) > maxHello {
		return frame{}, fmt.Errorf("%d bytes of arguments and environment, at most %d", len(hello), maxHello)
	}
	if _, err := l.conn.Write(appendFrame(nil, kindHello, hello)); err != nil {
		return frame{}, err
	}
	return readFrame(in, maxFrame)
}

// call is a command that is being done.
type call struct {
	conn   *net.UnixConn
	local  Local
	desk   *desk
	frames chan frame // closed when the host is gone
	over   chan struct{}

	pending <-chan reply // of what the host has asked for; nil = nothing
	waits   op           // for what
}

// reply is an answer with its bytes.
type reply struct {
	answer
	data []byte
}

func (c *call) read(in io.Reader) {
	defer close(c.frames)
	for {
		f, err := readFrame(in, maxFrame)
		if err != nil {
			return
		}
		select {
		case c.frames <- f:
		case <-c.over:
			return
		}
	}
}

// serve does what the host wants until the command is done.
func (c *call) serve(ctx context.Context) (exit int, err error) {
	stopped := ctx.Done()
	var enough <-chan time.Time
	for {
		select {
		case f, ok := <-c.frames:
			if !ok {
				return 0, ErrHostGone
			}
			if f.kind == kindExit {
				return c.exit(f)
			}
			err = c.take(f)
		case r := <-c.pending:
			c.pending = nil
			err = c.reply(r)
		case <-stopped:
			stopped = nil
			wait := time.NewTimer(grace)
			defer wait.Stop()
			enough = wait.C
			err = c.stop()
		case <-enough:
			return 0, context.Cause(ctx)
		}
		if err != nil {
			return 0, err
		}
	}
}

// end gives back what the host has left open. A file that answers no more, a pipe
// say, is left to the end of the process.
func (c *call) end() {
	if c.pending != nil && c.waits != opStdin {
		wait := time.NewTimer(farewell)
		defer wait.Stop()
		select {
		case <-c.pending:
		case <-wait.C:
			return
		}
	}
	c.desk.close()
}

func (c *call) exit(f frame) (int, error) {
	code, err := strconv.Atoi(string(f.payload))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrHostGone, errFrame)
	}
	return code, nil
}

func (c *call) take(f frame) error {
	switch f.kind {
	case kindStdout:
		_, err := c.local.Stdout.Write(f.payload)
		return err
	case kindStderr:
		_, err := c.local.Stderr.Write(f.payload)
		return err
	case kindAsk:
		var q ask
		data, err := unpack(f.payload, &q)
		if err != nil || c.pending != nil {
			return fmt.Errorf("%w: a question: %w", ErrHostGone, errors.Join(errFrame, err))
		}
		done := make(chan reply, 1)
		c.pending, c.waits = done, q.Op
		go func() { done <- c.answer(q, data) }() // ends when the file or standard input has answered
		return nil
	case kindHello, kindBegin, kindCancel, kindAnswer, kindWelcome, kindRefusal, kindExit:
	}
	return fmt.Errorf("%w: %w", ErrHostGone, errFrame)
}

func (c *call) answer(q ask, data []byte) reply {
	if q.Op == opStdin {
		return readSome(c.local.Stdin, q.Size)
	}
	return c.desk.answer(q, data)
}

// stop tells the host that the caller was stopped. What waits for standard input
// need not wait any more.
func (c *call) stop() error {
	if _, err := c.conn.Write(appendFrame(nil, kindCancel)); err != nil {
		return nil //nolint:nilerr // the frames tell that the host is gone
	}
	if c.pending != nil && c.waits == opStdin {
		c.pending = nil
		return c.reply(reply{answer: answer{Error: carry(ErrCancelled)}})
	}
	return nil
}

func (c *call) reply(r reply) error {
	payload, err := pack(r.answer, r.data)
	if err != nil {
		return err
	}
	// The host may be gone after the answer; then the frames end.
	_, _ = c.conn.Write(appendFrame(nil, kindAnswer, payload))
	return nil
}
