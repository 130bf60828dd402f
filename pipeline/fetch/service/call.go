package service

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

// Call is one question.
type Call struct {
	Method string // GET when not given
	Path   string // below the base: "/search"
	Query  url.Values
	Body   []byte
	Type   string // of the body
	Accept string // application/json when not given
	Cost   int64  // of the budget; 0 = 1, below 0 = nothing
	// Once says that the answer is not looked for on the shelf nor put there.
	Once bool
	// Worth tells an answer that may be kept and used again, where Judge cannot tell:
	// the same service answers several questions. nil = all.
	Worth func(answer []byte) bool
}

func (c *Call) worth(answer []byte) bool { return c.Worth == nil || c.Worth(answer) }

// Answer is what came back.
type Answer struct {
	Body []byte // UTF-8 where the service said in which charset it writes; no key in it
	Kept bool   // from the shelf: nothing was asked
}

// Ask asks, at most Attempts times. Errors are *Error, or the context's.
func (s *Service) Ask(ctx context.Context, c Call) (*Answer, error) {
	name := s.nameOf(&c)
	if !c.Once && s.o.Shelf != nil {
		kept, err := s.o.Shelf.Find(ctx, name, s.client.Now().Add(-s.o.Fresh))
		if err != nil {
			return nil, fmt.Errorf("look for a kept answer of %s: %w", s.o.Name, err)
		}
		if kept != nil && c.worth(kept) {
			return &Answer{Body: kept, Kept: true}, nil
		}
	}
	if !s.Ready() {
		return nil, s.failed(&c, 0, 0, "", ErrKey)
	}
	body, err := s.attempts(ctx, &c)
	if err != nil {
		return nil, err
	}
	if !c.Once && s.o.Shelf != nil && c.worth(body) {
		if err := s.o.Shelf.Keep(ctx, name, body); err != nil {
			return nil, fmt.Errorf("keep an answer of %s: %w", s.o.Name, err)
		}
	}
	return &Answer{Body: body}, nil
}

// nameOf names a question without the key: what is kept must not tell it.
func (s *Service) nameOf(c *Call) string {
	h := sha256.New()
	for _, part := range []string{s.base.String(), cmp.Or(c.Method, http.MethodGet), c.Path, c.Query.Encode(), string(c.Body)} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return s.o.Name + "/" + hex.EncodeToString(h.Sum(nil))
}

// attempts asks until there is an answer or no sense in asking on.
func (s *Service) attempts(ctx context.Context, c *Call) ([]byte, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval, pauses.Multiplier = 2*time.Second, time.Minute, 2
	for n := 1; ; n++ {
		began := s.client.Now()
		body, err := s.once(ctx, c)
		if s.o.Told != nil {
			s.o.Told(s.o.Name, Outcome(err), s.client.Now().Sub(began))
		}
		var failed *Error
		if err == nil || !errors.As(err, &failed) || !passing(failed) || n >= s.o.Attempts {
			return body, err
		}
		wait := max(pauses.NextBackOff(), failed.Wait)
		if wait > fetch.Patience {
			return nil, err
		}
		if until, ok := ctx.Deadline(); ok && s.client.Now().Add(wait).After(until) {
			return nil, err
		}
		if err := s.client.Pause(ctx, s.base.Hostname(), wait, err); err != nil {
			return nil, err
		}
	}
}

// passing tells failures after which the same question may be answered. A picture with
// letters is not read by asking again.
func passing(e *Error) bool {
	return !errors.Is(e, ErrCaptcha) && (errors.Is(e, ErrDown) || errors.Is(e, ErrLimit) || errors.Is(e, ErrBroken) && e.Code == 0)
}

// once makes one call: paid first, then asked.
func (s *Service) once(ctx context.Context, c *Call) ([]byte, error) {
	if err := s.turn(ctx); err != nil {
		return nil, err
	}
	if err := s.permitted(ctx, c, s.address(c)); err != nil {
		return nil, err
	}
	if err := s.pay(ctx, c); err != nil {
		return nil, err
	}
	req, err := s.request(ctx, c)
	if err != nil {
		return nil, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, s.failed(c, 0, 0, "", byTransport(ctx, s.masked(err)))
	}
	defer resp.Body.Close()
	wait := s.client.RetryAfter(resp)
	body, err := s.read(resp)
	if err != nil {
		return nil, s.failed(c, 0, wait, "", byTransport(ctx, s.masked(err)))
	}
	said, err := "", ByStatus(resp.StatusCode)
	if s.o.Judge != nil {
		said, err = s.o.Judge(resp.StatusCode, body)
	}
	if err != nil {
		return nil, s.failed(c, resp.StatusCode, wait, said, err)
	}
	return body, nil
}

// turn waits for the key's next turn, by the client's clock.
func (s *Service) turn(ctx context.Context) error {
	now := s.client.Now()
	r := s.pace.ReserveN(now, 1)
	if d := r.DelayFrom(now); d > 0 {
		if err := s.client.Pause(ctx, s.base.Hostname(), d, fetch.ErrTurn); err != nil {
			r.CancelAt(s.client.Now())
			return err
		}
	}
	return nil
}

func (s *Service) pay(ctx context.Context, c *Call) error {
	amount := cmp.Or(c.Cost, 1)
	if amount < 0 || s.o.Purse == nil {
		return nil
	}
	day := company.DateOf(s.client.Now())
	if s.o.Day != nil {
		day = s.o.Day()
	}
	err := s.o.Purse.Debit(ctx, s.o.Name, day, amount, s.o.PerDay, s.o.InAll)
	if errors.Is(err, ErrBudget) {
		return s.failed(c, 0, 0, "", ErrBudget)
	}
	if err != nil {
		return fmt.Errorf("debit the budget of %s: %w", s.o.Name, err)
	}
	return nil
}

// address is where a question goes, without the key.
func (s *Service) address(c *Call) *url.URL {
	u := *s.base
	u.Path = strings.TrimRight(u.Path, "/") + c.Path
	u.RawQuery = c.Query.Encode()
	return &u
}

func (s *Service) request(ctx context.Context, c *Call) (*http.Request, error) {
	u := s.address(c)
	req, err := http.NewRequestWithContext(ctx, cmp.Or(c.Method, http.MethodGet), u.String(), bytes.NewReader(c.Body))
	if err != nil {
		return nil, s.failed(c, 0, 0, "", fmt.Errorf("%w: %w", ErrAsk, s.masked(err)))
	}
	req.Header.Set("Accept", cmp.Or(c.Accept, "application/json"))
	if c.Type != "" {
		req.Header.Set("Content-Type", c.Type)
	}
	for _, k := range s.o.Keys {
		k.Put(req, k.Text)
	}
	return req, nil
}

// read takes a body within the limit.
func (s *Service) read(resp *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, s.o.Limit+1))
	switch {
	case int64(len(body)) > s.o.Limit:
		return nil, fmt.Errorf("%w: an answer of more than %d bytes", pipeline.ErrTooLarge, s.o.Limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: after %d bytes", fetch.ErrTruncated, len(body))
	case err != nil:
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return s.maskBody(inUTF8(body, resp.Header.Get("Content-Type"))), nil
}

func (s *Service) failed(c *Call, code int, wait time.Duration, said string, err error) error {
	const most = 200
	said = strings.Join(strings.Fields(strings.ToValidUTF8(said, "")), " ")
	if runes := []rune(said); len(runes) > most {
		said = string(runes[:most]) + "…"
	}
	return &Error{Service: s.o.Name, Call: cmp.Or(c.Method, http.MethodGet) + " " + c.Path, Code: code, Wait: wait, Said: s.mask(said), Err: err}
}
