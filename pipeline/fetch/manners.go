package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"obzvon/pipeline/fetch/robots"
)

// manners are what the robots.txt of a scheme, host and port asks for.
type manners struct {
	rules *robots.Rules // nil = later
	later *RobotsLaterError
	until time.Time // so long it holds
	size  int
}

// known returns the manners that still hold, nil = none.
func (s *hosts) known(h *host, at origin) *manners {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := h.manners[at]; m != nil && s.clock.Now().Before(m.until) {
		return m
	}
	return nil
}

// originsKept bounds the ports of one host that are remembered.
const originsKept = 8

func (s *hosts) learn(h *host, at origin, m *manners) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := h.manners[at]; old != nil {
		s.kept -= old.size
	} else if len(h.manners) >= originsKept {
		s.unlearn(h)
	}
	if h.manners == nil {
		h.manners = map[origin]*manners{}
	}
	h.manners[at] = m
	s.kept += m.size
	s.forget()
}

// permitted returns nil when robots.txt lets the request pass, and the
// Crawl-delay.
func (g *Guest) permitted(ctx context.Context, h *host, r *request) (time.Duration, error) {
	m, err := g.manners(ctx, h, r)
	if err != nil {
		return 0, err
	}
	if m.later != nil {
		return 0, m.later
	}
	if rule, ok := m.rules.Check(r.url.RequestURI()); !ok {
		return 0, &RobotsError{Host: r.host, Rule: rule}
	}
	delay := m.rules.Delay()
	if delay > max(g.o.CrawlDelay, g.o.Pace) {
		return 0, &CrawlDelayError{Host: r.host, Delay: delay, Bound: g.o.CrawlDelay}
	}
	return delay, nil
}

// manners reads a robots.txt, unless it is known; of those who want the same
// one reads, with its own context, and the others wait.
func (g *Guest) manners(ctx context.Context, h *host, r *request) (*manners, error) {
	at := r.origin()
	if m := g.hosts.known(h, at); m != nil {
		return m, nil
	}
	select {
	case h.reading <- struct{}{}:
		defer func() { <-h.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if m := g.hosts.known(h, at); m != nil {
		return m, nil
	}
	rules, err := g.readRobots(ctx, h, r)
	switch {
	case err == nil:
		m := g.believed(rules)
		g.hosts.learn(h, at, m)
		return m, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrLater):
		return nil, err
	}
	wait := g.o.RobotsLater
	if status := (*StatusError)(nil); errors.As(err, &status) {
		wait = max(wait, min(status.RetryAfter, longestRun))
	}
	m := &manners{until: g.clock.Now().Add(wait)}
	m.later = &RobotsLaterError{Host: r.host, Until: m.until, Why: err}
	g.hosts.learn(h, at, m)
	return m, nil
}

// readRobots asks for a robots.txt and where it is sent on to (RFC 9309,
// section 2.3.1). One found as that of another origin, commonly the same host
// by https, is learned for that too.
func (g *Guest) readRobots(ctx context.Context, h *host, first *request) (*robots.Rules, error) {
	u := &url.URL{Scheme: first.url.Scheme, Host: first.url.Host, Path: "/robots.txt"}
	for hop := range hops + 1 {
		r, err := g.address(u)
		if err != nil {
			return nil, err
		}
		if r.host != h.name {
			h = g.hosts.enter(r.host)
			defer g.hosts.leave(h)
		}
		rules, next, err := g.robotsHop(ctx, h, r)
		if err != nil {
			return nil, err
		}
		if next == nil {
			if hop > 0 && r.url.RequestURI() == "/robots.txt" {
				g.hosts.learn(h, r.origin(), g.believed(rules))
			}
			return rules, nil
		}
		u = next
	}
	return &robots.Rules{}, nil // too far away: there is none
}

func (g *Guest) believed(rules *robots.Rules) *manners {
	return &manners{rules: rules, until: g.clock.Now().Add(g.o.RobotsFor), size: rules.Size()}
}

func (g *Guest) robotsHop(ctx context.Context, h *host, r *request) (*robots.Rules, *url.URL, error) {
	r.method = http.MethodGet
	r.header = g.header(nil)
	r.header["Accept"] = []string{"text/plain,*/*;q=0.5"}
	e, err := g.ask(ctx, h, r)
	if err != nil {
		return nil, nil, err
	}
	defer e.finish()
	switch code := e.resp.StatusCode; {
	case redirects3xx(code):
		e.drain()
		next, err := e.next()
		return nil, next, err
	case code >= 200 && code < 300:
		body, err := g.robotsBody(e)
		if err != nil {
			return nil, nil, err
		}
		return robots.Parse(body, g.o.Token), nil, nil
	case code == http.StatusTooManyRequests || code >= 500:
		return nil, nil, e.status()
	default:
		e.drain()
		return &robots.Rules{}, nil, nil // there is none
	}
}

// robotsBody reads as much of a robots.txt as counts.
func (g *Guest) robotsBody(e *exchange) ([]byte, error) {
	body, err := g.open(e, limits{bytes: robots.Limit + 1, packed: 2 * robots.Limit})
	if err != nil {
		return nil, fmt.Errorf("robots.txt: %w", err)
	}
	defer func() { _ = body.Close() }() // only what was read counts
	data, err := io.ReadAll(io.LimitReader(body, robots.Limit+1))
	if err != nil {
		return nil, fmt.Errorf("robots.txt: %w", err)
	}
	return data, nil
}
