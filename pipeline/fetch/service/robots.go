package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/robots"
)

const (
	robotsToken = "obzvon"
	robotsFor   = 24 * time.Hour // how long a robots.txt is believed (RFC 9309, section 2.4)
)

// manners are what the host's robots.txt asks for.
type manners struct {
	reading chan struct{} // has an element while somebody reads or asks
	rules   *robots.Rules
	until   time.Time
}

// permitted obeys robots.txt, where the service is one of pages. A page that it
// forbids is fetch.ErrRobots; while it cannot be had nothing is asked.
func (s *Service) permitted(ctx context.Context, c *Call, u *url.URL) error {
	if !s.o.Robots {
		return nil
	}
	select {
	case s.manners.reading <- struct{}{}:
		defer func() { <-s.manners.reading }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if s.manners.rules == nil || !s.client.Now().Before(s.manners.until) {
		rules, err := s.readRobots(ctx, c)
		if err != nil {
			return err
		}
		s.manners.rules, s.manners.until = rules, s.client.Now().Add(robotsFor)
		s.client.SetPace(s.base.Hostname(), max(s.o.Pace, min(rules.Delay(), fetch.Patience)))
	}
	if d := s.manners.rules.Delay(); d > fetch.Patience {
		return s.failed(c, 0, 0, "", &fetch.CrawlDelayError{Host: s.base.Hostname(), Delay: d, Bound: fetch.Patience})
	}
	if rule, ok := s.manners.rules.Check(u.RequestURI()); !ok {
		return s.failed(c, 0, 0, "", &fetch.RobotsError{Host: s.base.Hostname(), Rule: rule})
	}
	return nil
}

// readRobots reads the file (RFC 9309, section 2.3.1): answers of 4xx say that there
// is none, one that leads in circles or to another host is as far away as none, and
// of a host that fails nothing may be asked.
func (s *Service) readRobots(ctx context.Context, c *Call) (*robots.Rules, error) {
	at := url.URL{Scheme: s.base.Scheme, Host: s.base.Host, Path: "/robots.txt"}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, s.failed(c, 0, 0, "", fmt.Errorf("%w: robots.txt: %w", ErrAsk, err))
	}
	req.Header.Set("Accept", "text/plain,*/*;q=0.5")
	resp, err := s.client.Do(req)
	if errors.Is(err, fetch.ErrRedirect) {
		return &robots.Rules{}, nil
	}
	if err != nil {
		return nil, s.failed(c, 0, 0, "", fmt.Errorf("robots.txt: %w", byTransport(ctx, s.masked(err))))
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests, code >= 500:
		return nil, s.failed(c, code, s.client.RetryAfter(resp), "", fmt.Errorf("robots.txt: %w", ByStatus(code)))
	case code < 200 || code >= 300:
		return &robots.Rules{}, nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, robots.Limit+1))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: after %d bytes", fetch.ErrTruncated, len(body))
	}
	if err != nil {
		return nil, s.failed(c, 0, 0, "", fmt.Errorf("robots.txt: %w", byTransport(ctx, err)))
	}
	return robots.Parse(body, robotsToken), nil
}
