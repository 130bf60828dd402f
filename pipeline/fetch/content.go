package fetch

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"syscall"

	"github.com/klauspost/compress/gzip"

	"obzvon/pipeline"
)

// receive makes of an exchange the answer that the caller gets. After an error
// the caller finishes the exchange.
func (g *Guest) receive(e *exchange) (*http.Response, error) {
	resp := e.resp
	switch code := resp.StatusCode; {
	case redirects3xx(code):
		if _, err := e.next(); err != nil {
			return nil, err
		}
		return e.bare(), nil
	case code == http.StatusNotModified:
		return e.bare(), nil
	case code < 200 || code >= 300:
		e.drain()
		return nil, e.status()
	}
	if err := acceptable(resp.Header.Get("Content-Type")); err != nil {
		return nil, err
	}
	if e.asked.method == http.MethodHead {
		return e.bare(), nil
	}
	body, err := g.open(e, limits{g.o.Limit, g.o.Packed, g.o.Ratio})
	if err != nil {
		return nil, err
	}
	if resp.Header.Get("Content-Type") == "" {
		head, err := body.peek()
		if err == nil {
			err = acceptable(http.DetectContentType(head))
		}
		if err != nil {
			_ = body.Close()
			return nil, err
		}
	}
	out := *resp
	out.Body = body
	if body.zip != nil {
		out.Header = resp.Header.Clone()
		out.Header.Del("Content-Encoding")
		out.Header.Del("Content-Length")
		out.ContentLength, out.Uncompressed = -1, true
	}
	return &out, nil
}

// bare is an answer whose body is of no interest: the exchange is over.
func (e *exchange) bare() *http.Response {
	e.drain()
	e.finish()
	out := *e.resp
	out.Body = http.NoBody
	return &out
}

// acceptable looks at what an answer says it is; "" is looked at later.
func acceptable(contentType string) error {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind = strings.ToLower(strings.TrimSpace(kind)); kind {
	case "", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml":
		return nil
	default:
		const most = 80
		return fmt.Errorf("%w: it is %.*q", ErrContent, most, kind)
	}
}

// limits of one body; a ratio of 0 is none.
type limits struct {
	bytes, packed int64
	ratio         int
}

// body is the content of an answer, unpacked, within limits. The exchange ends
// with it.
type body struct {
	e        *exchange
	wire     *wire
	zip      *unpacker // nil = it came as it is
	head     []byte    // peeked at and not read yet
	unpacked int64
	limits   limits
	err      error // that ended it
}

// open begins to read the body of an exchange.
func (g *Guest) open(e *exchange, l limits) (*body, error) {
	if e.resp.ContentLength > l.packed && l.ratio > 0 {
		return nil, fmt.Errorf("%w: %d bytes are announced, at most %d are read", pipeline.ErrTooLarge, e.resp.ContentLength, l.packed)
	}
	b := &body{e: e, limits: l, wire: &wire{e: e, left: l.packed}}
	switch coding := strings.ToLower(strings.TrimSpace(e.resp.Header.Get("Content-Encoding"))); coding {
	case "", "identity":
	case "gzip", "x-gzip":
		b.zip = g.zips.get(b.wire)
	default:
		return nil, fmt.Errorf("%w: packed as %q", ErrContent, coding)
	}
	return b, nil
}

// peek reads as much as tells what the content is.
func (b *body) peek() ([]byte, error) {
	const enough = 512
	head := make([]byte, enough)
	n, err := io.ReadFull(b, head)
	b.head = head[:n]
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return b.head, nil
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if len(b.head) > 0 {
		n := copy(p, b.head)
		b.head = b.head[n:]
		return n, nil
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.read(p)
	b.unpacked += int64(n)
	if over := b.overLimit(); over != nil {
		n, err = 0, over
	}
	if err != nil {
		b.end(b.readError(err))
	}
	return n, b.err
}

func (b *body) read(p []byte) (int, error) {
	if b.zip != nil {
		return b.zip.Read(p)
	}
	return b.wire.Read(p)
}

func (b *body) overLimit() error {
	switch {
	case b.unpacked > b.limits.bytes:
		return fmt.Errorf("%w: more than %d bytes", pipeline.ErrTooLarge, b.limits.bytes)
	case b.zip != nil && b.limits.ratio > 0 && b.unpacked > ratioFrom && b.unpacked/int64(b.limits.ratio) > b.wire.read:
		return fmt.Errorf("%w: %d bytes unpack to over %d", pipeline.ErrTooLarge, b.wire.read, b.unpacked)
	default:
		return nil
	}
}

// readError names what ended a body.
func (b *body) readError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	err = b.e.dog.explain(err)
	corrupt := flate.CorruptInputError(0)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fmt.Errorf("%w: after %d bytes: %w", ErrTruncated, b.unpacked, err)
	case errors.Is(err, gzip.ErrHeader) && b.unpacked > 0:
		return io.EOF // something stands behind the packed page
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return fmt.Errorf("%w: after %d bytes: %w", pipeline.ErrDamaged, b.unpacked, err)
	default:
		return wayError(err)
	}
}

func (b *body) end(err error) {
	if b.err != nil {
		return
	}
	b.err = err
	b.e.finish()
	if b.zip != nil {
		b.e.guest.zips.put(b.zip)
	}
}

// errClosed is what reading a closed body brings.
var errClosed = errors.New("the body is closed")

// Close implements io.Closer.
func (b *body) Close() error {
	b.head = nil
	b.end(errClosed)
	return nil
}

// wire reads what comes from the host and counts it.
type wire struct {
	e    *exchange
	read int64
	left int64 // bytes that may still come
}

func (w *wire) Read(p []byte) (int, error) {
	w.e.dog.heard()
	n, err := w.e.resp.Body.Read(p)
	w.read += int64(n)
	if w.left -= int64(n); w.left < 0 {
		return 0, fmt.Errorf("%w: more than %d bytes on the wire", pipeline.ErrTooLarge, w.read+w.left)
	}
	return n, err
}

// unpacker is a reader of gzip with its buffers, used again and again.
type unpacker struct {
	zip   gzip.Reader
	buf   *bufio.Reader
	begun bool
}

func (u *unpacker) Read(p []byte) (int, error) {
	if !u.begun {
		u.begun = true
		if err := u.zip.Reset(u.buf); err != nil {
			return 0, err // io.EOF of an empty body too
		}
	}
	return u.zip.Read(p)
}

// unpackers are those that nobody uses now.
type unpackers struct{ pool sync.Pool }

func (s *unpackers) get(r io.Reader) *unpacker {
	u, ok := s.pool.Get().(*unpacker)
	if !ok {
		const buffer = 4 << 10
		u = &unpacker{buf: bufio.NewReaderSize(nil, buffer)}
	}
	u.buf.Reset(r)
	u.begun = false
	return u
}

func (s *unpackers) put(u *unpacker) {
	u.buf.Reset(nil)
	s.pool.Put(u)
}
