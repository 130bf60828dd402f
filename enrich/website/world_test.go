package website

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a web in memory under a real Guest. Hosts answer by http; those of
// tls by https too.
type world struct {
	hosts map[string]http.Handler
	tls   map[string]bool
	bad   map[string]error // why hosts cannot be had by https

	mu  sync.Mutex
	log []string // "http://host/path" of all requests but for robots.txt, with " 304" where that was the answer
}

// RoundTrip implements http.RoundTripper.
func (w *world) RoundTrip(req *http.Request) (*http.Response, error) {
	h, ok := w.hosts[req.URL.Hostname()]
	if err := w.bad[req.URL.Hostname()]; err != nil && req.URL.Scheme == "https" {
		return nil, err
	}
	if !ok || req.URL.Scheme == "https" && !w.tls[req.URL.Hostname()] {
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	}
	in := httptest.NewRequest(req.Method, req.URL.String(), nil).WithContext(req.Context())
	in.Header = req.Header
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, in)
	if err := context.Cause(req.Context()); err != nil {
		return nil, err
	}
	resp := rec.Result()
	resp.Request = req
	if req.URL.Path != "/robots.txt" {
		w.mu.Lock()
		line := req.URL.String()
		if resp.StatusCode == http.StatusNotModified {
			line += " 304"
		}
		w.log = append(w.log, line)
		w.mu.Unlock()
	}
	return resp, nil
}

// LookupNetIP implements fetch.Resolver: hosts that nobody knows lead nowhere.
func (w *world) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if _, ok := w.hosts[host]; !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

// asked returns the requests since the last call, without the scheme and host.
func (w *world) asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.log
	w.log = nil
	return out
}

// pages is a site: what stands under each path. Content that begins with
// "-> " is a redirect, with "status " an answer without content.
type pages map[string]string

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, ok := p[r.URL.RequestURI()]
	to, moved := strings.CutPrefix(text, "-> ")
	var code int
	switch {
	case !ok:
		http.NotFound(w, r)
	case moved:
		http.Redirect(w, r, to, http.StatusMovedPermanently)
	case strings.HasPrefix(text, "status "):
		if _, err := fmt.Sscanf(text, "status %d", &code); err != nil {
			panic(err)
		}
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(code)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("ETag", fmt.Sprintf(`"%08x"`, crc32.ChecksumIEEE([]byte(text))))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader([]byte(text)))
	}
}

// guest goes through a world at no pace.
func guest(t testing.TB, w *world) *fetch.Guest {
	t.Helper()
	c := fetch.New(fetch.Options{Base: w, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	g := c.Guest(fetch.GuestOptions{Pace: -1, AddressPace: -1, Resolver: w})
	t.Cleanup(func() { g.Close(); c.Close() })
	return g
}

// at is an enricher over a world of hosts.
func at(t testing.TB, hosts map[string]http.Handler, change ...func(*Options)) (*Enricher, *world) {
	t.Helper()
	w := &world{hosts: hosts, tls: map[string]bool{}, bad: map[string]error{}}
	o := Defaults()
	for _, f := range change {
		f(&o)
	}
	e, err := New("website", guest(t, w), o)
	if err != nil {
		t.Fatal(err)
	}
	return e, w
}

// Numbers of firms that do not exist, with valid checksums.
const (
	vega   = company.INN("5902000008")
	altair = company.INN("5902000015")
)

var night = time.Date(2026, time.November, 21, 2, 0, 0, 0, time.UTC)

// firm derives a company, or a listing without ИНН, of one directory.
func firm(inn company.INN, facts ...string) company.Company {
	o := company.Observation{Source: "directory", Key: "1", INN: inn, Date: company.NewDate(2026, time.November, 1)}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		o.Add(company.Field(field), value)
	}
	o.Sort()
	return company.Derive(inn, []company.Observation{o}, nil)
}

// ask asks an enricher for one company.
func ask(t *testing.T, e *Enricher, c company.Company, memory []byte, change ...func(*pipeline.Task)) pipeline.Answer {
	t.Helper()
	task := pipeline.Task{Now: night}
	for _, f := range change {
		f(&task)
	}
	id := "nowhere"
	if places := e.Places(&c); len(places) > 0 {
		id = places[0]
	}
	return askAll(t, e, task, pipeline.Ask{ID: id, Company: c, Memory: memory})[id]
}

func askAll(t *testing.T, e *Enricher, task pipeline.Task, asks ...pipeline.Ask) map[string]pipeline.Answer {
	t.Helper()
	out := map[string]pipeline.Answer{}
	for a, err := range e.Enrich(t.Context(), task, slices.Values(asks)) {
		if err != nil {
			t.Fatal(err)
		}
		out[a.ID] = a
	}
	if len(out) != len(asks) {
		t.Fatalf("%d answers for %d asks", len(out), len(asks))
	}
	return out
}

func persons(t *pipeline.Task) { t.Persons = true }

// says is what an observation says of a field.
func says(o company.Observation, f company.Field) string { return strings.Join(o.All(f), " ") }
