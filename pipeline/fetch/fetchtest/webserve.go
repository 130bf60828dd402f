package fetchtest

import (
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// listen takes the same two ports at all addresses.
func (w *Web) listen(t testing.TB) {
	t.Helper()
	const tries = 20
	var err error
	for range tries {
		if err = w.tryListen(); err == nil {
			return
		}
	}
	t.Fatalf("listen at the loopback: %v", err)
}

// block is the part of the loopback that the hosts live in; Linux answers for
// all of 127.0.0.0/8.
var (
	block     = netip.MustParsePrefix("127.100.0.0/16")
	deadEnd   = netip.MustParseAddr("127.100.255.254")
	outside   = netip.MustParseAddr("127.200.0.1")
	onlyPlace = netip.MustParseAddr("127.0.0.1")
)

func (w *Web) tryListen() error {
	places := make([]netip.Addr, 0, w.o.Addresses)
	for i := range w.o.Addresses {
		places = append(places, netip.AddrFrom4([4]byte{127, 100, byte(1 + i/250), byte(1 + i%250)}))
	}
	w.allow, w.dead, w.forbidden = []netip.Prefix{block}, deadEnd, outside
	if probe, err := net.Listen("tcp", netip.AddrPortFrom(places[0], 0).String()); err != nil {
		places = []netip.Addr{onlyPlace}
		w.allow, w.dead, w.forbidden = []netip.Prefix{netip.PrefixFrom(onlyPlace, 32)}, onlyPlace, netip.Addr{}
	} else {
		_ = probe.Close()
	}
	plain, err := sameport(places, w.forbidden)
	if err != nil {
		return err
	}
	secure, err := sameport(places, w.forbidden)
	if err != nil {
		shut(plain)
		return err
	}
	w.addresses, w.plain, w.secure = places, portOf(plain[0]), portOf(secure[0])
	config := &tls.Config{GetCertificate: w.certificate, NextProtos: []string{"http/1.1"}}
	for i := range plain {
		if i >= len(places) {
			plain[i], secure[i] = fenced{plain[i], w}, fenced{secure[i], w}
		}
		for _, l := range []net.Listener{plain[i], tls.NewListener(secure[i], config)} {
			w.doors.Go(func() { _ = w.server.Serve(l) }) // ends with the server
		}
	}
	return nil
}

// sameport listens at all places on one port.
func sameport(places []netip.Addr, more netip.Addr) (open []net.Listener, err error) {
	if more.IsValid() {
		places = append(places[:len(places):len(places)], more)
	}
	port := uint16(0)
	for _, a := range places {
		l, err := net.Listen("tcp", netip.AddrPortFrom(a, port).String())
		if err != nil {
			shut(open)
			return nil, err
		}
		open = append(open, l)
		port = portOf(l)
	}
	return open, nil
}

func shut(all []net.Listener) {
	for _, l := range all {
		_ = l.Close()
	}
}

func portOf(l net.Listener) uint16 {
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		return uint16(a.Port)
	}
	return 0
}

// fenced counts who comes where nobody may.
type fenced struct {
	net.Listener
	web *Web
}

func (f fenced) Accept() (net.Conn, error) {
	c, err := f.Listener.Accept()
	if err == nil {
		f.web.mu.Lock()
		f.web.trespass++
		f.web.mu.Unlock()
	}
	return c, err
}

// ServeHTTP implements http.Handler.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if !w.enter() {
		panic(http.ErrAbortHandler)
	}
	defer w.doors.Done()
	s := w.begin(r)
	if s == nil {
		http.Error(rw, "no such host", http.StatusMisdirectedRequest)
		return
	}
	out := &counted{ResponseWriter: rw, done: sync.OnceFunc(func() { w.done(s) })}
	defer out.done()
	if s.Latency > 0 && !pause(r, s.Latency) {
		panic(http.ErrAbortHandler)
	}
	s.ServeHTTP(out, r)
}

func (w *Web) enter() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.doors.Add(1)
	}
	return !w.closed
}

// begin writes the log.
func (w *Web) begin(r *http.Request) *site {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	host = strings.ToLower(host)
	hit := Hit{Host: host, Method: r.Method, Path: r.URL.RequestURI(), TLS: r.TLS != nil}
	hit.From, _ = netip.ParseAddrPort(r.RemoteAddr)
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr); ok {
		hit.Address = a.AddrPort().Addr().Unmap()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count++
	if !w.o.Quiet {
		hit.Header = r.Header.Clone()
		hit.At = w.o.Now()
		w.hits = append(w.hits, hit)
	}
	s := w.sites[host]
	if s != nil {
		s.now++
		s.most = max(s.most, s.now)
	}
	return s
}

func (w *Web) done(s *site) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.now--
}

// pause waits; false = the client has gone.
func pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// ServeHTTP implements http.Handler.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s.Pages[r.URL.Path]
	switch {
	case r.URL.Path == "/robots.txt" && s.Robots != nil:
		s.Robots.ServeHTTP(w, r)
	case ok && s.Gzip && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"):
		packed(w, f)
	case ok:
		Plain(nil, w, r, typed(f))
	case s.Handler != nil:
		s.Handler.ServeHTTP(w, r)
	default:
		http.NotFound(w, r)
	}
}

func typed(f File) File {
	if f.Type == "" {
		f.Type = "text/html; charset=utf-8"
	}
	return f
}

func packed(w http.ResponseWriter, f File) {
	w.Header().Set("Content-Type", typed(f).Type)
	w.Header().Set("Content-Encoding", "gzip")
	if f.ETag != "" {
		w.Header().Set("ETag", f.ETag)
	}
	z := gzip.NewWriter(w)
	_, _ = z.Write(f.Content) // the client may go
	_ = z.Close()
}

// counted tells when an answer is over: before its last byte goes out, for the
// client may be back before the handler returns.
type counted struct {
	http.ResponseWriter
	done func()
	sent int64
}

func (c *counted) Write(p []byte) (int, error) {
	c.sent += int64(len(p))
	if text := c.Header().Get("Content-Length"); text != "" {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && c.sent >= n {
			c.done()
		}
	}
	return c.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// URL is the address of a path at a host: http://firm0001.example/path.
func URL(name, path string) string { return fmt.Sprintf("http://%s%s", name, path) }
