package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

func TestGet(t *testing.T) {
	page := []byte("<html>" + strings.Repeat("страница ", 2000) + "</html>")
	steps := func(s ...fetchtest.Step) []fetchtest.Step { return s }
	for _, c := range []struct {
		name     string
		steps    []fetchtest.Step
		always   fetchtest.Step
		err      error
		words    string
		requests int
		slept    time.Duration
	}{
		{name: "plain", requests: 1},
		{name: "cut twice", steps: steps(fetchtest.Cut(500), fetchtest.Cut(0)), requests: 3, slept: 6 * time.Second},
		{name: "always cut", always: fetchtest.Cut(500), err: fetch.ErrTruncated, requests: 5, slept: 30 * time.Second},
		{name: "redirect", steps: steps(fetchtest.Redirect("?a=b")), requests: 2},
		{name: "500, then 429", steps: steps(fetchtest.Status(500, ""), fetchtest.Status(429, "90")), requests: 3, slept: 92 * time.Second},
		{name: "503 by a date", steps: steps(fetchtest.Status(503, "Fri, 20 Nov 2026 20:01:00 GMT")), requests: 2, slept: time.Minute},
		{name: "503 by a date gone by", steps: steps(fetchtest.Status(503, "Thu, 19 Nov 2026 20:01:00 GMT")), requests: 2, slept: 2 * time.Second},
		{name: "Retry-After that is nothing", steps: steps(fetchtest.Status(503, "soon")), requests: 2, slept: 2 * time.Second},
		{name: "404", always: fetchtest.Status(404, ""), err: &fetch.StatusError{Code: 404}, requests: 1},
		{name: "304 unasked", always: fetchtest.Status(304, ""), err: &fetch.StatusError{Code: 304}, requests: 1},
		{name: "bomb", always: fetchtest.Bomb(1 << 30), err: pipeline.ErrTooLarge, words: "100000 bytes", requests: 1},
		{name: "redirect to this machine", always: fetchtest.Redirect("http://[::ffff:10.0.0.1]/"), err: fetch.ErrBlocked, requests: 1},
		{name: "redirect to a name that is this machine", always: fetchtest.Redirect("http://localhost.:1/"), err: errRefused, requests: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := fetchtest.NewServer(t)
			s.Serve("/p", dated(page, `"1"`), c.steps...)
			if c.always != nil {
				s.Always("/p", c.always)
			}
			cl, clock := client(t)
			before := clock.Now()
			got, err := cl.Get(t.Context(), s.URL+"/p", fetch.PageOptions{Limit: 100_000})
			if n := len(s.Requests()); n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
			if errors.Is(c.err, errRefused) {
				if err == nil {
					t.Error("no error")
				}
				return
			}
			if slept := clock.Now().Sub(before); slept != c.slept {
				t.Errorf("slept %s, want %s", slept, c.slept)
			}
			if c.err != nil {
				fails(t, err, c.err, c.words)
				return
			}
			if err != nil || string(got.Body) != string(page) || got.NotModified || got.Validators.ETag != `"1"` {
				t.Fatalf("%d bytes, %+v, %v", len(got.Body), got.Validators, err)
			}
			again, err := cl.Get(t.Context(), s.URL+"/p", fetch.PageOptions{Since: got.Validators})
			if err != nil || !again.NotModified || again.Body != nil || again.Validators != got.Validators {
				t.Errorf("%+v, %v", again, err)
			}
		})
	}
}

// errRefused stands for a connection that nobody answers.
var errRefused = errors.New("refused")

// TestBombStaysSmall: what a bomb unpacks to is never held.
func TestBombStaysSmall(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Always("/p", fetchtest.Bomb(1<<30))
	cl, _ := client(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := cl.Get(t.Context(), s.URL+"/p", fetch.PageOptions{Limit: 1 << 20})
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, pipeline.ErrTooLarge) || grown > 64<<20 {
		t.Errorf("%d MiB allocated, %v", grown>>20, err)
	}
}

// dripping is a page without end of which a byte comes every 20 seconds.
type dripping struct{ clock *fetchtest.Clock }

func (d dripping) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Request: r, Body: drops{d.clock, r.Context()}}, nil
}

type drops struct {
	clock *fetchtest.Clock
	ctx   context.Context
}

func (d drops) Read(b []byte) (int, error) {
	d.clock.Advance(20 * time.Second)
	b[0] = 'x'
	return 1, d.ctx.Err()
}

func (drops) Close() error { return nil }

func TestDrippingPageIsGivenUp(t *testing.T) {
	clock := fetchtest.NewClock()
	c := fetch.New(fetch.Options{Timeout: 30 * time.Second, Clock: clock, Base: dripping{clock}, Jitter: func() float64 { return 1 }})
	_, err := c.Get(t.Context(), "http://example.org/", fetch.PageOptions{})
	fails(t, err, fetch.ErrTimeout, "not whole after 2m0s")
	if got := len(clock.Slept()); got != 4 {
		t.Errorf("slept %d times, want 4: five attempts", got)
	}
	if clock.Slept()[0] != time.Second {
		t.Errorf("jitter of 1 halves the wait: %s", clock.Slept()[0])
	}
}

func TestSilentServer(t *testing.T) {
	s := fetchtest.NewServer(t)
	cl, clock := client(t)
	s.Serve("/p", fetchtest.File{Content: []byte("page")}, fetchtest.Stall(0, clock, 31*time.Second))
	if got, err := cl.Get(t.Context(), s.URL+"/p", fetch.PageOptions{}); err != nil || string(got.Body) != "page" {
		t.Errorf("%q, %v", got.Body, err)
	}
	if n := len(s.Requests()); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

func TestPaceAndName(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Serve("/p", fetchtest.File{Content: []byte("page")}, fetchtest.Redirect("/p"))
	cl, clock := client(t, func(o *fetch.Options) { o.Pace = 7 * time.Second })
	start := clock.Now()
	for range 2 {
		if _, err := cl.Get(t.Context(), s.URL+"/p", fetch.PageOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if got := clock.Now().Sub(start); got != 14*time.Second {
		t.Errorf("three requests in %s, want 14s", got)
	}
	for _, r := range s.Requests() {
		if r.Agent != "Mozilla/5.0 (compatible; obzvon/1.2; +obzvon@example.org)" {
			t.Errorf("agent %q", r.Agent)
		}
	}
}

// A host that asks for rest has it from everybody, also when the request that
// was told so has been given up.
func TestRestOfAHost(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Serve("/a", fetchtest.File{}, fetchtest.Status(429, "3600"))
	s.Serve("/b", fetchtest.File{Content: []byte("page")})
	cl, clock := client(t)
	_, err := cl.Get(t.Context(), s.URL+"/a", fetch.PageOptions{})
	fails(t, err, &fetch.StatusError{Code: 429}, "ask again in 1h")
	start := clock.Now()
	if _, err := cl.Get(t.Context(), s.URL+"/b", fetch.PageOptions{}); err != nil || clock.Now().Sub(start) != 10*time.Minute {
		t.Errorf("%s, %v", clock.Now().Sub(start), err)
	}
}

func TestDeadlineComesFirst(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Always("/p", fetchtest.Status(500, ""))
	cl, clock := client(t, func(o *fetch.Options) { o.Clock = nil })
	_ = clock
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := cl.Get(ctx, s.URL+"/p", fetch.PageOptions{})
	fails(t, err, &fetch.StatusError{Code: 500}, "")
	if n := len(s.Requests()); n != 1 || ctx.Err() != nil {
		t.Errorf("%d requests, %v: want one, and no waiting for a deadline that comes before the next", n, ctx.Err())
	}
}

func TestSecretsStayUnsaid(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Serve("/p", fetchtest.File{}, fetchtest.Redirect("/q"))
	s.Always("/q", fetchtest.Status(403, ""))
	cl, _ := client(t)
	withUser := strings.Replace(s.URL, "http://", "http://anna:secret@", 1)
	for _, raw := range []string{
		withUser + "/p?key=secret", withUser + "/q?secret", s.URL + "/q?secret#secret", "http://anna:secret@host:port/", "http://secret host/",
		"ftp://anna:secret@host/", "http://anna:secret@10.0.0.1/?secret", "http://anna:secret@127.0.0.1:1/?secret",
		"secret", "http://", "http:secret", "://secret",
	} {
		_, err := cl.Get(t.Context(), raw, fetch.PageOptions{})
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "anna") {
			t.Errorf("%v", err)
		}
		_, err = cl.Download(t.Context(), raw, t.TempDir()+"/x.zip", fetch.DownloadOptions{})
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "anna") {
			t.Errorf("%v", err)
		}
	}
	if r := s.Requests(); r[0].User != "anna:secret" || r[1].User != "anna:secret" || strings.Contains(r[1].Path, "secret") {
		t.Errorf("the same host of a redirect: %+v", r[:2])
	}
}

// Another host gets neither the password nor the query.
func TestPasswordStaysWithItsHost(t *testing.T) {
	other := fetchtest.NewServer(t)
	other.Serve("/q", fetchtest.File{Content: []byte("page")})
	s := fetchtest.NewServer(t)
	s.Serve("/p", fetchtest.File{}, fetchtest.Redirect(other.URL+"/q"))
	cl, _ := client(t)
	if _, err := cl.Get(t.Context(), strings.Replace(s.URL, "http://", "http://anna:secret@", 1)+"/p?key=secret", fetch.PageOptions{}); err != nil {
		t.Fatal(err)
	}
	if r := other.Requests()[0]; r.User != ":" || r.Path != "/q" {
		t.Errorf("%+v", r)
	}
}

func TestCertificate(t *testing.T) {
	s := fetchtest.NewTLSServer(t)
	cl, _ := client(t)
	_, err := cl.Get(t.Context(), s.URL+"/", fetch.PageOptions{})
	fails(t, err, fetch.ErrCertificate, "signed by an authority that this machine does not know")
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests reached the server", n)
	}
}

func TestNoDowngrade(t *testing.T) {
	c := fetch.New(fetch.Options{Clock: fetchtest.NewClock(), Base: answering(func(r *http.Request) *http.Response {
		return &http.Response{StatusCode: 302, Header: http.Header{"Location": {"http://example.org/"}}, Body: http.NoBody}
	})})
	_, err := c.Get(t.Context(), "https://example.org/", fetch.PageOptions{})
	fails(t, err, fetch.ErrRedirect, "from https to http")
}

type answering func(*http.Request) *http.Response

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) { return a(r), nil }

// TestGuard: without permission nothing on this machine is asked, by whatever
// name; with a proxy the addresses that can be seen are still refused.
func TestGuard(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Serve("/p", fetchtest.File{Content: []byte("page")})
	proxy, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	port := proxy.Port()
	for _, change := range []func(*fetch.Options){
		func(o *fetch.Options) { o.Allow = nil },
		func(o *fetch.Options) { o.Allow = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} },
		func(o *fetch.Options) { o.Allow, o.Proxy = nil, proxy },
	} {
		cl, _ := client(t, change)
		for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0.0.0.0", "LOCALHOST."} {
			_, err := cl.Get(t.Context(), "http://"+host+":"+port+"/p", fetch.PageOptions{})
			fails(t, err, fetch.ErrBlocked, "fetch.allow_prefixes")
		}
	}
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests came through", n)
	}
	cl, _ := client(t, func(o *fetch.Options) { o.Allow, o.Proxy = nil, proxy })
	s.Serve("/x", fetchtest.File{Content: []byte("page")})
	if got, err := cl.Get(t.Context(), "http://example.org/x", fetch.PageOptions{}); err != nil || string(got.Body) != "page" {
		t.Errorf("through the proxy: %q, %v", got.Body, err)
	}
}
