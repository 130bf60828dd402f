package fetchtest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"
)

// File is what a server has at a path.
type File struct {
	Content  []byte
	ETag     string    // as in the header, with quotes; "" = none
	Modified time.Time // zero = not told
	Type     string    // Content-Type; "" = told by the content
}

// Request is what a server was asked.
type Request struct {
	Path    string
	Range   string
	IfRange string
	IfNone  string // If-None-Match
	IfSince string // If-Modified-Since
	Agent   string
	User    string // of Basic authentication, "name:password"
}

// Step answers one request. It may go on with Plain.
type Step func(s *Server, w http.ResponseWriter, r *http.Request, f File)

// Server replays files. The first requests for a path take the steps given
// for it, one each; the later ones are answered plainly.
type Server struct {
	URL string

	mu       sync.Mutex
	files    map[string]File
	steps    map[string][]Step
	always   map[string]Step
	requests []Request
	server   *httptest.Server
}

// NewServer starts a server that ends with the test.
func NewServer(t testing.TB) *Server {
	t.Helper()
	s := newServer()
	s.server = httptest.NewServer(s)
	s.URL = s.server.URL
	t.Cleanup(s.server.Close)
	return s
}

// NewTLSServer starts a server whose certificate no machine knows.
func NewTLSServer(t testing.TB) *Server {
	t.Helper()
	s := newServer()
	s.server = httptest.NewUnstartedServer(s)
	s.server.Config.ErrorLog = silent()
	s.server.StartTLS()
	s.URL = s.server.URL
	t.Cleanup(s.server.Close)
	return s
}

func newServer() *Server {
	return &Server{files: map[string]File{}, steps: map[string][]Step{}, always: map[string]Step{}}
}

// Loopback is what a client must be allowed to ask this server.
func Loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// Serve puts a file at a path, with what goes wrong first.
func (s *Server) Serve(path string, f File, steps ...Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path], s.steps[path] = f, steps
	delete(s.always, path)
}

// Always answers every request for a path that no step answers.
func (s *Server) Always(path string, step Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always[path] = step
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Forget begins the list of requests anew.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, step, ok := s.next(r)
	switch {
	case step != nil:
		step(s, w, r, f)
	case ok:
		Plain(s, w, r, f)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) next(r *http.Request) (f File, step Step, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := r.Header
	user, password, _ := r.BasicAuth()
	s.requests = append(s.requests, Request{
		Path: r.URL.RequestURI(), Range: h.Get("Range"), IfRange: h.Get("If-Range"), IfNone: h.Get("If-None-Match"),
		IfSince: h.Get("If-Modified-Since"), Agent: h.Get("User-Agent"), User: user + ":" + password,
	})
	path := r.URL.Path
	f, ok = s.files[path]
	if steps := s.steps[path]; len(steps) > 0 {
		s.steps[path] = steps[1:]
		return f, steps[0], true
	}
	return f, s.always[path], ok
}

// Plain serves a file as a good server does: ranges, conditions, validators.
func Plain(_ *Server, w http.ResponseWriter, r *http.Request, f File) {
	if f.ETag != "" {
		w.Header().Set("ETag", f.ETag)
	}
	if f.Type != "" {
		w.Header().Set("Content-Type", f.Type)
	}
	http.ServeContent(w, r, r.URL.Path, f.Modified, bytes.NewReader(f.Content))
}
