package fetch

import (
	"context"
	"sync"
	"time"
)

// pacer keeps requests to one host apart.
type pacer struct {
	clock Clock
	pace  time.Duration
	waits func(Wait)

	mu   sync.Mutex
	next map[string]time.Time     // when a host may be asked again
	own  map[string]time.Duration // paces of hosts that have told theirs
}

// hostsRemembered bounds the pacer's memory; hosts that may be asked anyway
// need not be remembered.
const hostsRemembered = 1024

// noticed is how long a wait must be for people to ask what is going on.
const noticed = 5 * time.Second

// wait takes the next turn at a host and waits for it.
func (p *pacer) wait(ctx context.Context, host string) error {
	now := p.clock.Now()
	p.mu.Lock()
	turn := p.next[host]
	if turn.Before(now) {
		turn = now
	}
	p.forget(now)
	pace := p.paceOf(host)
	p.next[host] = turn.Add(pace)
	p.mu.Unlock()
	if wait := turn.Sub(now); wait > 0 {
		if wait > max(pace, noticed) {
			p.waits(Wait{host, wait, ErrTurn})
		}
		return p.clock.Sleep(ctx, wait)
	}
	return ctx.Err()
}

func (p *pacer) paceOf(host string) time.Duration {
	if own, ok := p.own[host]; ok {
		return own
	}
	return p.pace
}

// set gives a host a pace of its own; of several the slowest holds, so that one service
// of a host does not hurry what another, or its robots.txt, has asked for.
func (p *pacer) set(host string, pace time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.own == nil {
		p.own = map[string]time.Duration{}
	}
	p.own[host] = max(pace, p.own[host])
}

// hold keeps everybody from a host that asked to be left alone.
func (p *pacer) hold(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := p.clock.Now().Add(d); until.After(p.next[host]) {
		p.next[host] = until
	}
}

func (p *pacer) forget(now time.Time) {
	if len(p.next) < hostsRemembered {
		return
	}
	for host, turn := range p.next {
		if turn.Before(now) {
			delete(p.next, host)
		}
	}
}
