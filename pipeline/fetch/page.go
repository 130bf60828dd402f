package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"obzvon/pipeline"
)

// Validators are what a server calls the state of a thing.
type Validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"` // as the server wrote it
}

// Known tells validators that can be asked with.
func (v Validators) Known() bool { return v != Validators{} }

func validatorsOf(h http.Header) Validators {
	return Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
}

// ask puts the validators into a request for what has changed since.
func (v Validators) ask(h http.Header) {
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}

// PageOptions say what Get brings.
type PageOptions struct {
	Limit int64      // bytes of the page, unpacked; 0 = 8 MiB
	Since Validators // of the copy at hand; zero = none
}

// Page is a small document held in memory.
type Page struct {
	URL         *url.URL // where it was found after redirects
	Body        []byte
	Validators  Validators
	NotModified bool // the copy at hand is the newest; Body is nil
}

const (
	defaultPage  = 8 << 20
	pageTimeouts = 4 // a page must be whole after so many timeouts
)

// Get brings a page, trying again after errors that pass.
func (c *Client) Get(ctx context.Context, raw string, o PageOptions) (Page, error) {
	u, err := parse(raw)
	if err != nil {
		return Page{}, err
	}
	if o.Limit <= 0 {
		o.Limit = defaultPage
	}
	for t := (tries{c: c, host: u.Hostname()}); ; {
		page, err := c.page(ctx, u, o)
		if err == nil {
			return page, nil
		}
		if err := t.again(ctx, err); err != nil {
			return Page{}, fmt.Errorf("fetch %s: %w", Show(u), err)
		}
	}
}

// page is one attempt. A page that drips is given up after some timeouts.
func (c *Client) page(ctx context.Context, u *url.URL, o PageOptions) (Page, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	header := http.Header{"Accept": {"text/html,text/csv,*/*;q=0.5"}}
	o.Since.ask(header)
	resp, err := c.follow(ctx, u, header)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && o.Since.Known():
		return Page{URL: resp.url, Validators: o.Since, NotModified: true}, nil
	case resp.StatusCode != http.StatusOK:
		return Page{}, c.status(resp.Response)
	}
	long := pageTimeouts * c.polite.timeout
	dripping := c.clock.AfterFunc(long, func() { cancel(fmt.Errorf("%w: the page is not whole after %s", ErrTimeout, long)) })
	defer dripping.Stop()
	body, err := io.ReadAll(io.LimitReader(resp.Body, o.Limit+1)) // unpacked bytes
	switch {
	case int64(len(body)) > o.Limit:
		return Page{}, fmt.Errorf("%w: a page of more than %d bytes", pipeline.ErrTooLarge, o.Limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Page{}, fmt.Errorf("%w: after %d bytes", ErrTruncated, len(body))
	case err != nil:
		return Page{}, fmt.Errorf("read the page: %w", err)
	}
	return Page{URL: resp.url, Body: body, Validators: validatorsOf(resp.Header)}, nil
}
