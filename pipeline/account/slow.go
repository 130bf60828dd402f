package account

import (
	"container/list"
	"net/netip"
	"sync"
	"time"
)

// How wrong logins slow the next ones down.
const (
	freeTries  = 5               // wrong ones that cost nothing
	firstWait  = 5 * time.Second // after these; each further one doubles it
	longest    = 15 * time.Minute
	forgetting = 24 * time.Hour // without a wrong one, nothing was
	maxTracked = 10_000         // accounts, addresses, and pairs of them, each
)

// tries counts wrong logins by a key. At its cap the key that was wrong longest ago
// is forgotten.
type tries[K comparable] struct {
	most  int
	rows  map[K]*list.Element
	order *list.List // of *try[K], the latest first
}

type try[K comparable] struct {
	key   K
	wrong int
	last  time.Time
}

func newTries[K comparable](most int) *tries[K] {
	return &tries[K]{most: most, rows: map[K]*list.Element{}, order: list.New()}
}

func (t *tries[K]) get(key K, now time.Time) *try[K] {
	e, ok := t.rows[key]
	if !ok {
		return nil
	}
	one := e.Value.(*try[K])
	if now.Sub(one.last) >= forgetting {
		t.drop(key)
		return nil
	}
	return one
}

func (t *tries[K]) count(key K, now time.Time) {
	one := t.get(key, now)
	if one == nil {
		one = &try[K]{key: key}
		t.rows[key] = t.order.PushFront(one)
	}
	one.wrong++
	one.last = now
	t.order.MoveToFront(t.rows[key])
	for t.order.Len() > t.most {
		t.drop(t.order.Back().Value.(*try[K]).key)
	}
}

// forgive takes back some of the wrong ones. The wait counts from the last one still.
func (t *tries[K]) forgive(key K, n int, now time.Time) {
	if one := t.get(key, now); one != nil {
		if one.wrong -= n; one.wrong <= 0 {
			t.drop(key)
		}
	}
}

func (t *tries[K]) wrong(key K, now time.Time) int {
	if one := t.get(key, now); one != nil {
		return one.wrong
	}
	return 0
}

func (t *tries[K]) drop(key K) {
	if e, ok := t.rows[key]; ok {
		t.order.Remove(e)
		delete(t.rows, key)
	}
}

// wait is how long a login must wait still.
func (t *tries[K]) wait(key K, now time.Time) time.Duration {
	one := t.get(key, now)
	if one == nil || one.wrong < freeTries {
		return 0
	}
	wait := longest
	if doubled := one.wrong - freeTries; doubled < 8 { // 5 s, 10 s, … 10 min 40 s
		wait = min(firstWait<<doubled, longest)
	}
	return min(max(0, one.last.Add(wait).Sub(now)), wait) // never more, whatever the clock does
}

// guesses is who guessed wrong how often. It is safe for concurrent use.
type guesses struct {
	mu        sync.Mutex
	accounts  *tries[string]
	addresses *tries[netip.Prefix]
	pairs     *tries[guess]
}

// guess is an account tried from an address.
type guess struct {
	name string
	from netip.Prefix
}

func newGuesses(most int) *guesses {
	return &guesses{accounts: newTries[string](most), addresses: newTries[netip.Prefix](most), pairs: newTries[guess](most)}
}

// begin counts a login as a wrong one, for others may be looked at at the same time,
// or returns how long it must wait first.
func (g *guesses) begin(who guess, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait := max(g.accounts.wait(who.name, now), g.addresses.wait(who.from, now)); wait > 0 {
		return wait
	}
	g.accounts.count(who.name, now)
	g.addresses.count(who.from, now)
	g.pairs.count(who, now)
	return 0
}

// undo takes back one login that was not looked at.
func (g *guesses) undo(who guess, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.accounts.forgive(who.name, 1, now)
	g.addresses.forgive(who.from, 1, now)
	g.pairs.forgive(who, 1, now)
}

// right forgives the account all and the address what it got wrong of this account:
// its own slips do not slow a whole office down, and who has an account cannot use it
// to guess at others.
func (g *guesses) right(who guess, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.addresses.forgive(who.from, g.pairs.wrong(who, now), now)
	g.pairs.drop(who)
	g.accounts.drop(who.name)
}

// guessOf makes keys of bounded size. A name that none can have shares its key with
// all such; so does an address that is none.
func guessOf(name, address string) guess {
	if !nameForm(name) {
		name = ""
	}
	return guess{name: name, from: network(address)}
}

// network is what one subscriber has: an IPv4 address, or a /64 of IPv6 (RFC 6177).
func network(address string) netip.Prefix {
	a, err := netip.ParseAddr(address)
	if err != nil {
		if both, err := netip.ParseAddrPort(address); err == nil {
			a = both.Addr()
		}
	}
	a = a.Unmap().WithZone("")
	bits := 64
	if a.Is4() {
		bits = 32
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
