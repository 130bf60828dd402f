package fetch

import (
	"container/list"
	"context"
	"net/netip"
	"sync"
	"time"
)

// host is what a guest knows of a host, and its door: one at a time.
type host struct {
	name    string
	door    chan struct{} // has an element while a request is on its way
	reading chan struct{} // has an element while somebody reads its robots.txt
	place   *list.Element

	// Under hosts.mu.
	users   int // requests that hold on to it
	last    time.Time
	held    time.Time // not to be asked before
	why     error
	address netip.Addr // that answered last
	manners map[origin]*manners
}

// hosts are those visited of late, a bounded number, and the addresses they
// live at.
type hosts struct {
	clock Clock
	limit int // of hosts
	bytes int // of robots.txt

	mu        sync.Mutex
	byName    map[string]*host
	recent    *list.List // of *host, the latest first
	kept      int        // bytes of robots.txt
	addresses map[netip.Prefix]time.Time
	sweepAt   int // so many addresses
}

const firstSweep = 1024

func newHosts(clock Clock, limit, bytes int) *hosts {
	return &hosts{
		clock: clock, limit: limit, bytes: bytes, byName: map[string]*host{}, recent: list.New(),
		addresses: map[netip.Prefix]time.Time{}, sweepAt: firstSweep,
	}
}

// enter takes hold of a host, so that it is not forgotten until leave.
func (s *hosts) enter(name string) *host {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.byName[name]
	if h == nil {
		h = &host{name: name, door: make(chan struct{}, 1), reading: make(chan struct{}, 1)}
		h.place = s.recent.PushFront(h)
		s.byName[name] = h
	}
	s.recent.MoveToFront(h.place)
	h.users++
	s.forget()
	return h
}

// stay takes hold of a host once more.
func (s *hosts) stay(h *host) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.users++
}

func (s *hosts) leave(h *host) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.users--
	s.forget()
}

// forget drops the hosts not visited for longest while there are too many, and
// what their robots.txt said while that is too much. One that asked to be left
// alone is kept longer than others, but not at any price.
func (s *hosts) forget() {
	now := s.clock.Now()
	s.each(func() bool { return len(s.byName) > s.limit }, func(h *host) {
		if !h.held.After(now) {
			s.drop(h)
		}
	})
	s.each(func() bool { return len(s.byName) > s.limit }, s.drop)
	s.each(func() bool { return s.kept > s.bytes }, s.unlearn)
}

// each goes through the hosts that nobody holds on to, the oldest first, as
// long as need be.
func (s *hosts) each(need func() bool, f func(*host)) {
	for e := s.recent.Back(); e != nil && need(); {
		h, before := e.Value.(*host), e.Prev()
		if h.users == 0 {
			f(h)
		}
		e = before
	}
}

func (s *hosts) unlearn(h *host) {
	for _, m := range h.manners {
		s.kept -= m.size
	}
	h.manners = nil
}

func (s *hosts) drop(h *host) {
	s.unlearn(h)
	s.recent.Remove(h.place)
	delete(s.byName, h.name)
}

// hold keeps everybody from a host for a while.
func (s *hosts) hold(h *host, d time.Duration, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if until := s.clock.Now().Add(d); until.After(h.held) {
		h.held, h.why = until, why
	}
}

// answered remembers which address of a host works.
func (s *hosts) answered(h *host, a netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.address = a
}

func (s *hosts) lastAddress(h *host) netip.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	return h.address
}

// paces are the least times between two requests.
type paces struct{ host, address time.Duration }

// turn waits for the next turn at a host and at the address it lives at; an
// invalid address is none. A turn that comes later than patience is not taken:
// *LaterError.
func (s *hosts) turn(ctx context.Context, h *host, a netip.Addr, p paces, patience time.Duration) error {
	wait, err := s.take(h, a, p, patience)
	if err != nil {
		return err
	}
	if wait > 0 {
		return s.clock.Sleep(ctx, wait)
	}
	return ctx.Err()
}

func (s *hosts) take(h *host, a netip.Addr, p paces, patience time.Duration) (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	turn, why := now, ErrTurn
	if h.held.After(turn) {
		turn, why = h.held, h.why
	}
	if next := h.last.Add(p.host); !h.last.IsZero() && next.After(turn) {
		turn = next
	}
	where := neighbours(a)
	if next := s.addresses[where]; a.IsValid() && next.After(turn) {
		turn, why = next, ErrTurn
	}
	if turn.Sub(now) > max(patience, p.host) {
		return 0, &LaterError{Host: h.name, Until: turn, Why: why}
	}
	h.last = turn
	if a.IsValid() && p.address > 0 {
		s.sweep(now)
		s.addresses[where] = turn.Add(p.address)
	}
	return turn.Sub(now), nil
}

// neighbours are the addresses that are likely one machine: one of IPv4, the
// /64 that a machine is given in IPv6.
func neighbours(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// sweep forgets addresses that may be asked anyway, each time there are twice
// as many as were left the last time.
func (s *hosts) sweep(now time.Time) {
	if len(s.addresses) < s.sweepAt {
		return
	}
	for a, next := range s.addresses {
		if !next.After(now) {
			delete(s.addresses, a)
		}
	}
	s.sweepAt = max(firstSweep, 2*len(s.addresses))
}
