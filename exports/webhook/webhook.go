// Package webhook brings notices as a POST of one JSON object to an address, such as
// the incoming hook of a chat. The address is a secret: whoever has it can write
// there. Of it errors name scheme, host and port.
package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"obzvon/pipeline"
)

// Bounds: how often and how long it is tried, how long the other side may ask to
// wait, and what is read of an answer.
const (
	tries      = 3
	timeMost   = 10 * time.Second // one try
	firstWait  = 2 * time.Second  // then twice as long each time
	waitMost   = time.Minute
	answerMost = 64 << 10
	textMost   = 300 // characters of an error
)

// Hook is a pipeline.Notifier.
type Hook struct {
	address, shown string
	client         *http.Client
	clock          func() time.Time
	wait           func(ctx context.Context, d time.Duration) error
}

// message is what is sent: the notice, and all of it as one text, by the name under
// which chats look for it.
type message struct {
	pipeline.Notice
	Text string `json:"text"`
}

// New makes a hook of an address that begins with https:// or http://. The system's
// proxy is used (HTTPS_PROXY).
func New(address string, clock func() time.Time) (*Hook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, errors.New("address of the hook: want one that begins with https:// or http://") // it may be half a secret
	}
	return &Hook{
		address: address, shown: u.Scheme + "://" + u.Host, clock: clock, wait: wait,
		client: &http.Client{
			Timeout:       timeMost,
			Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, MaxResponseHeaderBytes: answerMost},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Notify implements pipeline.Notifier. Taken is what is answered with 2xx. No answer,
// 429 and 5xx are tried again, twice at most, when Retry-After says so, if that is
// within a minute.
func (h *Hook) Notify(ctx context.Context, n pipeline.Notice) error {
	if err := n.Check(); err != nil {
		return fmt.Errorf("post to %s: %w", h.shown, err)
	}
	m := message{Notice: n, Text: n.Subject() + "\n\n" + n.Text()}
	m.Title = n.Subject()
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("post to %s: encode the notice: %w", h.shown, err)
	}
	for try := 1; ; try++ {
		again, err := h.post(ctx, body)
		if err == nil {
			return nil
		}
		if ctx.Err() == nil && again != never && try < tries {
			if again == 0 {
				again = firstWait << (try - 1)
			}
			if h.wait(ctx, again) == nil {
				continue
			}
		}
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return fmt.Errorf("post to %s: %w", h.shown, err)
	}
}

// never is an answer after which nothing is tried again.
const never = time.Duration(-1)

// post tries once, and tells when to try again: 0 = as we like.
func (h *Hook) post(ctx context.Context, body []byte) (again time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, bytes.NewReader(body))
	if err != nil {
		return never, errors.New("the address cannot be asked for")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "obzvon")
	res, err := h.client.Do(req)
	if err != nil {
		return 0, plain(err)
	}
	defer res.Body.Close()
	_, _ = io.CopyN(io.Discard, res.Body, answerMost) // the code has said it
	err = fmt.Errorf("answered %d %s", res.StatusCode, http.StatusText(res.StatusCode))
	switch code := res.StatusCode; {
	case code >= 200 && code < 300:
		return never, nil
	case code >= 300 && code < 400:
		return never, fmt.Errorf("%w; a redirect is not followed, give the address that it leads to: %w", err, pipeline.ErrFinal)
	case code != http.StatusTooManyRequests && code < 500:
		return never, fmt.Errorf("%w: %w", err, pipeline.ErrFinal)
	}
	if again = h.retryAfter(res.Header.Get("Retry-After")); again > waitMost {
		return never, fmt.Errorf("%w and asked to be left alone for %s", err, again.Round(time.Second))
	}
	return again, err
}

// retryAfter reads what RFC 9110, 10.2.3 has: seconds or a date; 0 = nothing said.
func (h *Hook) retryAfter(s string) time.Duration {
	if n, err := strconv.ParseUint(s, 10, 31); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(n) * time.Second
	}
	at, err := http.ParseTime(s)
	if err != nil {
		return 0
	}
	return max(at.Sub(h.clock()), 0)
}

// plain is an error of the transport in one line and without the address.
func plain(err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		if of.Timeout() {
			return fmt.Errorf("no answer within %s", timeMost)
		}
		err = of.Err
	}
	text := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, err.Error()))
	return errors.New(string(text[:min(len(text), textMost)]))
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
