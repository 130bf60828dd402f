package fetchtest

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Handlers for a Site. Those for one path go into a mux; the steps of a Server
// (Status, Redirect, Bomb, Cut, Drip, HTML) serve too, by Do.

// Do makes a handler of a step that needs no server, over a file.
func Do(step Step, f File) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { step(nil, w, r, typed(f)) })
}

// Robots is a robots.txt.
func Robots(text string) http.Handler { return Text("text/plain; charset=utf-8", text) }

// Text answers 200 with a body of a type; "" = no Content-Type at all.
func Text(contentType, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write([]byte(body))
	})
}

// Hang never answers.
func Hang() http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
}

// Chain redirects n times, /hop1 to /hopN, before next answers.
func Chain(n int, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/hop")) // no hop is the first
		if at >= n {
			next.ServeHTTP(w, r)
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/hop%d", at+1), http.StatusFound)
	})
}

// Circle redirects from /a to /b, from there to /a, and from elsewhere to /a.
func Circle() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := "/a"
		if r.URL.Path == "/a" {
			to = "/b"
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
	})
}

// Trap has at every path a page with n links to deeper ones, for ever.
func Trap(n int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, "<!DOCTYPE html><html><body>")
		for i := range n {
			_, _ = fmt.Fprintf(w, `<a href="%s/%d">Контакты %d</a>`, strings.TrimSuffix(r.URL.Path, "/"), i, i)
		}
		_, _ = fmt.Fprint(w, "</body></html>")
	})
}

// Huge is a page of n bytes; told = its length is announced.
func Huge(n int64, told bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if told {
			w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
		}
		piece := []byte(strings.Repeat("<p>подшипник</p>\n", 512))
		for left := n; left > 0 && r.Context().Err() == nil; left -= int64(len(piece)) {
			if _, err := w.Write(piece[:min(left, int64(len(piece)))]); err != nil {
				return
			}
		}
	})
}

// SlowDrip sends a page of n bytes, one each time that every has passed.
func SlowDrip(n int, every time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for range n {
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
			if !pause(r, every) {
				return
			}
		}
	})
}

// Slow answers after a while.
func Slow(d time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !pause(r, d) {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
}

// InTurn gives the first request to the first handler and so on, all others to
// the last.
func InTurn(handlers ...http.Handler) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := min(n.Add(1), int64(len(handlers))) - 1
		handlers[at].ServeHTTP(w, r)
	})
}

// Reset breaks the connection with a TCP reset before any answer.
func Reset() http.Handler {
	return onConnection(func(c net.Conn) {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
	})
}

// Garbage answers with something that is not HTTP.
func Garbage() http.Handler {
	return onConnection(func(c net.Conn) { _, _ = c.Write([]byte("220 mail.example ESMTP\r\n\r\n")) })
}

func onConnection(f func(net.Conn)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		f(c)
		_ = c.Close()
	})
}
