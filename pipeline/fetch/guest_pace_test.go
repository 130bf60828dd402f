package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestPacesByTheServersLog: some dozens of hosts at once, on few addresses, by
// a clock that all visits share: between two requests to a host and between two
// to an address passes the pace, and yet no time is lost.
func TestPacesByTheServersLog(t *testing.T) {
	const (
		hosts, pages    = 48, 3
		addresses       = 4
		pace, atAddress = time.Second, 250 * time.Millisecond
	)
	s := visit(t, func(_ *fetch.Options, g *fetch.GuestOptions) {
		g.Pace, g.AddressPace, g.Patience = pace, atAddress, time.Hour
	})
	began := s.clock.Now()
	for i := range hosts {
		s.Put(fetchtest.Name(i), fetchtest.Site{Pages: page("x"), Address: 1 + i%addresses})
	}
	s.clock.Together(hosts)
	var wg sync.WaitGroup
	for i := range hosts {
		wg.Go(func() {
			defer s.clock.Leave()
			for range pages {
				if _, err := s.get(t, fetchtest.URL(fetchtest.Name(i), "/")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	hits := s.Hits()
	if len(hits) != hosts*(pages+1) {
		t.Errorf("%d requests", len(hits))
	}
	byHost, byAddress := map[string]time.Time{}, map[netip.Addr]time.Time{}
	for _, h := range hits {
		if last, ok := byHost[h.Host]; ok && h.At.Sub(last) < pace {
			t.Errorf("%s: again after %s", h.Host, h.At.Sub(last))
		}
		if last, ok := byAddress[h.Address]; ok && h.At.Sub(last) < atAddress {
			t.Errorf("%s: again after %s", h.Address, h.At.Sub(last))
		}
		byHost[h.Host], byAddress[h.Address] = h.At, h.At
	}
	least := time.Duration(len(hits)/addresses-1) * atAddress
	if took := s.clock.Now().Sub(began); len(byAddress) != addresses || took < least || took > least+2*pace {
		t.Errorf("%d addresses, %s, want about %s", len(byAddress), took, least)
	}
}

// TestHostPace: pace, or Crawl-delay where it is longer.
func TestHostPace(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"": time.Second, "User-agent: *\nCrawl-delay: 0.1": time.Second, "User-agent: *\nCrawl-delay: 30": 30 * time.Second,
	} {
		s := visit(t, func(_ *fetch.Options, g *fetch.GuestOptions) { g.Pace = time.Second })
		s.Put(firm, fetchtest.Site{Pages: page("x"), Robots: fetchtest.Robots(robots)})
		for range 3 {
			if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
				t.Error(err)
			}
		}
		hits := s.Hits()
		for i := 1; i < len(hits); i++ {
			if got := hits[i].At.Sub(hits[i-1].At); got != want {
				t.Errorf("%q: %s, want %s", robots, got, want)
			}
		}
	}
}

// TestHostIsHeld: 429 and 503 keep everybody from a host, for as long as it
// says; a wait that is too long is told at once, with the time.
func TestHostIsHeld(t *testing.T) {
	for _, c := range []struct {
		code  int
		after string
		wait  time.Duration
		later bool
	}{
		{429, "30", 30 * time.Second, false},
		{503, "60", time.Minute, false},
		{503, "Fri, 20 Nov 2026 20:00:40 GMT", 40 * time.Second, false},
		{503, "", time.Minute, false},
		{429, "3600", time.Hour, true},
		{429, "99999999", 24 * time.Hour, true},
		{500, "30", 0, false},
	} {
		s := visit(t)
		s.Put(firm, fetchtest.Site{Robots: fetchtest.Robots(""), Handler: fetchtest.InTurn(status(c.code, c.after), fetchtest.Text("text/html", "x"))})
		began := s.clock.Now()
		_, err := s.get(t, fetchtest.URL(firm, "/"))
		said := (*fetch.StatusError)(nil)
		if !errors.As(err, &said) || said.Code != c.code {
			t.Errorf("%+v: %v", c, err)
		}
		_, err = s.get(t, fetchtest.URL(firm, "/"))
		waited := s.clock.Now().Sub(began)
		if !c.later {
			if err != nil || waited != c.wait {
				t.Errorf("%+v: %v after %s", c, err, waited)
			}
			continue
		}
		later := (*fetch.LaterError)(nil)
		if !errors.As(err, &later) || waited != 0 || !later.Until.Equal(began.Add(c.wait)) || fetch.Outcome(err) != "later" || !errors.As(later.Why, &said) {
			t.Errorf("%+v: %v after %s", c, err, waited)
		}
		if s.Count() != 2 {
			t.Errorf("%+v: %d requests", c, s.Count())
		}
		s.clock.Advance(c.wait)
		if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestCrowdedAddress: who would wait too long for an address is told so, and
// takes no turn.
func TestCrowdedAddress(t *testing.T) {
	s := visit(t, func(_ *fetch.Options, g *fetch.GuestOptions) {
		g.AddressPace, g.Patience = 10*time.Second, 5*time.Second
	})
	for _, name := range []string{"a.example", "b.example"} {
		s.Put(name, fetchtest.Site{Pages: page("x"), Address: 1})
	}
	began := s.clock.Now()
	_, err := s.get(t, "http://a.example/") // robots.txt was the address's turn
	later := (*fetch.LaterError)(nil)
	if !errors.As(err, &later) || !later.Until.Equal(began.Add(10*time.Second)) || !errors.Is(err, fetch.ErrTurn) {
		t.Error(err)
	}
	if _, err := s.get(t, "http://b.example/"); fetch.Outcome(err) != "later" {
		t.Error(err)
	}
	s.clock.Advance(10 * time.Second)
	if _, err := s.get(t, "http://a.example/"); err != nil {
		t.Error(err)
	}
}

// TestOneAtATime: whoever asks, and by whatever port; a body that nobody closes
// keeps the door no longer than its request lives.
func TestOneAtATime(t *testing.T) {
	s := visit(t, byTheWall)
	s.Put(firm, fetchtest.Site{Pages: page("x"), Gzip: true, Latency: 2 * time.Millisecond})
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			if _, err := s.get(t, fmt.Sprintf("%s://%s/", []string{"http", "https"}[i%2], firm)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := s.MostAtOnce(firm); n != 1 {
		t.Errorf("%d at once", n)
	}
	if n := s.Count(); n != 24+2 {
		t.Errorf("%d requests: robots.txt was read again", n)
	}

	ctx, cancel := context.WithCancel(t.Context())
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, fetchtest.URL(firm, "/"), nil)
	kept, err := s.guest.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	waits, stop := context.WithCancel(t.Context())
	req, _ = http.NewRequestWithContext(waits, http.MethodGet, fetchtest.URL(firm, "/"), nil)
	over := make(chan error)
	go func() {
		resp, err := s.guest.RoundTrip(req)
		if err == nil {
			err = errors.Join(errors.New("no error"), resp.Body.Close())
		}
		over <- err
	}()
	stop()
	if err := <-over; fetch.Outcome(err) != "cancelled" {
		t.Errorf("who waits at the door and goes: %v", err)
	}
	cancel()
	if _, err := s.get(t, fetchtest.URL(firm, "/")); err != nil {
		t.Errorf("after a request that was given up: %v", err)
	}
	if _, err := kept.Body.Read(make([]byte, 1)); fetch.Outcome(err) != "cancelled" {
		t.Errorf("a body of a request that was given up: %v", err)
	}
	_ = kept.Body.Close()
}

// TestSeveralHundredAtOnce: good hosts among hanging, failing and forbidding
// ones.
func TestSeveralHundredAtOnce(t *testing.T) {
	const hosts = 300
	s := visit(t, byTheWall, func(_ *fetch.Options, g *fetch.GuestOptions) { g.Timeout, g.Total = 5*time.Second, 10*time.Second })
	want := map[string]string{}
	for i := range hosts {
		name := fetchtest.Name(i)
		site := fetchtest.Site{Pages: page("x"), Latency: time.Duration(i%7) * time.Millisecond}
		switch i % 10 {
		case 0:
			site.Robots, want[name] = fetchtest.Robots("User-agent: *\nDisallow: /"), "robots"
		case 1:
			site, want[name] = fetchtest.Site{Robots: fetchtest.Robots(""), Handler: fetchtest.Hang()}, "timeout"
		case 2:
			site, want[name] = fetchtest.Site{Dead: true}, "refused"
		case 3:
			site, want[name] = fetchtest.Site{Robots: fetchtest.Robots(""), Handler: fetchtest.Reset()}, "broken"
		}
		s.Put(name, site)
	}
	var wg sync.WaitGroup
	for i := range hosts {
		wg.Go(func() {
			name := fetchtest.Name(i)
			_, err := s.get(t, fetchtest.URL(name, "/"))
			if got := fetch.Outcome(err); got != want[name] {
				t.Errorf("%s: %q, want %q: %v", name, got, want[name], err)
			}
		})
	}
	wg.Wait()
	if s.Trespasses() > 0 {
		t.Error("a forbidden address was asked")
	}
}
