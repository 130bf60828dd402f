package service

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
)

// Errors that callers tell apart with errors.Is. A service that has a failure of
// another kind says so by its Judge.
var (
	ErrKey    = errors.New("the key is missing, wrong or not allowed to do this")
	ErrBudget = fmt.Errorf("the budget is spent: %w", pipeline.ErrUnfinished)
	ErrLimit  = errLimit
	// ErrCaptcha is ErrLimit by a picture with letters, which is for people.
	ErrCaptcha = fmt.Errorf("the service asks for the letters of a picture: %w", errLimit)
	ErrLayout  = errors.New("the answer has another form than it had")
	ErrBroken  = errors.New("the answer is cut or damaged")
	ErrDown    = errors.New("the service does not answer")
	ErrAsk     = errors.New("the service does not understand the question")
)

var errLimit = errors.New("the service asks to slow down")

// Error is one call that failed. It never holds the key.
type Error struct {
	Service string
	Call    string        // method and path, without query: "GET /v2/search"
	Code    int           // of HTTP; 0 = there was no answer
	Wait    time.Duration // how long the service asks to be left alone; 0 = it does not say
	Said    string        // the service's own word, cut and masked
	Err     error
}

func (e *Error) Error() string {
	text := e.Service + ": " + e.Call + ": " + e.Err.Error()
	if e.Code != 0 {
		text += fmt.Sprintf(" (HTTP %d)", e.Code)
	}
	if e.Said != "" {
		text += fmt.Sprintf(": it says %q", e.Said)
	}
	if e.Wait > 0 {
		text += fmt.Sprintf("; it asks to wait %v", e.Wait)
	}
	return text
}

// Unwrap gives the kind of the failure.
func (e *Error) Unwrap() error { return e.Err }

// Final tells failures after which no other call of this run can succeed.
func Final(err error) bool {
	return errors.Is(err, ErrKey) || errors.Is(err, ErrBudget) || errors.Is(err, ErrLimit) || errors.Is(err, ErrDown) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Outcome is a short code by which failures are counted: "key", "budget", "limit",
// "not_found", "robots", "layout", "broken", "down", "ask", "cancelled"; "" = no
// error.
func Outcome(err error) string {
	if err == nil {
		return ""
	}
	for _, o := range outcomes {
		if errors.Is(err, o.err) {
			return o.code
		}
	}
	return "broken"
}

var outcomes = []struct {
	err  error
	code string
}{
	{context.Canceled, "cancelled"},
	{context.DeadlineExceeded, "cancelled"},
	{ErrKey, "key"},
	{ErrBudget, "budget"},
	{ErrLimit, "limit"},
	{pipeline.ErrNotFound, "not_found"},
	{fetch.ErrRobots, "robots"},
	{fetch.ErrCrawlDelay, "robots"},
	{ErrLayout, "layout"},
	{ErrBroken, "broken"},
	{ErrDown, "down"},
	{ErrAsk, "ask"},
}

// ByStatus is what an answer without content comes to, for services that keep to
// HTTP; nil = it has content.
func ByStatus(code int) error {
	switch {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusPaymentRequired:
		return ErrKey
	case code == http.StatusNotFound, code == http.StatusGone:
		return pipeline.ErrNotFound
	case code == http.StatusTooManyRequests:
		return ErrLimit
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code >= 500:
		return ErrDown
	case code >= 300 && code < 400:
		return ErrLayout // a redirect that cannot be followed
	default:
		return ErrAsk
	}
}

// Absent is what 404 or 410 of an interface for programs comes to: nothing is found if
// the interface says so itself. A page, or nothing at all, in the place of its words is
// from whoever stands before it: nothing is at this address, and nobody will be found.
func Absent(body []byte) error {
	if text := bytes.TrimSpace(body); len(text) == 0 || text[0] == '<' {
		return fmt.Errorf("%w: nothing is at this address", ErrLayout)
	}
	return pipeline.ErrNotFound
}

// byTransport is what a failure below HTTP comes to.
func byTransport(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, fetch.ErrBlocked), errors.Is(err, fetch.ErrURL), errors.Is(err, fetch.ErrRedirect), errors.Is(err, pipeline.ErrTooLarge):
		return fmt.Errorf("%w: %w", ErrLayout, err)
	case errors.Is(err, fetch.ErrTruncated):
		return fmt.Errorf("%w: %w", ErrBroken, err)
	default:
		return fmt.Errorf("%w: %w", ErrDown, err)
	}
}
