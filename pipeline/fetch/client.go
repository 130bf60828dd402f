package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"obzvon/pipeline/fetch/disk"
)

// Options say how a Client behaves. A zero field takes its default.
type Options struct {
	Version string         // of the program, for the User-Agent
	Contact string         // e-mail or page, for the User-Agent
	Timeout time.Duration  // longest wait for an answer or for its next bytes; default 30 s
	Pace    time.Duration  // least time between two requests to one host; default none
	Proxy   *url.URL       // nil = none, whatever the environment says
	Allow   []netip.Prefix // private addresses that may be asked all the same
	Roots   *x509.CertPool // authorities that are believed; nil = the machine's
	Waits   func(Wait)     // is told before each wait; may be called from several goroutines

	Clock  Clock             // default the wall's
	Jitter func() float64    // 0..1, spreads repeated attempts; default random
	Disk   disk.Disk         // default the real one
	Base   http.RoundTripper // carries requests in place of the network, unguarded: for tests
}

// Wait is a time in which nothing is asked, longer than the pace alone would
// make it.
type Wait struct {
	Host string
	For  time.Duration
	Why  error // what went wrong, or ErrTurn
}

const (
	defaultTimeout = 30 * time.Second

	attempts     = 5 // of one request without any progress
	firstBackoff = 2 * time.Second
	lastBackoff  = time.Minute
	patience     = 10 * time.Minute // the longest Retry-After that is waited for

	redirects = 5
)

// Client asks other people's servers. It may be used from several goroutines.
type Client struct {
	polite *polite
	clock  Clock
	jitter func() float64
	waits  func(Wait)
	disk   disk.Disk
	proxy  *url.URL
	base   *http.Transport // nil when Options.Base is given
}

// New makes a client. Close it when done.
func New(o Options) *Client {
	c := &Client{clock: o.Clock, jitter: o.Jitter, waits: o.Waits, disk: o.Disk, proxy: o.Proxy}
	if c.clock == nil {
		c.clock = wallClock{}
	}
	if c.jitter == nil {
		c.jitter = rand.Float64
	}
	if c.waits == nil {
		c.waits = func(Wait) {}
	}
	o.Timeout = cmp.Or(o.Timeout, defaultTimeout)
	p := &polite{
		base: o.Base, guard: guard{o.Allow}, clock: c.clock, agent: agent(o.Version, o.Contact), timeout: o.Timeout,
		pacer: &pacer{clock: c.clock, pace: o.Pace, waits: c.waits, next: map[string]time.Time{}},
	}
	if p.base == nil {
		c.base = network(o, p.guard)
		p.base = c.base
	}
	c.polite = p
	return c
}

// Disk is what the client writes through.
func (c *Client) Disk() disk.Disk { return c.disk }

// CheckAddress returns a *BlockedError for a URL whose host is written as an
// address that may not be asked. Where a name leads only asking shows.
func (c *Client) CheckAddress(raw string) error {
	u, err := parse(raw)
	if err != nil {
		return err
	}
	return c.polite.guard.checkHost(u.Hostname())
}

// Now is the time by the client's clock.
func (c *Client) Now() time.Time { return c.clock.Now() }

// Close drops idle connections.
func (c *Client) Close() {
	if c.base != nil {
		c.base.CloseIdleConnections()
	}
}

// agent names the program in the form that robots use.
func agent(version, contact string) string {
	name := "obzvon/" + cmp.Or(version, "dev")
	if contact != "" {
		name += "; +" + contact
	}
	return "Mozilla/5.0 (compatible; " + name + ")"
}

// network is the transport to the world. With a proxy the connection goes to
// the proxy, which the operator chose, so its address is not guarded.
func network(o Options, g guard) *http.Transport {
	dialer := &net.Dialer{Timeout: o.Timeout, KeepAlive: 30 * time.Second}
	t := &http.Transport{
		TLSHandshakeTimeout: o.Timeout, IdleConnTimeout: time.Minute,
		MaxIdleConns: 64, MaxIdleConnsPerHost: 2, MaxResponseHeaderBytes: 256 << 10, ReadBufferSize: 64 << 10,
	}
	if o.Proxy != nil {
		t.Proxy = http.ProxyURL(o.Proxy)
	} else {
		dialer.ControlContext = g.control
	}
	if o.Roots != nil {
		t.TLSClientConfig, t.ForceAttemptHTTP2 = &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12}, true
	}
	t.DialContext = dialer.DialContext
	return t
}

// answer is what a server said at the end of its redirects.
type answer struct {
	*http.Response
	url *url.URL
}

// follow asks once, going along with redirects. The body must be closed.
func (c *Client) follow(ctx context.Context, u *url.URL, header http.Header) (*answer, error) {
	for range redirects + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, withoutUser(u).String(), nil)
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrURL, Show(u))
		}
		req.Header = header.Clone()
		if u.User != nil {
			password, _ := u.User.Password()
			req.SetBasicAuth(u.User.Username(), password)
		}
		resp, err := c.polite.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		next, err := redirected(resp, u)
		if err == nil && next == nil {
			return &answer{Response: resp, url: u}, nil
		}
		_ = resp.Body.Close() // of no interest
		if err != nil {
			return nil, err
		}
		u = next
	}
	return nil, fmt.Errorf("%w: more than %d in a row", ErrRedirect, redirects)
}

func withoutUser(u *url.URL) *url.URL {
	v := *u
	v.User = nil
	return &v
}

// redirected returns where an answer sends, nil = nowhere.
func redirected(resp *http.Response, from *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	ref, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || resp.Header.Get("Location") == "" {
		return nil, fmt.Errorf("%w: it does not say where to", ErrRedirect)
	}
	next := from.ResolveReference(ref)
	next.Fragment, next.User = "", nil
	switch {
	case next.Hostname() == "" || (next.Scheme != "http" && next.Scheme != "https"):
		return nil, fmt.Errorf("%w: to another kind of address than http", ErrRedirect)
	case from.Scheme == "https" && next.Scheme == "http":
		return nil, fmt.Errorf("%w: from https to http", ErrRedirect)
	case next.Scheme == from.Scheme && next.Host == from.Host:
		next.User = from.User
	}
	return next, nil
}
