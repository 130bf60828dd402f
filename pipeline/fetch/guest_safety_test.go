package fetch_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestRebinding: a name that turns to an address of this house between any two
// lookups leads nowhere, with an open connection to the good one or without.
func TestRebinding(t *testing.T) {
	for _, keepAlive := range []bool{true, false} {
		s := visit(t)
		s.Put("evil.example", fetchtest.Site{
			Robots: fetchtest.Robots(""),
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !keepAlive {
					w.Header().Set("Connection", "close")
				}
				fetchtest.Text("text/html", "x").ServeHTTP(w, r)
			}),
		})
		good := []netip.Addr{s.AddressOf("evil.example")}
		bad := []netip.Addr{s.Forbidden()}
		s.Lie("evil.example", good, good, bad, append(bad, good...), append(good, bad...), good)
		for i, want := range []string{"", "blocked", "blocked", "blocked", ""} { // the first asks for robots.txt too
			if _, err := s.get(t, "http://evil.example/"); fetch.Outcome(err) != want {
				t.Errorf("request %d: %v, want %q", i, err, want)
			}
		}
		if s.Trespasses() > 0 || s.Count() != 3 || s.Lookups("evil.example") != 6 {
			t.Errorf("%d trespasses, %d requests, %d lookups", s.Trespasses(), s.Count(), s.Lookups("evil.example"))
		}
		for _, h := range s.Hits() {
			if h.Address != good[0] {
				t.Errorf("%s was asked", h.Address)
			}
		}
	}
}

// TestRobotsOfARebindingName: robots.txt is asked for by the same rules.
func TestRobotsOfARebindingName(t *testing.T) {
	s := visit(t)
	s.Put("evil.example", fetchtest.Site{Pages: page("x")})
	s.Lie("evil.example", []netip.Addr{s.Forbidden()}, []netip.Addr{s.AddressOf("evil.example")})
	if _, err := s.get(t, "http://evil.example/"); fetch.Outcome(err) != "blocked" {
		t.Error(err)
	}
	if s.Count() > 0 || s.Trespasses() > 0 {
		t.Error("it was asked")
	}
}

// TestConnectionsAreOfOneHost: hosts of one address do not share connections,
// nor a certificate.
func TestConnectionsAreOfOneHost(t *testing.T) {
	s := visit(t)
	s.Put("a.example", fetchtest.Site{Pages: page("x"), Address: 1})
	s.Put("b.example", fetchtest.Site{Pages: page("x"), Address: 1, Certificate: fetchtest.OtherHost})
	from := map[netip.AddrPort]string{}
	for range 2 {
		for _, name := range []string{"a.example", "b.example"} {
			if _, err := s.get(t, "http://"+name+"/"); err != nil {
				t.Error(err)
			}
			if _, err := s.get(t, "https://"+name+"/"); (err == nil) != (name == "a.example") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for _, h := range s.Hits() {
		if other, ok := from[h.From]; ok && other != h.Host {
			t.Errorf("one connection for %s and %s", other, h.Host)
		}
		from[h.From] = h.Host
	}
	if len(from) != 3 { // a by both schemes, b by http
		t.Errorf("%d connections", len(from))
	}
}

// TestNextAddress: what does not answer at one address is asked at the next,
// and later at the one that answered.
func TestNextAddress(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Pages: page("x")})
	s.Put("dead.example", fetchtest.Site{Dead: true})
	s.Lie(firm, []netip.Addr{s.AddressOf("dead.example"), s.AddressOf(firm)})
	for range 2 {
		if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
			t.Error(err)
		}
	}
	if got := s.Lookups(firm); got != 3 {
		t.Errorf("%d lookups", got)
	}
	s.Lie(firm, []netip.Addr{s.AddressOf("dead.example")})
	s.guest.Close()
	if _, err := s.get(t, fetchtest.URL(firm, "/")); fetch.Outcome(err) != "refused" {
		t.Error(err)
	}
}

// TestNothingOfOursGoesOut: no credentials, no Referer, no cookie of an earlier
// visit, no header that the caller made up.
func TestNothingOfOursGoesOut(t *testing.T) {
	s := visit(t)
	s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "http://user:secret@firm0002.example/b?q=1#f", http.StatusFound)
			return
		}
		fetchtest.Text("text/html", "x").ServeHTTP(w, r)
	})})
	s.Put("firm0002.example", fetchtest.Site{Pages: map[string]fetchtest.File{"/b": {Content: []byte("x")}}})
	for range 2 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://user:secret@firm0001.example/a", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "other.example"
		req.Header = http.Header{
			"Referer": {"http://x.example"}, "X-Own": {"1"}, "User-Agent": {"colly"}, "Accept-Encoding": {"br"}, "Range": {"bytes=1-"},
			"If-None-Match": {`"2"`}, "Accept-Language": {"ru"},
		}
		resp, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	for _, h := range s.Hits() {
		for name := range h.Header {
			switch name {
			case "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "If-None-Match":
			default:
				t.Errorf("%s %s: %s: %q", h.Host, h.Path, name, h.Header[name])
			}
		}
		if h.Header.Get("Accept-Encoding") != "gzip" || !strings.Contains(h.Header.Get("User-Agent"), "obzvon/1.2") {
			t.Errorf("%q", h.Header)
		}
	}
	if s.Count() != 6 {
		t.Errorf("%d requests", s.Count())
	}
	for _, method := range []string{http.MethodPost, http.MethodConnect, "PROPFIND"} {
		req, _ := http.NewRequestWithContext(t.Context(), method, fetchtest.URL(firm, "/"), strings.NewReader("x"))
		if resp, err := s.guest.RoundTrip(req); fetch.Outcome(err) != "url" {
			_ = resp.Body.Close()
			t.Errorf("%s: %v", method, err)
		}
	}
}

// TestGuestThroughAProxy: names are the proxy's to resolve; addresses in URLs
// are checked all the same.
func TestGuestThroughAProxy(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.String())
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "x")
	}))
	t.Cleanup(proxy.Close)
	at, _ := url.Parse(proxy.URL)
	s := visit(t, func(o *fetch.Options, _ *fetch.GuestOptions) { o.Proxy, o.Allow = at, nil })
	if body, err := s.get(t, "http://anywhere.example/"); err != nil || body != "x" {
		t.Errorf("%q, %v", body, err)
	}
	for _, u := range []string{"http://10.0.0.1/", "http://127.1/", "http://localhost/", "http://[::ffff:7f00:1]/"} {
		if _, err := s.get(t, u); fetch.Outcome(err) != "blocked" {
			t.Errorf("%s: %v", u, err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if got := strings.Join(asked, " "); got != "http://anywhere.example/robots.txt http://anywhere.example/" {
		t.Error(got)
	}
	if s.Lookups("anywhere.example") > 0 {
		t.Error("a name was looked up here")
	}
}
