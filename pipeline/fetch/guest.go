package fetch

import (
	"cmp"
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// GuestOptions say how a Guest behaves. A zero field takes its default.
type GuestOptions struct {
	Token string // by which robots.txt calls us; default "obzvon"

	Pace        time.Duration // least time between two requests to one host; default the Client's; negative = none
	AddressPace time.Duration // the same for one address of IPv4 or /64 of IPv6, on which many sites may live; default a quarter of Pace; negative = none
	CrawlDelay  time.Duration // the longest Crawl-delay that is honoured, a longer one is ErrCrawlDelay; default 30 s
	Patience    time.Duration // the longest wait for a turn, a longer one is a *LaterError; default 1 min
	Hold        time.Duration // how long a host is left alone after 429 or 503 without Retry-After; default 1 min

	Timeout time.Duration // longest wait for an answer or for its next bytes; default the Client's
	Total   time.Duration // for one request from its turn to the end of the body; default 1 min
	Limit   int64         // bytes of a body, unpacked; default 4 MiB
	Packed  int64         // bytes of a body on the wire; default Limit
	Ratio   int           // unpacked bytes for one packed, counted from 256 KiB on; default 200

	RobotsFor   time.Duration // how long a robots.txt is believed; default and at most 24 h (RFC 9309, section 2.4)
	RobotsLater time.Duration // how long a host whose robots.txt could not be had is left alone; default 15 min

	Hosts       int // remembered at once; default 8192
	RobotsBytes int // of all robots.txt remembered; default 32 MiB
	Idle        int // connections kept open for the next request; default 256

	Resolver Resolver          // default the machine's
	Roots    *x509.CertPool    // authorities that are believed; default the machine's
	Ports    map[uint16]uint16 // connect to another port than the URL says: for tests
}

const (
	robotsFor  = 24 * time.Hour
	longestRun = 24 * time.Hour // for which a Retry-After is believed
	hops       = 5              // of a robots.txt (RFC 9309, section 2.3.1.2)
	addressees = 3              // addresses of one host that are tried
	ratioFrom  = 256 << 10
)

func (o *GuestOptions) fill(c *Client) {
	o.Token = cmp.Or(o.Token, "obzvon")
	o.Pace = cmp.Or(o.Pace, c.polite.pacer.pace)
	o.AddressPace = cmp.Or(o.AddressPace, o.Pace/4)
	o.Pace, o.AddressPace = max(o.Pace, 0), max(o.AddressPace, 0)
	o.CrawlDelay = cmp.Or(o.CrawlDelay, 30*time.Second)
	o.Patience = cmp.Or(o.Patience, time.Minute)
	o.Hold = cmp.Or(o.Hold, time.Minute)
	o.Timeout = cmp.Or(o.Timeout, c.polite.timeout)
	o.Total = cmp.Or(o.Total, time.Minute)
	o.Limit = cmp.Or(o.Limit, 4<<20)
	o.Packed = cmp.Or(o.Packed, o.Limit)
	o.Ratio = cmp.Or(o.Ratio, 200)
	o.RobotsFor = min(cmp.Or(o.RobotsFor, robotsFor), robotsFor)
	o.RobotsLater = cmp.Or(o.RobotsLater, 15*time.Minute)
	o.Hosts = cmp.Or(o.Hosts, 8192)
	o.RobotsBytes = cmp.Or(o.RobotsBytes, 32<<20)
	o.Idle = cmp.Or(o.Idle, 256)
	if o.Resolver == nil && c.base != nil {
		o.Resolver = newSystem()
	}
}

// Guest is an http.RoundTripper for going through strangers' sites, for
// http.Client and colly alike; each hop of a redirect passes through it. It may
// be used from several goroutines.
//
// A request passes, in this order: its address and host are checked; the
// robots.txt of its scheme, host and port is read, if it is not known, and
// obeyed; one request at a time goes to a host (all ports), so a body must be
// read to its end or closed before the same goroutine asks the host again; its
// name is resolved, once, and every address found is checked; it waits for the
// turn of host and address; it is sent to the checked address, under our name,
// without Referer, credentials and any header but Accept, Accept-Language,
// Cookie, If-None-Match and If-Modified-Since. The Guest itself keeps no
// cookies.
//
// What comes back without an error is a page (2xx of HTML, XHTML, plain text or
// XML; unpacked, whatever its Content-Encoding was), "not modified" (304), or
// a redirect; all else is an error, told apart by Outcome, and its body is
// gone. Reading a page may end in pipeline.ErrTooLarge, ErrTimeout,
// ErrTruncated or pipeline.ErrDamaged; a limit set by the caller (colly's
// MaxBodySize) would cut without a word, so set none.
//
// For colly: WithTransport(guest), SetRedirectHandler(CheckRedirect(5)), its own
// robots.txt and limits off.
//
// With a proxy names are the proxy's to resolve; addresses written in URLs are
// checked all the same, and there is no pace by address.
type Guest struct {
	o        GuestOptions
	guard    guard
	clock    Clock
	agent    string
	timeout  time.Duration
	resolver Resolver // nil = names are not ours to resolve
	hosts    *hosts
	zips     unpackers
	base     http.RoundTripper
	network  *http.Transport // nil when the Client's Options.Base is given
}

// Guest makes a guest that asks under the client's name, clock, proxy and
// allowed prefixes. Close it when done.
//
// Of a client with Options.Base requests go there; names are resolved and
// checked only by a Resolver that is given.
func (c *Client) Guest(o GuestOptions) *Guest {
	o.fill(c)
	g := &Guest{
		o: o, guard: c.polite.guard, clock: c.clock, agent: c.polite.agent, timeout: o.Timeout,
		resolver: o.Resolver, hosts: newHosts(c.clock, o.Hosts, o.RobotsBytes),
	}
	if c.proxy != nil {
		g.resolver = nil
	}
	if c.base == nil {
		g.base = c.polite.base
		return g
	}
	g.network = g.transport(c.proxy)
	g.base = g.network
	return g
}

// Close drops idle connections.
func (g *Guest) Close() {
	if g.network != nil {
		g.network.CloseIdleConnections()
	}
}

// request is one that has passed the first checks.
type request struct {
	method  string
	url     *url.URL // without user and fragment, the host written in the one way
	host    string
	port    uint16
	literal netip.Addr // the host, if it is written as an address
	header  http.Header
	delay   time.Duration // Crawl-delay of the host
}

// origin is, at one host, what a robots.txt is for.
type origin struct {
	scheme string
	port   uint16
}

func (r *request) origin() origin { return origin{r.url.Scheme, r.port} }

// RoundTrip implements http.RoundTripper.
func (g *Guest) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	r, err := g.check(req)
	if err != nil {
		return nil, err
	}
	h := g.hosts.enter(r.host)
	defer g.hosts.leave(h)
	if r.delay, err = g.permitted(req.Context(), h, r); err != nil {
		return nil, err
	}
	e, err := g.ask(req.Context(), h, r)
	if err != nil {
		return nil, err
	}
	resp, err := g.receive(e)
	if err != nil {
		e.finish()
		return nil, err
	}
	resp.Request = req
	return resp, nil
}

// check reads a request and refuses what no guest asks.
func (g *Guest) check(req *http.Request) (*request, error) {
	if req.Method != "" && req.Method != http.MethodGet && req.Method != http.MethodHead {
		return nil, fmt.Errorf("%w: by %s: a guest only reads", ErrURL, req.Method)
	}
	r, err := g.address(req.URL)
	if err != nil {
		return nil, err
	}
	r.method = cmp.Or(req.Method, http.MethodGet)
	r.header = g.header(req.Header)
	return r, nil
}

// address reads a URL and checks a host that is written as an address.
func (g *Guest) address(u *url.URL) (*request, error) {
	port := map[string]uint16{"http": 80, "https": 443}[u.Scheme]
	if port == 0 || u.Opaque != "" {
		return nil, fmt.Errorf("%w: scheme %q", ErrURL, u.Scheme)
	}
	host, err := hostOf(u.Hostname())
	if err != nil {
		return nil, err
	}
	if p := u.Port(); p != "" {
		n, ok := number(p)
		if !ok || n < 1 || n > 65535 {
			return nil, fmt.Errorf("%w: port %q", ErrURL, p)
		}
		port = uint16(n)
	}
	addr, err := literal(host)
	if err == nil && addr.IsValid() {
		err = g.guard.check(addr)
	} else if err == nil && host == "localhost" {
		err = g.guard.checkHost(host)
	}
	if err != nil {
		return nil, err
	}
	v := *u
	v.User, v.Fragment, v.RawFragment = nil, "", ""
	v.Host = hostPort(host, u.Port())
	return &request{url: &v, host: host, port: port, literal: addr}, nil
}

// passed are the headers of a caller that go out.
var passed = [...]string{"Accept", "Accept-Language", "Cookie", "If-None-Match", "If-Modified-Since"}

func (g *Guest) header(from http.Header) http.Header {
	h := http.Header{"User-Agent": {g.agent}, "Accept-Encoding": {"gzip"}}
	for _, name := range passed {
		if v := from[name]; len(v) > 0 {
			h[name] = v
		}
	}
	if h["Accept"] == nil {
		h["Accept"] = []string{"text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8"}
	}
	return h
}

// Sitemaps are the addresses that the robots.txt of a URL's host names, as
// written; nil until a request has been made to the host.
func (g *Guest) Sitemaps(u *url.URL) []string {
	r, err := g.address(u)
	if err != nil {
		return nil
	}
	h := g.hosts.enter(r.host)
	defer g.hosts.leave(h)
	m := g.hosts.known(h, r.origin())
	if m == nil || m.rules == nil {
		return nil
	}
	return m.rules.Sitemaps()
}

// CheckRedirect is for http.Client and colly: at most so many redirects in a
// row, and no circle.
func CheckRedirect(most int) func(req *http.Request, via []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if len(via) > most {
			return fmt.Errorf("%w: more than %d in a row", ErrRedirect, most)
		}
		seen := 0
		for _, v := range via {
			if *v.URL == *req.URL {
				seen++ // once is how sites look whether cookies come back
			}
		}
		if seen > 1 {
			return fmt.Errorf("%w: in a circle", ErrRedirect)
		}
		return nil
	}
}

// destination is the key of the address that a request's connection goes to.
type destination struct{}

func sendTo(ctx context.Context, a netip.Addr, port uint16) context.Context {
	return context.WithValue(ctx, destination{}, netip.AddrPortFrom(a, port))
}
