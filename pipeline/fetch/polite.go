package fetch

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// polite is the RoundTripper under everything: one request to one host, at its
// pace, under our name, not inside the house, watched until its body is
// closed. Each hop of a redirect passes through it.
type polite struct {
	base    http.RoundTripper
	guard   guard
	pacer   *pacer
	clock   Clock
	agent   string
	timeout time.Duration
}

// RoundTrip implements http.RoundTripper.
func (p *polite) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return nil, fmt.Errorf("%w: scheme %q", ErrURL, req.URL.Scheme)
	}
	host := strings.ToLower(req.URL.Hostname())
	if err := p.guard.checkHost(host); err != nil {
		return nil, err
	}
	if err := p.pacer.wait(req.Context(), host); err != nil {
		return nil, err
	}
	ctx, dog := watch(req.Context(), p.clock, p.timeout)
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", p.agent)
	resp, err := p.base.RoundTrip(req)
	if err != nil {
		dog.stop()
		return nil, dog.explain(plain(err))
	}
	resp.Body = &watched{body: resp.Body, dog: dog}
	if d := retryAfter(resp, p.clock.Now()); d > 0 {
		p.pacer.hold(host, min(d, patience))
	}
	return resp, nil
}

// retryAfter reads how long a server asks to be left alone, in seconds or as
// a date (RFC 9110, section 10.2.3); 0 = it does not.
func retryAfter(resp *http.Response, now time.Time) time.Duration {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
	default:
		return 0
	}
	text := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
