package operator_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"obzvon/exports/web/operator"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func streaming() *desk {
	return &desk{watch: make(chan operator.Status), watched: make(chan struct{})}
}

// stream reads what comes until it is closed.
type stream struct {
	*httptest.ResponseRecorder

	wrote chan string
	dead  chan struct{}
}

func newStream() *stream {
	return &stream{ResponseRecorder: httptest.NewRecorder(), wrote: make(chan string, 100), dead: make(chan struct{})}
}

func (s *stream) Write(data []byte) (int, error) {
	select {
	case <-s.dead:
		return 0, io.ErrClosedPipe
	default:
		s.wrote <- string(data)
		return len(data), nil
	}
}

// TestEvents: a change comes as one event with a part of the page; one that changes
// nothing that is shown does not come at all; a quiet line is kept open.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, w := open(t, streaming()), newStream()
		ctx, leave := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/night/events", nil).WithContext(ctx))
		}()
		status := running()
		s.desk.watch <- status
		event := <-w.wrote
		lines := strings.Split(strings.TrimRight(event, "\n"), "\n")
		if lines[0] != "event: now" || !strings.HasSuffix(event, "\n\n") {
			t.Fatalf("event %q", event)
		}
		for _, line := range lines[1:] {
			if !strings.HasPrefix(line, "data: ") {
				t.Errorf("line %q", line)
			}
		}
		if strings.Contains(event, "<script>") || !strings.Contains(event, "Реестр МСП &lt;script&gt;") {
			t.Error("a title is not escaped")
		}
		s.desk.watch <- status
		<-time.After(14 * time.Second) // by the clock of the bubble: nobody waits
		synctest.Wait()
		if len(w.wrote) > 0 {
			t.Errorf("nothing has changed, and there came %q", <-w.wrote)
		}
		<-time.After(time.Second)
		if beat := <-w.wrote; beat != ":\n\n" {
			t.Errorf("the beat is %q", beat)
		}
		leave()
		<-done
		<-s.desk.watched
		if h := w.Header(); h.Get("Content-Type") != "text/event-stream; charset=utf-8" || h.Get("X-Accel-Buffering") != "no" {
			t.Errorf("headers %v", h)
		}
	})
}

// TestEventsEnd: with the server, with a reader who has gone, and after a while, so
// that who is logged out is told so.
func TestEventsEnd(t *testing.T) {
	for name, end := range map[string]func(*desk, *stream){
		"server": func(d *desk, _ *stream) { close(d.watch) },
		"reader": func(d *desk, w *stream) { close(w.dead); d.watch <- running() },
		"while":  func(*desk, *stream) {},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, w := open(t, streaming()), newStream()
				done := make(chan struct{})
				began := time.Now()
				go func() {
					defer close(done)
					s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/night/events", nil).WithContext(t.Context()))
				}()
				synctest.Wait()
				end(s.desk, w)
				<-done
				<-s.desk.watched
				if took := time.Since(began); took > 10*time.Minute {
					t.Errorf("ended after %v", took)
				}
			})
		})
	}
}

// TestEventsOverTheNetwork: what a browser gets through a real server.
func TestEventsOverTheNetwork(t *testing.T) {
	s := open(t, streaming())
	server := httptest.NewServer(s.handler)
	defer server.Close()
	res, err := server.Client().Get(server.URL + "/night/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	s.desk.watch <- operator.Status{Next: "завтра"}
	close(s.desk.watch)
	body, err := io.ReadAll(res.Body)
	if err != nil || !strings.HasPrefix(string(body), "event: now\n") || !strings.Contains(string(body), "завтра") {
		t.Errorf("%q, %v", body, err)
	}
}
