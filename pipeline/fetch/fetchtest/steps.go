package fetchtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"time"
)

func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// Cut breaks the connection after n bytes of the body.
func Cut(n int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: n, end: func() {
			_ = http.NewResponseController(w).Flush() // what has been written shall arrive
			panic(http.ErrAbortHandler)
		}}, r, f)
	}
}

// EndEarly ends the body after n bytes as if that were all, without a length.
func EndEarly(n int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: n, header: func(h http.Header) { h.Del("Content-Length") }}, r, f)
	}
}

// WithoutLength serves the whole file without saying how long it is.
func WithoutLength() Step { return EndEarly(-1) }

// WrongLength says another length than the body has: one that is too great
// ends in a break, one that is too small in a body that is cut.
func WrongLength(n int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: min(n, len(f.Content)), header: func(h http.Header) { h.Set("Content-Length", strconv.Itoa(n)) }}, r, f)
	}
}

// Corrupt turns the bits of the bytes from..to of the file.
func Corrupt(from, to int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		f.Content = bytes.Clone(f.Content)
		for i := max(from, 0); i < min(to, len(f.Content)); i++ {
			f.Content[i] ^= 0xff
		}
		Plain(s, w, r, f)
	}
}

// Status answers with a code; after is Retry-After, "" = none.
func Status(code int, after string) Step {
	return func(_ *Server, w http.ResponseWriter, _ *http.Request, _ File) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

// HTML serves a page in place of the file, with status 200.
func HTML(contentType, title string) Step {
	return func(_ *Server, w http.ResponseWriter, _ *http.Request, _ File) {
		w.Header().Set("Content-Type", contentType)
		_, _ = fmt.Fprintf(w, "<!DOCTYPE html><html><head><title>%s</title></head><body>%s</body></html>", title, title)
	}
}

// Redirect sends elsewhere.
func Redirect(to string) Step {
	return func(_ *Server, w http.ResponseWriter, _ *http.Request, _ File) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// Drip sends the body in pieces of n bytes.
func Drip(n int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: -1, piece: n}, r, f)
	}
}

// Stall sends n bytes and then nothing; the clock goes on by d.
func Stall(n int, clock *Clock, d time.Duration) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: n, end: func() {
			_ = http.NewResponseController(w).Flush()
			clock.Advance(d)
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		}}, r, f)
	}
}

// NoRange serves the whole file whatever part was asked for.
func NoRange() Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		r.Header.Del("Range")
		Plain(s, &bent{ResponseWriter: w, left: -1, header: func(h http.Header) { h.Del("Accept-Ranges") }}, r, f)
	}
}

// Deaf serves the whole file whatever was asked: no parts, no conditions.
func Deaf() Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		for _, name := range []string{"If-None-Match", "If-Modified-Since", "If-Range"} {
			r.Header.Del(name)
		}
		NoRange()(s, w, r, f)
	}
}

// Become has another file at the path from now on.
func Become(next File) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, _ File) {
		s.mu.Lock()
		s.files[r.URL.Path] = next
		s.mu.Unlock()
		Plain(s, w, r, next)
	}
}

// LyingRange says that its part begins elsewhere than was asked for.
func LyingRange(from int) Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		Plain(s, &bent{ResponseWriter: w, left: -1, header: func(h http.Header) {
			if h.Get("Content-Range") != "" {
				h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(f.Content)-1, len(f.Content)))
			}
		}}, r, f)
	}
}

// OtherBytes says that it sends the part asked for and sends another one.
func OtherBytes() Step {
	return func(s *Server, w http.ResponseWriter, r *http.Request, f File) {
		half := len(f.Content) / 2
		f.Content = append(bytes.Clone(f.Content[half:]), f.Content[:half]...)
		Plain(s, w, r, f)
	}
}

// Bomb is a page that unpacks to n zero bytes, in whole MiB.
func Bomb(n int64) Step {
	const each = 1 << 20
	var member bytes.Buffer
	z := gzip.NewWriter(&member)
	_, _ = z.Write(make([]byte, each)) // a buffer takes all
	_ = z.Close()
	return func(_ *Server, w http.ResponseWriter, _ *http.Request, _ File) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		for left := n; left > 0; left -= each {
			if _, err := w.Write(member.Bytes()); err != nil {
				return // the client has had enough
			}
		}
	}
}

// bent is a ResponseWriter that does not do as it is told.
type bent struct {
	http.ResponseWriter
	header func(http.Header)
	left   int    // bytes that pass; -1 = all
	end    func() // when they have; nil = the others are swallowed
	piece  int    // bytes sent at a time; 0 = as they come
	wrote  bool
}

func (b *bent) WriteHeader(code int) {
	if b.header != nil && !b.wrote {
		b.header(b.Header())
	}
	b.wrote = true
	b.ResponseWriter.WriteHeader(code)
}

func (b *bent) Write(p []byte) (int, error) {
	all := len(p)
	if b.left >= 0 {
		p = p[:min(len(p), b.left)]
		b.left -= len(p)
	}
	for len(p) > 0 {
		n := len(p)
		if b.piece > 0 {
			n = min(n, b.piece)
		}
		if _, err := b.ResponseWriter.Write(p[:n]); err != nil {
			return 0, err
		}
		p = p[n:]
		if b.piece > 0 {
			_ = http.NewResponseController(b.ResponseWriter).Flush()
		}
	}
	if b.left == 0 && b.end != nil {
		b.end()
	}
	return all, nil
}
