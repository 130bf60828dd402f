package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"obzvon/pipeline"
)

// tries counts attempts at one thing that brought nothing.
type tries struct {
	c      *Client
	host   string
	failed int
}

// again waits before the next attempt, or returns err when there is none.
func (t *tries) again(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !passing(err) {
		return err
	}
	t.failed++
	if t.failed >= attempts {
		return fmt.Errorf("given up after %d attempts: %w", t.failed, err)
	}
	wait := t.c.backoff(t.failed)
	if status := (*StatusError)(nil); errors.As(err, &status) {
		if status.RetryAfter > patience {
			return err
		}
		wait = max(wait, status.RetryAfter)
	}
	if deadline, ok := ctx.Deadline(); ok && t.c.clock.Now().Add(wait).After(deadline) {
		return err
	}
	t.c.waits(Wait{t.host, wait, err})
	return t.c.clock.Sleep(ctx, wait)
}

// backoff doubles with each attempt, less up to a half so that clients that
// failed together do not come back together.
func (c *Client) backoff(failed int) time.Duration {
	d := min(firstBackoff<<(failed-1), lastBackoff)
	return d - time.Duration(float64(d)*c.jitter()/2)
}

// passing tells errors after which the same request may succeed.
func passing(err error) bool {
	for _, final := range []error{
		ErrURL, ErrBlocked, ErrRedirect, ErrCertificate, ErrNoSpace, errDisk,
		pipeline.ErrTooLarge, pipeline.ErrUnknownForm, pipeline.ErrEmpty, pipeline.ErrDamaged,
	} {
		if errors.Is(err, final) {
			return false
		}
	}
	if status := (*StatusError)(nil); errors.As(err, &status) {
		switch status.Code {
		case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
			http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		default:
			return false
		}
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) && dns.IsNotFound {
		return false
	}
	return true
}

// status is the error of an answer without content.
func (c *Client) status(resp *http.Response) error {
	return &StatusError{Code: resp.StatusCode, RetryAfter: retryAfter(resp, c.clock.Now())}
}
