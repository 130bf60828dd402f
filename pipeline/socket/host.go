package socket

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// Options say where a host listens and what it does for others.
type Options struct {
	Dir     string // its owner must be the only one who listens there
	Version string // of this program: others are refused
	// Patience is how long a guest that others wait for may take to read what was
	// written to it or to answer; then it is cut off.
	Patience time.Duration
	// Handle does one command and returns its exit code. It is called for several
	// guests at a time.
	Handle func(context.Context, *Guest) int
}

// Host does commands for others until it is closed.
type Host struct {
	options  Options
	listener *net.UnixListener
	turns    chan struct{} // one for each guest that is inside
	served   chan struct{} // closed when nobody is served any more

	mu       sync.Mutex
	shut     bool
	knocking map[*net.UnixConn]struct{} // not welcomed yet
	guests   map[*Guest]struct{}
}

// Listen makes the socket (mode 0600), in place of one that a dead process has left,
// and serves until the host is closed. When the context ends nobody is let in any
// more, and the commands of those inside are cancelled. Close the host in either case.
func Listen(ctx context.Context, o Options) (*Host, error) {
	l, err := listen(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("listen in %s: %w", o.Dir, err)
	}
	h := &Host{
		options: o, listener: l, turns: make(chan struct{}, most), served: make(chan struct{}),
		knocking: map[*net.UnixConn]struct{}{}, guests: map[*Guest]struct{}{},
	}
	go h.serve(ctx)
	return h, nil
}

// listen makes the socket under a name of its own, so that it never stands open to
// others and takes the place of an old one at once.
func listen(dir string) (l *net.UnixListener, err error) {
	own := "." + Name + "-" + strconv.Itoa(os.Getpid())
	path := filepath.Join(dir, own)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	err = address(dir, own, func(short string) (err error) {
		l, err = net.ListenUnix("unix", &net.UnixAddr{Name: short, Net: "unix"})
		return err
	})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false) // it would take the name of that time
	err = os.Chmod(path, 0o600)
	if err == nil {
		err = os.Rename(path, filepath.Join(dir, Name))
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), os.Remove(path))
	}
	return l, nil
}

// Close lets nobody in any more, waits for those inside, who must not be slow now,
// and takes the socket away.
func (h *Host) Close() error {
	err := h.stop()
	<-h.served
	if err != nil {
		return fmt.Errorf("stop listening in %s: %w", h.options.Dir, err)
	}
	return nil
}

// stop lets nobody in any more.
func (h *Host) stop() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for g := range h.guests {
		g.Hurry()
	}
	if h.shut {
		return nil
	}
	h.shut = true
	for conn := range h.knocking {
		hangUp(conn)
	}
	err := os.Remove(filepath.Join(h.options.Dir, Name))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, h.listener.Close())
}

func (h *Host) serve(ctx context.Context) {
	defer close(h.served)
	defer context.AfterFunc(ctx, func() { _ = h.stop() })() // what stays of the socket Close tells, or the next to listen removes
	var inside sync.WaitGroup
	defer inside.Wait()
	pause := time.Duration(0)
	for {
		conn, err := h.listener.AcceptUnix()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // no descriptors, perhaps; somebody will give one back
			pause = min(2*pause+5*time.Millisecond, time.Second)
			wait := time.NewTimer(pause)
			select {
			case <-wait.C:
			case <-ctx.Done():
				wait.Stop()
			}
			continue
		}
		pause = 0
		h.turns <- struct{}{}
		inside.Go(func() {
			defer func() { <-h.turns }()
			h.attend(ctx, conn)
		})
	}
}

// attend does the command of one connection.
func (h *Host) attend(ctx context.Context, conn *net.UnixConn) {
	defer hangUp(conn)
	g, ok := h.admit(conn)
	if !ok {
		return
	}
	defer h.leave(g)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	g.cancel = cancel
	var listening sync.WaitGroup
	listening.Go(g.listen)
	code := h.options.Handle(ctx, g)
	g.end(code)
	listening.Wait()
}

// admit hears what a caller wants. What goes wrong here the caller finds out by
// itself: it hears no welcome.
func (h *Host) admit(conn *net.UnixConn) (*Guest, bool) {
	uid, known := peerID(conn)
	if known && uid != os.Geteuid() && uid != 0 || !h.knock(conn) {
		return nil, false
	}
	defer h.knocked(conn)
	if conn.SetDeadline(time.Now().Add(handshake)) != nil {
		return nil, false
	}
	in := bufio.NewReader(conn)
	f, err := readFrame(in, maxHello)
	var hello greeting
	if err != nil || f.kind != kindHello || json.Unmarshal(f.payload, &hello) != nil {
		return nil, false
	}
	if hello.Version != h.options.Version {
		_, _ = conn.Write(appendFrame(nil, kindRefusal, []byte(h.options.Version)))
		return nil, false
	}
	g := newGuest(conn, in, hello.request(), h.options.Patience)
	g.Who = nameOf(uid, known, g.User)
	if !h.enter(g) {
		return nil, false
	}
	if _, err := conn.Write(appendFrame(nil, kindWelcome)); err == nil {
		f, err = readFrame(in, maxFrame)
		if err == nil && f.kind == kindBegin && conn.SetDeadline(time.Time{}) == nil {
			return g, true
		}
	}
	h.leave(g)
	return nil, false
}

// knock counts a connection among those that were not welcomed yet, unless nobody
// is let in any more.
func (h *Host) knock(conn *net.UnixConn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.shut {
		h.knocking[conn] = struct{}{}
	}
	return !h.shut
}

func (h *Host) knocked(conn *net.UnixConn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.knocking, conn)
}

// enter counts a guest among those inside, unless nobody is let in any more.
func (h *Host) enter(g *Guest) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.shut {
		delete(h.knocking, g.conn)
		h.guests[g] = struct{}{}
	}
	return !h.shut
}

func (h *Host) leave(g *Guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.guests, g)
}

// nameOf is who a caller is: as the kernel says, or else as it says itself.
func nameOf(uid int, known bool, said string) string {
	if known {
		if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
			return u.Username
		}
	}
	return said
}
