package fetch

import (
	"errors"
	"fmt"
	"time"

	"obzvon/pipeline/fetch/robots"
)

// Errors of a Guest that callers tell apart with errors.Is, besides those of
// the Client and pipeline.ErrTooLarge and ErrDamaged.
var (
	ErrRobots      = errors.New("robots.txt forbids it")
	ErrRobotsLater = errors.New("robots.txt cannot be read now")
	ErrCrawlDelay  = errors.New("the Crawl-delay is too long")
	ErrLater       = errors.New("the host is to be asked later")
	ErrContent     = errors.New("not a page")
	ErrName        = errors.New("the name leads nowhere")
	ErrUnreachable = errors.New("no connection")
)

// RobotsError is a page that robots.txt forbids, with the rule. It is
// ErrRobots.
type RobotsError struct {
	Host string
	Rule robots.Rule
}

func (e *RobotsError) Error() string { return fmt.Sprintf("%v: %s: %s", ErrRobots, e.Host, e.Rule) }

// Is makes errors.Is(err, ErrRobots) hold.
func (e *RobotsError) Is(target error) bool { return target == ErrRobots }

// RobotsLaterError is a host whose robots.txt could not be had, so that for
// now nothing may be asked of it (RFC 9309, section 2.3.1.4). It is
// ErrRobotsLater and what went wrong.
type RobotsLaterError struct {
	Host  string
	Until time.Time // robots.txt is not asked for again before
	Why   error
}

func (e *RobotsLaterError) Error() string {
	return fmt.Sprintf("%v: %s, until %s: %v", ErrRobotsLater, e.Host, e.Until.UTC().Format(time.RFC3339), e.Why)
}

// Is makes errors.Is(err, ErrRobotsLater) hold.
func (e *RobotsLaterError) Is(target error) bool { return target == ErrRobotsLater }

// Unwrap returns what went wrong.
func (e *RobotsLaterError) Unwrap() error { return e.Why }

// CrawlDelayError is a host that wants longer pauses than a visit can make. It
// is ErrCrawlDelay.
type CrawlDelayError struct {
	Host         string
	Delay, Bound time.Duration
}

func (e *CrawlDelayError) Error() string {
	return fmt.Sprintf("%v: %s wants %s between two requests, a visit waits at most %s", ErrCrawlDelay, e.Host, e.Delay, e.Bound)
}

// Is makes errors.Is(err, ErrCrawlDelay) hold.
func (e *CrawlDelayError) Is(target error) bool { return target == ErrCrawlDelay }

// LaterError is a host whose turn comes later than a visit waits: it asked to
// be left alone (Why is the *StatusError), or too many wait for the address it
// shares with others (Why is ErrTurn). It is ErrLater and Why.
type LaterError struct {
	Host  string
	Until time.Time // when it may be asked
	Why   error
}

func (e *LaterError) Error() string {
	return fmt.Sprintf("%v: %s, not before %s: %v", ErrLater, e.Host, e.Until.UTC().Format(time.RFC3339), e.Why)
}

// Is makes errors.Is(err, ErrLater) hold.
func (e *LaterError) Is(target error) bool { return target == ErrLater }

// Unwrap returns why it is to be asked later.
func (e *LaterError) Unwrap() error { return e.Why }
