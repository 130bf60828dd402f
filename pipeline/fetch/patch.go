package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// patch fetches a span of the archive again and writes it in its place.
func (d *download) patch(ctx context.Context, s span) error {
	t := tries{c: d.c, host: d.url.Hostname()}
	for s.from < s.to {
		n, err := d.patchOnce(ctx, s)
		s.from += n
		switch {
		case n > 0:
			t.failed = 0
		case errors.Is(err, errWhole):
			return err
		}
		if err == nil {
			continue
		}
		if err := t.again(ctx, err); err != nil {
			return err
		}
	}
	return nil
}

// patchOnce returns how many bytes it has written.
func (d *download) patchOnce(ctx context.Context, s span) (int64, error) {
	if d.noRange {
		return 0, errWhole
	}
	h := http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"identity"}}
	h.Set("Range", fmt.Sprintf("bytes=%d-%d", s.from, s.to-1))
	if v := d.side.ifRange(); v != "" {
		h.Set("If-Range", v)
	}
	resp, err := d.c.follow(ctx, d.url, h)
	if err != nil {
		return 0, err
	}
	if resp.StatusCode == http.StatusOK {
		d.noRange = d.side.same(resp.Header) // else another archive has come
		d.closeWhole()
		d.whole = resp // the next leg takes it
		return 0, errWhole
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusPartialContent:
	case http.StatusRequestedRangeNotSatisfiable:
		return 0, errWhole // of another archive
	default:
		return 0, d.c.status(resp.Response)
	}
	from, to, total, ok := contentRange(resp.Header.Get("Content-Range"))
	if !ok || from != s.from || to != s.to-1 || total >= 0 && total != d.have || !d.side.same(resp.Header) ||
		strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return 0, errWhole
	}
	w := &patchWriter{d: d, at: s.from}
	_, err = io.CopyN(w, resp.Body, s.to-s.from)
	switch {
	case err == nil, errors.Is(err, ErrTimeout), errors.Is(err, errDisk), errors.Is(err, ErrNoSpace):
	default:
		err = fmt.Errorf("%w: %d of %d bytes: %w", ErrTruncated, w.at-s.from, s.to-s.from, err)
	}
	return w.at - s.from, err
}

// closeWhole gives up an answer that nobody took.
func (d *download) closeWhole() {
	if d.whole != nil {
		_ = d.whole.Body.Close() // of no interest
		d.whole = nil
	}
}

// patchWriter writes to the part from a place on.
type patchWriter struct {
	d  *download
	at int64
}

func (w *patchWriter) Write(b []byte) (int, error) {
	n, err := w.d.file.WriteAt(b, w.at)
	w.at += int64(n)
	return n, onDisk("write the archive", err)
}
