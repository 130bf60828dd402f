package website

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
)

// Why a page is not read, beyond what the Web refuses.
var (
	errUnchanged = errors.New("as it was")
	errNotPage   = errors.New("not a page")
	errShared    = errors.New("leads to a host that many firms share")
	errOutside   = errors.New("leads away from the site")
	errSpent     = fmt.Errorf("%w: what one visit may read is spent", pipeline.ErrTooLarge)
)

// hop carries the requests of one visit to the Web, one at a time. It stands
// below colly, which would read a body of any size after unpacking, turn a
// status into words and decode a charset by half the evidence: so sizes,
// statuses and headers are dealt with here, and colly sees plain pages only.
type hop struct {
	web   Web
	known map[string]*pageMemory // pages read before, by address
	left  int64                  // bytes
	asked string                 // address of the last request
	count int                    // requests
	last  received               // what the last page came with
}

// received is what a page came with beside its body.
type received struct {
	contentType, etag, modified string
}

// RoundTrip implements http.RoundTripper.
func (h *hop) RoundTrip(req *http.Request) (*http.Response, error) {
	h.asked = req.URL.String()
	h.count++
	req = req.Clone(req.Context())
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8")
	req.Header.Set("Accept-Language", "ru,en;q=0.3")
	if m := h.known[h.asked]; m != nil {
		setUnless(req.Header, "If-None-Match", m.ETag)
		setUnless(req.Header, "If-Modified-Since", m.Modified)
	}
	resp, err := h.web.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if err := h.refuse(resp); err != nil {
		resp.Body.Close()
		return nil, err
	}
	h.last = received{resp.Header.Get("Content-Type"), short(resp.Header.Get("ETag")), short(resp.Header.Get("Last-Modified"))}
	resp.Header.Del("Content-Type") // colly would decode by it
	resp.Uncompressed = true        // and unpack what is called .gz
	resp.Body = &counted{body: resp.Body, left: &h.left}
	return resp, nil
}

func setUnless(h http.Header, key, value string) {
	if value != "" {
		h.Set(key, value)
	}
}

// short drops validators that no sound server sends, which would bloat what is
// remembered.
func short(validator string) string {
	if len(validator) > 128 {
		return ""
	}
	return validator
}

// refuse takes out what colly would put in words.
func (h *hop) refuse(resp *http.Response) error {
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified:
		return errUnchanged
	case code >= 300 && code < 400 && resp.Header.Get("Location") != "":
	case code < 200 || code >= 300:
		return &fetch.StatusError{Code: code}
	default:
		resp.StatusCode = http.StatusOK // colly takes 203 and more for errors
	}
	return nil
}

// counted is a body that is taken from what a visit may read.
type counted struct {
	body io.ReadCloser
	left *int64
}

func (c *counted) Read(b []byte) (int, error) {
	if *c.left <= 0 {
		return 0, errSpent
	}
	n, err := c.body.Read(b[:min(int64(len(b)), *c.left)])
	*c.left -= int64(n)
	return n, err
}

func (c *counted) Close() error { return c.body.Close() }
