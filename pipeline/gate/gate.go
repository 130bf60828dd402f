// Package gate keeps apart the work of one process that must not be done side by
// side. Whoever holds the store lets others work on it through one gate: a night
// runs once at a time, small changes go on beside it, erasure is alone with the
// readers.
package gate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Kind is how a piece of work behaves beside others.
type Kind int

// The kinds.
const (
	Read  Kind = iota // changes nothing: beside everything
	Write             // one small change: beside everything but erasure, for which it waits
	Night             // a night or a stage of one: beside readers and writers, one at a time
	Alone             // erasure: beside readers only
)

// Pass is a piece of work that goes on.
type Pass struct {
	Kind  Kind
	What  string // "run", "forget"
	Who   string // who began it, for people: "the clock", "anna on the page"
	Since time.Time
}

func (p Pass) String() string {
	return fmt.Sprintf("%s, begun by %s at %s", p.What, p.Who, p.Since.Format(time.TimeOnly+" MST"))
}

// ErrBusy is that a night or an erasure goes on which does not bear another.
var ErrBusy = errors.New("something else is going on")

// BusyError says what goes on.
type BusyError struct{ Holder Pass }

func (e *BusyError) Error() string { return fmt.Sprintf("%v: %v", ErrBusy, e.Holder) }

// Is makes errors.Is(err, ErrBusy) hold.
func (e *BusyError) Is(target error) bool { return target == ErrBusy }

// Gate lets work in. The zero value is not ready: use New.
type Gate struct {
	mu      sync.Mutex
	now     func() time.Time
	holder  *Pass // the night or erasure that goes on
	writers int
	freed   chan struct{} // closed and made anew when somebody leaves
}

// New makes a gate that nobody has passed.
func New(now func() time.Time) *Gate { return &Gate{now: now, freed: make(chan struct{})} }

// Enter lets a piece of work in, or says why not. Nights and erasure do not wait
// for each other: *BusyError. A write waits for an erasure to end, an erasure for
// the writes, both at most as long as ctx. The pass must be given back by leave,
// once.
func (g *Gate) Enter(ctx context.Context, p Pass) (leave func(), err error) {
	if p.Kind == Read {
		return func() {}, nil
	}
	p.Since = g.now()
	for {
		wait, err := g.try(&p)
		if err != nil {
			return nil, err
		}
		if wait == nil {
			var once sync.Once
			return func() { once.Do(func() { g.leave(&p) }) }, nil
		}
		select {
		case <-wait:
		case <-ctx.Done():
			g.giveUp(&p)
			return nil, context.Cause(ctx)
		}
	}
}

// try enters, refuses, or gives what to wait for.
func (g *Gate) try(p *Pass) (<-chan struct{}, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case p.Kind == Write && g.holder != nil && g.holder.Kind == Alone:
		return g.freed, nil
	case p.Kind == Write:
		g.writers++
	case g.holder != nil && g.holder != p:
		return nil, &BusyError{Holder: *g.holder}
	default:
		g.holder = p // an erasure keeps new writers out while it waits for those inside
		if p.Kind == Alone && g.writers > 0 {
			return g.freed, nil
		}
	}
	return nil, nil
}

// giveUp lets others in again when an erasure no longer waits for the writes.
func (g *Gate) giveUp(p *Pass) {
	g.mu.Lock()
	held := g.holder == p
	g.mu.Unlock()
	if held {
		g.leave(p)
	}
}

func (g *Gate) leave(p *Pass) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.Kind == Write {
		g.writers--
	} else {
		g.holder = nil
	}
	close(g.freed)
	g.freed = make(chan struct{})
}

// Holder is the night or erasure that goes on; false = none does.
func (g *Gate) Holder() (Pass, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.holder == nil {
		return Pass{}, false
	}
	return *g.holder, true
}
