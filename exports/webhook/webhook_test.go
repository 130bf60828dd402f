package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/exports/webhook"
	"obzvon/pipeline/noticetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	secret = "T0K/B0K/v3ry-secret"
	pass   = "hook-pass"
)

func clock() time.Time { return time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC) }

// chat is the other side.
type chat struct {
	*httptest.Server
	hanging chan struct{}
	ended   chan struct{}

	mu      sync.Mutex
	fault   noticetest.Fault
	answers []func(http.ResponseWriter, *http.Request) // of the next asks; then 200
	asks    []*http.Request
	taken   []noticetest.Taken
}

func open(t *testing.T, start func(*httptest.Server)) *chat {
	c := &chat{hanging: make(chan struct{}, 16), ended: make(chan struct{})}
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(c.answer))
	start(c.Server)
	t.Cleanup(func() {
		close(c.ended)
		c.Close()
	})
	return c
}

func (c *chat) answer(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	c.mu.Lock()
	fault := c.fault
	c.asks = append(c.asks, r)
	var next func(http.ResponseWriter, *http.Request)
	if len(c.answers) > 0 {
		next, c.answers = c.answers[0], c.answers[1:]
	}
	c.mu.Unlock()
	switch {
	case err != nil, fault == noticetest.Cuts:
		panic(http.ErrAbortHandler)
	case fault == noticetest.Refuses:
		http.Error(w, "no hook "+r.URL.Path, http.StatusNotFound)
	case fault == noticetest.Hangs:
		c.hanging <- struct{}{}
		select {
		case <-r.Context().Done():
		case <-c.ended:
		}
	case next != nil:
		next(w, r)
	default:
		c.take(w, body)
	}
}

func (c *chat) take(w http.ResponseWriter, body []byte) {
	var m struct{ Kind, Title, Text, Host, Link, Day string }
	if err := json.Unmarshal(body, &m); err != nil || m.Kind == "" {
		http.Error(w, "no notice", http.StatusBadRequest)
		return
	}
	title, text, _ := strings.Cut(m.Text, "\n\n")
	if title != m.Title {
		http.Error(w, "two titles", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = append(c.taken, noticetest.Taken{Title: m.Title, Text: text})
}

func (c *chat) turn(f noticetest.Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = f
}

func (c *chat) got() []noticetest.Taken {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.taken)
}

func (c *chat) asked() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asks)
}

// hook asks the chat, and notes how long it would wait.
func (c *chat) hook(t *testing.T) (*webhook.Hook, *[]time.Duration) {
	t.Helper()
	h, err := webhook.New(strings.Replace(c.URL, "://", "://bot:"+pass+"@", 1)+"/hooks/"+secret+"?token="+pass, clock)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var waits []time.Duration
	h.Waits(func(ctx context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, d)
		return ctx.Err()
	})
	if c.TLS != nil {
		h.Trust(c.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs)
	}
	return h, &waits
}

// TestPromises holds the hook to the port's, open and over TLS.
func TestPromises(t *testing.T) {
	for name, start := range map[string]func(*httptest.Server){"http": (*httptest.Server).Start, "https": (*httptest.Server).StartTLS} {
		t.Run(name, func(t *testing.T) {
			noticetest.Run(t, func(t *testing.T) noticetest.Rig {
				c := open(t, start)
				h, _ := c.hook(t)
				return noticetest.Rig{Notifier: h, Taken: c.got, Break: c.turn, Hanging: c.hanging, Readers: 1, Secrets: []string{secret, pass, "/hooks"}}
			})
		})
	}
}

func status(code int, after string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestTriesAgain(t *testing.T) {
	const s = time.Second
	type answer = func(http.ResponseWriter, *http.Request)
	tests := []struct {
		name    string
		answers []answer
		waits   []time.Duration
		taken   int
		want    string // of the error; "" = none
	}{
		{"at once", nil, nil, 1, ""},
		{"204", []answer{status(204, "")}, nil, 0, ""},
		{"once more", []answer{status(500, "")}, []time.Duration{2 * s}, 1, ""},
		{"twice more", []answer{status(503, ""), cut}, []time.Duration{2 * s, 4 * s}, 1, ""},
		{"no more", []answer{status(500, ""), status(502, ""), status(504, "")}, []time.Duration{2 * s, 4 * s}, 0, "answered 504 Gateway Timeout"},
		{"when it says", []answer{status(429, "7"), status(503, "Mon, 23 Nov 2026 04:00:50 GMT")}, []time.Duration{7 * s, 50 * s}, 1, ""},
		{"a moment that has passed", []answer{status(429, "Mon, 23 Nov 2026 03:00:00 GMT")}, []time.Duration{2 * s}, 1, ""},
		{"nonsense", []answer{status(429, "-5"), status(429, "soon")}, []time.Duration{2 * s, 4 * s}, 1, ""},
		{"much later", []answer{status(429, "3600")}, nil, 0, "asked to be left alone for 1h0m0s"},
		{"for ever", []answer{status(503, "99999999999999999999")}, nil, 0, "left alone for 596523h14m7s"},
		{"wrong", []answer{status(400, "")}, nil, 0, "answered 400 Bad Request: another try would not help"},
		{"nobody there", []answer{status(404, "5")}, nil, 0, "answered 404 Not Found: another try would not help"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := open(t, (*httptest.Server).Start)
			c.answers = tt.answers
			h, waits := c.hook(t)
			err := h.Notify(t.Context(), noticetest.Notice())
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasSuffix(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "post to "+c.URL+": ")) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if !slices.Equal(*waits, tt.waits) || len(c.got()) != tt.taken {
				t.Errorf("waits %v, want %v; %d taken", *waits, tt.waits, len(c.got()))
			}
		})
	}
}

// TestNoRedirect: what was meant for one address goes to no other.
func TestNoRedirect(t *testing.T) {
	other := open(t, (*httptest.Server).Start)
	for _, code := range []int{301, 302, 303, 307, 308} {
		c := open(t, (*httptest.Server).Start)
		c.answers = []func(http.ResponseWriter, *http.Request){func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/"+secret, code)
		}}
		h, _ := c.hook(t)
		err := h.Notify(t.Context(), noticetest.Notice())
		if err == nil || !strings.Contains(err.Error(), "redirect is not followed") || strings.Contains(err.Error(), other.URL) || c.asked() != 1 {
			t.Errorf("%d: asked %d times, error %v", code, c.asked(), err)
		}
	}
	if n := other.asked(); n > 0 {
		t.Errorf("followed %d times", n)
	}
}

// TestSlow: one that does not answer in time is tried again, then given up.
func TestSlow(t *testing.T) {
	c := open(t, (*httptest.Server).Start)
	c.turn(noticetest.Hangs)
	h, waits := c.hook(t)
	h.Limit(20 * time.Millisecond)
	err := h.Notify(t.Context(), noticetest.Notice())
	if err == nil || !strings.Contains(err.Error(), "no answer within 10s") || len(*waits) != 2 {
		t.Errorf("waits %v, error %v", *waits, err)
	}
}

// TestStoppedWhileItWaits: the end of the context ends the waiting too.
func TestStoppedWhileItWaits(t *testing.T) {
	c := open(t, (*httptest.Server).Start)
	c.answers = []func(http.ResponseWriter, *http.Request){status(503, "60")}
	h, _ := c.hook(t)
	ctx, cancel := context.WithCancel(t.Context())
	h.Waits(func(ctx context.Context, d time.Duration) error {
		cancel()
		return webhook.Wait(ctx, d)
	})
	if err := h.Notify(ctx, noticetest.Notice()); !errors.Is(err, context.Canceled) || c.asked() != 1 {
		t.Errorf("asked %d times, error %v", c.asked(), err)
	}
	if err := webhook.Wait(t.Context(), time.Nanosecond); err != nil {
		t.Error(err)
	}
}

// TestNotHTTP: what answers in another tongue is told in one line.
func TestNotHTTP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, "220 mail\x1b[31m"+strings.Repeat("x", 2000)+"\r\n")
			_ = conn.Close()
		}
	})
	c := &chat{Server: &httptest.Server{URL: "http://" + l.Addr().String()}}
	h, _ := c.hook(t)
	err = h.Notify(t.Context(), noticetest.Notice())
	_ = l.Close()
	wg.Wait()
	if err == nil || strings.ContainsAny(err.Error(), "\r\n\x1b") || len(err.Error()) > 400 || strings.Contains(err.Error(), pass) {
		t.Errorf("error %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, address := range []string{"", "hooks.example/" + secret, "ftp://hooks.example/" + secret, "https:///" + secret, "https://hooks.example/%zz" + secret, "http://[::1/" + secret} {
		if _, err := webhook.New(address, clock); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%q: error %v", address, err)
		}
	}
}
