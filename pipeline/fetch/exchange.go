package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// exchange is a request that was sent and its answer, until all of the body
// that matters has come: so long the host's door is closed to others.
type exchange struct {
	guest *Guest
	host  *host
	asked *request
	resp  *http.Response
	dog   *watchdog

	mu     sync.Mutex
	ignore func() bool // stops waiting for the end of the context
	over   bool
}

// ask sends a request in its turn.
func (g *Guest) ask(ctx context.Context, h *host, r *request) (*exchange, error) {
	select {
	case h.door <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e, err := g.send(ctx, h, r)
	if err != nil {
		<-h.door
		return nil, err
	}
	g.hosts.stay(h)
	e.mu.Lock()
	e.ignore = context.AfterFunc(e.dog.ctx, e.finish) // also when nobody reads or closes the body
	e.mu.Unlock()
	if d := g.leaveAlone(e.resp); d > 0 {
		g.hosts.hold(h, d, e.status())
	}
	return e, nil
}

// send tries the addresses of a host until one takes the connection.
func (g *Guest) send(ctx context.Context, h *host, r *request) (e *exchange, err error) {
	e = &exchange{guest: g, host: h, asked: r}
	within, dog := watch(ctx, g.clock, g.timeout)
	e.dog = dog
	defer func() {
		if err != nil {
			dog.stop()
		}
	}()
	addrs, err := g.resolve(within, r, g.hosts.lastAddress(h))
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	if len(addrs) == 0 {
		addrs = []netip.Addr{{}} // not ours to know
	}
	dog.rest()
	p := paces{max(g.o.Pace, r.delay), g.o.AddressPace}
	for _, a := range addrs[:min(len(addrs), addressees)] {
		if err = g.hosts.turn(ctx, h, a, p, g.o.Patience); err != nil {
			return nil, err
		}
		dog.begin(g.o.Total)
		if e.resp, err = g.sendTo(within, r, a); err == nil { //nolint:bodyclose // the exchange closes it, whoever ends it
			g.hosts.answered(h, a)
			return e, nil
		}
		err = dog.explain(err)
		if !errors.Is(err, ErrUnreachable) || within.Err() != nil {
			return nil, err
		}
		dog.rest()
		p.host = 0 // nothing has been asked of it yet
	}
	return nil, err
}

func (g *Guest) sendTo(ctx context.Context, r *request, a netip.Addr) (*http.Response, error) {
	if a.IsValid() {
		ctx = sendTo(ctx, a, r.port)
	}
	req := (&http.Request{
		Method: r.method, URL: r.url, Host: r.url.Host, Header: r.header,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	resp, err := g.base.RoundTrip(req)
	if err != nil {
		return nil, wayError(plain(err))
	}
	return resp, nil
}

// wayError names what went wrong before there was an answer.
func wayError(err error) error {
	if errors.Is(err, ErrCertificate) || errors.Is(err, ErrBlocked) || errors.Is(err, context.Canceled) {
		return err
	}
	op := (*net.OpError)(nil)
	late := net.Error(nil)
	switch {
	case errors.As(err, &op) && op.Op == "dial" && op.Timeout():
		return fmt.Errorf("%w: %w: %w", ErrTimeout, ErrUnreachable, err)
	case errors.As(err, &op) && op.Op == "dial":
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	case errors.As(err, &late) && late.Timeout():
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return fmt.Errorf("%w: before the answer: %w", ErrTruncated, err)
	default:
		return err
	}
}

// finish ends the exchange and opens the door; it may be called twice.
func (e *exchange) finish() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return
	}
	e.over = true
	e.ignore()
	_ = e.resp.Body.Close() // of no interest any more
	e.dog.stop()
	<-e.host.door
	e.guest.hosts.leave(e.host)
}

// drain reads what little stands in an answer of no interest, so that its
// connection serves the next request.
func (e *exchange) drain() {
	const little = 16 << 10
	if e.resp.ContentLength <= little {
		_, _ = io.CopyN(io.Discard, e.resp.Body, little) // else the connection is lost, no more
	}
}

func (e *exchange) status() error {
	return &StatusError{Code: e.resp.StatusCode, RetryAfter: retryAfter(e.resp, e.guest.clock.Now())}
}

// leaveAlone is how long an answer asks for its host to be left alone.
func (g *Guest) leaveAlone(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	if d := retryAfter(resp, g.clock.Now()); d > 0 {
		return min(d, longestRun)
	}
	return g.o.Hold
}

func redirects3xx(code int) bool {
	switch code {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	default:
		return false
	}
}

// next is where a redirect leads to.
func (e *exchange) next() (*url.URL, error) {
	to := e.resp.Header.Get("Location")
	if to == "" {
		return nil, fmt.Errorf("%w: it does not say where to", ErrRedirect)
	}
	u, err := e.asked.url.Parse(to)
	if err != nil {
		return nil, fmt.Errorf("%w: where to cannot be read", ErrRedirect)
	}
	if u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%w: to another kind of address than http", ErrRedirect)
	}
	u.Fragment, u.User = "", nil
	return u, nil
}
