package servicetest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

func newReader(b []byte) io.Reader { return bytes.NewReader(b) }

// Fault is one way in which a vendor fails.
type Fault struct {
	Name   string
	Answer func(v *Vendor, w http.ResponseWriter, r *http.Request)
	Want   error // what it comes to; nil = an adapter may differ
}

func status(code int, head ...string) func(*Vendor, http.ResponseWriter, *http.Request) {
	return func(_ *Vendor, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(head); i += 2 {
			w.Header().Set(head[i], head[i+1])
		}
		http.Error(w, `{"message":"a failure"}`, code)
	}
}

func text(contentType, body string) func(*Vendor, http.ResponseWriter, *http.Request) {
	return func(_ *Vendor, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body) // the other end may have gone
	}
}

// Faults are what every adapter must tell apart. The last three answer with 200:
// only the adapter can tell that nothing of it is an answer.
func Faults() []Fault {
	return []Fault{
		{"wrong key", status(http.StatusUnauthorized), service.ErrKey},
		{"forbidden", status(http.StatusForbidden), service.ErrKey},
		{"slow down", status(http.StatusTooManyRequests, "Retry-After", "3"), service.ErrLimit},
		{"slow down for a day", status(http.StatusTooManyRequests, "Retry-After", "86400"), service.ErrLimit},
		{"its own fault", status(http.StatusInternalServerError), service.ErrDown},
		{"bad gateway", status(http.StatusBadGateway), service.ErrDown},
		{"closed", func(_ *Vendor, w http.ResponseWriter, _ *http.Request) { cut(w, "") }, service.ErrDown},
		{"silence", silence, service.ErrDown},
		{"a cut body", func(_ *Vendor, w http.ResponseWriter, _ *http.Request) {
			cut(w, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"data\":")
		}, service.ErrBroken},
		{"a redirect loop", func(_ *Vendor, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"?again", http.StatusFound) //nolint:gosec // to itself
		}, service.ErrLayout},
		{"a redirect elsewhere", func(_ *Vendor, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/", http.StatusFound)
		}, service.ErrLayout},
		{"too much", text("application/json", `{"x":"`+strings.Repeat("a", 16<<20)+`"}`), service.ErrLayout},
		{"a page in place of data", text("text/html; charset=utf-8", "<!doctype html><html><body><h1>Вы не робот?</h1></body></html>"), nil},
		{"nothing", text("application/json", ""), nil},
		{"another layout", text("application/json", `{"unheard_of":[{"a":1}]}`), nil},
	}
}

// Hold asks through every fault. ask makes one question of the adapter over a
// service at the vendor's address; each must end in a named error, and in that of
// the fault where it has one. The answers that only an adapter can judge must be
// ErrLayout or ErrBroken, or ErrKey where a page asks to log in.
func Hold(t *testing.T, v *Vendor, ask func(t *testing.T) error) {
	t.Helper()
	for _, f := range Faults() {
		t.Run(f.Name, func(t *testing.T) {
			v.Break(f)
			defer v.Break(Fault{})
			err := ask(t)
			switch {
			case err == nil:
				t.Fatal("no error")
			case f.Want != nil && !errors.Is(err, f.Want):
				t.Fatalf("got %v, want %v", err, f.Want)
			case f.Want == nil && !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) && !errors.Is(err, service.ErrKey):
				t.Fatalf("got %v, want a named error", err)
			case errors.Is(err, pipeline.ErrNotFound):
				t.Fatalf("%v counts as nothing found", err)
			}
		})
	}
}

// cut writes raw bytes and closes the connection.
func cut(w http.ResponseWriter, raw string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err) // HTTP/1.1 can be hijacked
	}
	_, _ = io.WriteString(conn, raw) // the other end may have gone
	_ = conn.Close()
}

// silence lets the client's time pass and answers nothing.
func silence(v *Vendor, _ http.ResponseWriter, r *http.Request) {
	v.Clock.Advance(time.Minute)
	<-r.Context().Done()
}
