package fetchtest

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
)

// WebOptions say what a Web is like. A zero field takes its default.
type WebOptions struct {
	Addresses int              // of the loopback, over which the hosts are spread in turn; default 16
	Now       func() time.Time // the server's clock, for the log; default time.Now
	Quiet     bool             // no log of requests, only counts: for benchmarks
}

// Web is a local web of many hosts: one server, told apart by name, on several
// addresses of the loopback (one where the system has no others), with a
// resolver that knows the names and can lie. Ask it as
//
//	web := fetchtest.NewWeb(t, fetchtest.WebOptions{})
//	web.Put(fetchtest.Name(1), fetchtest.Site{Pages: map[string]fetchtest.File{"/": {Content: page}}})
//	client := fetch.New(fetch.Options{Allow: web.Allow()})
//	guest := client.Guest(web.Guest(fetch.GuestOptions{}))
//	… http://firm0001.example/ or https://firm0001.example/
//
// without ports: the guest is told to connect to the server's. It ends with the
// test, after the guest was closed.
type Web struct {
	o         WebOptions
	server    *http.Server
	plain     uint16 // ports
	secure    uint16
	addresses []netip.Addr
	allow     []netip.Prefix
	dead      netip.Addr // nobody listens there
	forbidden netip.Addr // somebody does, outside of Allow; zero = the system has none
	authority *authority
	doors     sync.WaitGroup // of listeners and handlers

	mu       sync.Mutex
	sites    map[string]*site
	lies     map[string][][]netip.Addr
	lookups  map[string]int
	hits     []Hit
	count    int
	trespass int
	closed   bool
}

// Site is a host of a Web. The zero value answers 404 to everything.
type Site struct {
	Pages   map[string]File // by path; Type "" is HTML in UTF-8
	Handler http.Handler    // answers all other paths; nil = 404
	Robots  http.Handler    // answers /robots.txt; nil = as any other path

	Latency     time.Duration // before each answer begins
	Gzip        bool          // Pages are packed for who accepts it
	Address     int           // which address it lives at, from 1; 0 = the next in turn
	Dead        bool          // nobody takes its connections
	Certificate Certificate   // for https
}

type site struct {
	Site
	address netip.Addr
	now     int // requests being answered
	most    int
}

// Hit is a request as the server saw it.
type Hit struct {
	Host    string // as asked for, without port
	Method  string
	Path    string // with query
	Header  http.Header
	TLS     bool
	At      time.Time      // by the server's clock
	Address netip.Addr     // of the server
	From    netip.AddrPort // of the client
}

// Name is the name of a host: firm0001.example.
func Name(i int) string { return fmt.Sprintf("firm%04d.example", i) }

// NewWeb starts an empty web.
func NewWeb(t testing.TB, o WebOptions) *Web {
	t.Helper()
	const addresses = 16
	if o.Addresses <= 0 {
		o.Addresses = addresses
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	w := &Web{
		o: o, sites: map[string]*site{}, lies: map[string][][]netip.Addr{}, lookups: map[string]int{},
		authority: newAuthority(t),
	}
	w.server = &http.Server{Handler: w, ErrorLog: silent(), ReadHeaderTimeout: time.Minute}
	w.listen(t)
	t.Cleanup(func() {
		_ = w.server.Close()
		w.mu.Lock()
		w.closed = true
		w.mu.Unlock()
		w.doors.Wait()
	})
	return w
}

// Put adds a host or puts another in its place.
func (w *Web) Put(name string, s Site) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := s.Address - 1
	if at < 0 {
		at = len(w.sites)
	}
	p := &site{Site: s, address: w.addresses[at%len(w.addresses)]}
	if s.Dead {
		p.address = w.dead
	}
	w.sites[strings.ToLower(name)] = p
}

// Allow is what a client must be allowed to ask: the addresses of the hosts
// and no other.
func (w *Web) Allow() []netip.Prefix { return append([]netip.Prefix(nil), w.allow...) }

// Addresses are those over which the hosts are spread.
func (w *Web) Addresses() []netip.Addr { return append([]netip.Addr(nil), w.addresses...) }

// Forbidden is an address of this machine outside of Allow, at which a server
// listens and counts connections: they must stay 0. Where the system has none
// it is 169.254.169.254, and nobody counts.
func (w *Web) Forbidden() netip.Addr {
	if w.forbidden.IsValid() {
		return w.forbidden
	}
	return netip.MustParseAddr("169.254.169.254")
}

// Trespasses is how many connections came to Forbidden.
func (w *Web) Trespasses() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trespass
}

// Guest completes the options of a guest of this web: its resolver, its
// certificates, its ports in place of 80 and 443.
func (w *Web) Guest(o fetch.GuestOptions) fetch.GuestOptions {
	o.Resolver, o.Roots = w.Resolver(), w.authority.roots()
	o.Ports = map[uint16]uint16{80: w.plain, 443: w.secure}
	return o
}

// Transport is a bare transport to this web, without any of a guest's care: to
// measure beside. Close its idle connections before the test ends.
func (w *Web) Transport() *http.Transport {
	return &http.Transport{
		DialContext:     w.dial,
		TLSClientConfig: &tls.Config{RootCAs: w.authority.roots()},
	}
}

// Hits is the log of requests, in the order in which they came.
func (w *Web) Hits() []Hit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Hit(nil), w.hits...)
}

// HitsOf is the log of one host.
func (w *Web) HitsOf(name string) []Hit {
	var of []Hit
	for _, h := range w.Hits() {
		if h.Host == name {
			of = append(of, h)
		}
	}
	return of
}

// Count is how many requests came.
func (w *Web) Count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

// Forget begins the log and the counts anew.
func (w *Web) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hits, w.count, w.trespass = nil, 0, 0
	clear(w.lookups)
	for _, s := range w.sites {
		s.most = s.now
	}
}

// MostAtOnce is how many requests of a host were answered at the same time at
// most. An answer that the client broke off may be counted a moment too long.
func (w *Web) MostAtOnce(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.sites[name]; s != nil {
		return s.most
	}
	return 0
}
