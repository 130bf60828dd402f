package fetch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"testing"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// resolver is a fetch.Resolver that is a function.
type resolver func(ctx context.Context, host string) ([]netip.Addr, error)

func (r resolver) LookupNetIP(ctx context.Context, _, host string) ([]netip.Addr, error) {
	return r(ctx, host)
}

func TestGuestByIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6: ", err)
	}
	srv := &httptest.Server{Listener: l, Config: &http.Server{Handler: fetchtest.Text("text/html", "six")}}
	srv.Start()
	t.Cleanup(srv.Close)
	port := l.Addr().(*net.TCPAddr).Port
	answer := []netip.Addr{netip.MustParseAddr("::1")}
	s := visit(t, func(o *fetch.Options, g *fetch.GuestOptions) {
		o.Allow = []netip.Prefix{netip.MustParsePrefix("::1/128")}
		g.Ports = map[uint16]uint16{80: uint16(port)}
		g.Resolver = resolver(func(context.Context, string) ([]netip.Addr, error) { return answer, nil })
	})
	for _, u := range []string{"http://six.example/", "http://[::1]/", "http://[0:0::0:1]:80/"} {
		if body, err := s.get(t, u); err != nil || body != "six" {
			t.Errorf("%s: %q, %v", u, body, err)
		}
	}
	answer = []netip.Addr{netip.MustParseAddr("::1"), netip.MustParseAddr("fd00:ec2::254")}
	if _, err := s.get(t, "http://six.example/"); fetch.Outcome(err) != "blocked" {
		t.Error(err)
	}
}

// TestAddressOfV4InV6: it is the same address.
func TestAddressOfV4InV6(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Pages: page("x")})
	s.Lie(firm, []netip.Addr{netip.AddrFrom16(s.AddressOf(firm).As16())})
	if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
		t.Error(err)
	}
}

func TestNamesThatDoNotResolve(t *testing.T) {
	for name, c := range map[string]struct {
		answer resolver
		want   string
	}{
		"no address": {func(context.Context, string) ([]netip.Addr, error) { return nil, nil }, "dns"},
		"hangs":      {func(ctx context.Context, _ string) ([]netip.Addr, error) { <-ctx.Done(); return nil, ctx.Err() }, "dns"},
		"fails": {func(context.Context, string) ([]netip.Addr, error) {
			return nil, &net.DNSError{Err: "server misbehaving", IsTemporary: true}
		}, "dns"},
	} {
		s := visit(t, byTheWall, func(_ *fetch.Options, g *fetch.GuestOptions) { g.Resolver = c.answer })
		_, err := s.get(t, "http://x.example/")
		if fetch.Outcome(err) != c.want || !errors.Is(err, fetch.ErrName) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	s := visit(t, byTheWall, func(_ *fetch.Options, g *fetch.GuestOptions) {
		g.Resolver = resolver(func(ctx context.Context, _ string) ([]netip.Addr, error) {
			cancel()
			<-ctx.Done()
			return nil, ctx.Err()
		})
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://x.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.client.Do(req); fetch.Outcome(err) != "cancelled" { //nolint:bodyclose // there is no answer
		t.Error(err)
	}
}

// TestNamesAreResolvedAsTheyAreAsked: in punycode, lower-case, once for each
// request.
func TestNamesAreResolvedAsTheyAreAsked(t *testing.T) {
	s := visit(t)
	const puny = "xn--e1afmkfd.xn--p1ai"
	s.Put(puny, fetchtest.Site{Pages: page("x")})
	for _, u := range []string{"http://пример.рф/", "http://ПРИМЕР.рф./", "http://" + puny + "/"} {
		if _, err := s.get(t, u); err != nil {
			t.Errorf("%s: %v", u, err)
		}
	}
	if s.Lookups(puny) != 4 || len(s.HitsOf(puny)) != 4 {
		t.Errorf("%d lookups, %d requests", s.Lookups(puny), len(s.HitsOf(puny)))
	}
}

func TestCheckRedirect(t *testing.T) {
	check := fetch.CheckRedirect(5)
	to := func(path string) *http.Request {
		return &http.Request{URL: &url.URL{Scheme: "http", Host: firm, Path: path}}
	}
	via := []*http.Request{to("/"), to("/a"), to("/b"), to("/c"), to("/d")}
	for _, c := range []struct {
		next string
		via  []*http.Request
		ok   bool
	}{
		{"/e", via, true}, {"/e", append(via, to("/f")), false}, {"/a", via, true}, {"/a", append(via[:4:4], to("/a")), false},
	} {
		if err := check(to(c.next), c.via); (err == nil) != c.ok || err != nil && !errors.Is(err, fetch.ErrRedirect) {
			t.Errorf("%s after %d: %v", c.next, len(c.via), err)
		}
	}
}

// TestGuestOverABase: requests of a client with a transport of its own go
// there, and nothing is resolved unless a resolver is given.
func TestGuestOverABase(t *testing.T) {
	var asked []string
	base := roundTripper(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		return &http.Response{StatusCode: 404, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	})
	g := fetch.New(fetch.Options{Base: base, Clock: fetchtest.NewClock()}).Guest(fetch.GuestOptions{})
	defer g.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://x.example/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.RoundTrip(req); fetch.Outcome(err) != "status_404" || len(asked) != 2 { //nolint:bodyclose // there is no answer
		t.Errorf("%v, %q", err, asked)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
