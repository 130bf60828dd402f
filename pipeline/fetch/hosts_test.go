package fetch

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch/robots"
)

// still is a clock that stands.
type still struct{ now time.Time }

func (s *still) Now() time.Time                                   { return s.now }
func (s *still) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }
func (s *still) AfterFunc(time.Duration, func()) Timer            { return time.NewTimer(time.Hour) }

func TestHostsAreForgotten(t *testing.T) {
	clock := &still{time.Unix(1e9, 0)}
	s := newHosts(clock, 100, 1<<20)
	held := s.enter("held.example")
	s.hold(held, time.Hour, ErrTurn)
	s.leave(held)
	used := s.enter("used.example")
	for i := range 10_000 {
		s.leave(s.enter(strconv.Itoa(i)))
	}
	if len(s.byName) != 100 || s.recent.Len() != 100 {
		t.Errorf("%d hosts, %d in the list", len(s.byName), s.recent.Len())
	}
	if s.byName["held.example"] != held || s.byName["used.example"] != used || s.byName["9999"] == nil || s.byName["0"] != nil {
		t.Error("the wrong ones are forgotten")
	}
	for i := range 1000 { // all held: then the oldest go
		h := s.enter(fmt.Sprint("held", i))
		s.hold(h, time.Hour, ErrTurn)
		s.leave(h)
	}
	if len(s.byName) != 100 || s.byName["held.example"] != nil || s.byName["used.example"] != used || s.byName["held999"] == nil {
		t.Errorf("%d hosts", len(s.byName))
	}
}

func TestRobotsAreForgotten(t *testing.T) {
	clock := &still{time.Unix(1e9, 0)}
	s := newHosts(clock, 1000, 1<<20)
	g := &Guest{clock: clock, o: GuestOptions{RobotsFor: time.Hour}}
	rules := robots.Parse([]byte("User-agent: *\n"+strings.Repeat("Disallow: /a*b*c*d\n", 500)), "obzvon")
	for i := range 300 {
		h := s.enter(strconv.Itoa(i))
		for port := range uint16(20) {
			s.learn(h, origin{"http", port}, g.believed(rules))
		}
		if len(h.manners) > originsKept {
			t.Errorf("%d files of one host", len(h.manners))
		}
		s.leave(h)
		if s.kept > s.bytes {
			t.Fatalf("%d bytes", s.kept)
		}
	}
	sum := 0
	for _, h := range s.byName {
		for _, m := range h.manners {
			sum += m.size
		}
	}
	if sum != s.kept || sum < s.bytes/2 || len(s.byName) != 300 {
		t.Errorf("%d bytes, said to be %d, of %d hosts", sum, s.kept, len(s.byName))
	}
	last := s.enter("299")
	if s.known(last, origin{"http", 19}) == nil || s.known(last, origin{"https", 19}) != nil {
		t.Error("the latest is not known")
	}
	clock.now = clock.now.Add(time.Hour)
	if s.known(last, origin{"http", 19}) != nil {
		t.Error("known for ever")
	}
}

func TestAddressesAreForgotten(t *testing.T) {
	clock := &still{time.Unix(1e9, 0)}
	s := newHosts(clock, 10, 1<<20)
	h := s.enter("x")
	for i := range 100_000 {
		clock.now = clock.now.Add(time.Second)
		a := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		if _, err := s.take(h, a, paces{0, time.Minute}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.addresses) > firstSweep {
		t.Errorf("%d addresses", len(s.addresses))
	}
}

func TestNeighbours(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"1.2.3.4", "1.2.3.4", true},
		{"1.2.3.4", "1.2.3.5", false},
		{"2a00:1::1", "2a00:1::ffff:1", true},
		{"2a00:1::1", "2a00:1:0:1::1", false},
	} {
		if got := neighbours(netip.MustParseAddr(c.a)) == neighbours(netip.MustParseAddr(c.b)); got != c.same {
			t.Errorf("%s and %s: %t", c.a, c.b, got)
		}
	}
}

// FuzzHostOf: a name has one spelling, and none of an address in disguise.
func FuzzHostOf(f *testing.F) {
	for _, s := range []string{"Пример.РФ", "EXAMPLE.com.", "127.1", "0x7F.1", "::ffff:1.2.3.4", "a..", "1.2.3.4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		host, err := hostOf(name)
		if err != nil {
			return
		}
		if again, err := hostOf(host); err == nil && again != host && !strings.HasSuffix(host, ".") {
			t.Errorf("%q, then %q", host, again)
		}
		addr, err := literal(host)
		if addr.IsValid() && (err != nil || addr.Zone() != "" || addr.Is4In6()) {
			t.Errorf("%q is %s", host, addr)
		}
		if !addr.IsValid() && err == nil {
			if _, parsed := netip.ParseAddr(host); parsed == nil {
				t.Errorf("%q is an address", host)
			}
		}
	})
}
