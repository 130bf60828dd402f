package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Patience is the longest Retry-After that is waited for.
const Patience = patience

// ParseAddress reads an http or https address. Its error, ErrURL, does not repeat
// the text.
func ParseAddress(raw string) (*url.URL, error) { return parse(raw) }

// SetPace gives a host a pace of its own: an interface says how often it may be
// asked, where a site of strangers is asked at the config's pace. 0 = no pause. Of
// several paces given to a host the slowest holds.
func (c *Client) SetPace(host string, pace time.Duration) {
	c.polite.pacer.set(strings.ToLower(host), pace)
}

// Pause waits, and tells whoever watches why.
func (c *Client) Pause(ctx context.Context, host string, d time.Duration, why error) error {
	if d > noticed {
		c.waits(Wait{host, d, why})
	}
	return c.clock.Sleep(ctx, d)
}

// RetryAfter is how long an answer asks to be left alone; 0 = it does not.
func (c *Client) RetryAfter(resp *http.Response) time.Duration {
	return retryAfter(resp, c.clock.Now())
}

// Do makes one request as it is, once. A redirect is followed if it stays on the
// host and the request only asks (GET): what the request carries is for that host
// alone. The body of the answer must be closed.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	u := req.URL
	for range redirects + 1 {
		again := req.Clone(req.Context())
		again.URL, again.Host = u, ""
		resp, err := c.polite.RoundTrip(again)
		if err != nil {
			return nil, err
		}
		next, err := redirected(resp, u)
		switch {
		case err == nil && next == nil:
			return resp, nil
		case err == nil && (next.Host != u.Host || req.Method != http.MethodGet):
			err = fmt.Errorf("%w: to %s", ErrRedirect, Show(next))
		}
		_ = resp.Body.Close() // of no interest
		if err != nil {
			return nil, err
		}
		u = next
	}
	return nil, fmt.Errorf("%w: more than %d in a row", ErrRedirect, redirects)
}
