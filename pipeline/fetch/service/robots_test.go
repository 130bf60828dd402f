package service_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

// politely is a service of pages whose robots.txt answers by the handler.
func politely(t *testing.T, file http.HandlerFunc) *rig {
	t.Helper()
	return set(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			file(w, r)
			return
		}
		fine(w, r)
	}, func(o *service.Options) { o.Robots = true })
}

func robotsOf(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func (r *rig) paths() []string {
	var out []string
	for _, a := range r.Asked() {
		out = append(out, a.Path)
	}
	return out
}

func TestRobotsAreObeyed(t *testing.T) {
	r := politely(t, robotsOf("User-agent: *\nDisallow: /v2/closed\nDisallow: /*?secret=\n"))
	for range 2 {
		if _, err := r.ask(t, service.Call{Path: "/open"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []service.Call{{Path: "/closed/1"}, {Path: "/open", Query: url.Values{"secret": {"1"}}}} {
		_, err := r.ask(t, c)
		var failed *service.Error
		if !errors.Is(err, fetch.ErrRobots) || !errors.As(err, &failed) || service.Outcome(err) != "robots" {
			t.Errorf("%s: got %v", c.Path, err)
		}
	}
	if got := r.paths(); len(got) != 3 || got[0] != "/robots.txt" || got[1] != "/v2/open" || got[2] != "/v2/open" {
		t.Errorf("asked for %q", got)
	}
	if n := r.purse.Spent("vendor"); n != 2 {
		t.Errorf("%d calls paid for, want 2: neither robots.txt nor what it forbids", n)
	}
	r.Clock.Advance(25 * time.Hour)
	if _, err := r.ask(t, service.Call{Path: "/open"}); err != nil || r.paths()[3] != "/robots.txt" {
		t.Errorf("a day later: %v, asked for %q", err, r.paths())
	}
}

func TestRobotsThatAreNotThere(t *testing.T) {
	for _, code := range []int{http.StatusNotFound, http.StatusForbidden, http.StatusUnauthorized} {
		r := politely(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Disallow: /", code) })
		if _, err := r.ask(t, service.Call{}); err != nil {
			t.Errorf("%d: %v", code, err)
		}
	}
	r := politely(t, func(w http.ResponseWriter, q *http.Request) { http.Redirect(w, q, "/robots.txt", http.StatusFound) })
	if _, err := r.ask(t, service.Call{}); err != nil {
		t.Errorf("in a circle: %v", err)
	}
}

// TestRobotsThatCannotBeHad: then nothing is asked.
func TestRobotsThatCannotBeHad(t *testing.T) {
	for code, want := range map[int]error{http.StatusServiceUnavailable: service.ErrDown, http.StatusTooManyRequests: service.ErrLimit} {
		r := politely(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", code) })
		if _, err := r.ask(t, service.Call{}); !errors.Is(err, want) {
			t.Errorf("%d: got %v, want %v", code, err, want)
		}
		for _, p := range r.paths() {
			if p != "/robots.txt" {
				t.Errorf("%d: asked for %s", code, p)
			}
		}
		if r.purse.Spent("vendor") != 0 {
			t.Error("paid for nothing")
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	r := politely(t, robotsOf("User-agent: obzvon\nCrawl-delay: 40\n"))
	began := r.Clock.Now()
	for range 3 {
		if _, err := r.ask(t, service.Call{}); err != nil {
			t.Fatal(err)
		}
	}
	if took := r.Clock.Now().Sub(began); took < 80*time.Second {
		t.Errorf("three pages in %v, 40 s between two are asked for", took)
	}
	slow := politely(t, robotsOf("User-agent: obzvon\nCrawl-delay: 86400\n"))
	if _, err := slow.ask(t, service.Call{}); !errors.Is(err, fetch.ErrCrawlDelay) || len(slow.paths()) != 1 {
		t.Errorf("got %v after %q", err, slow.paths())
	}
}

func TestEveryFaultHasItsNameUnderRobots(t *testing.T) {
	r := set(t, fine, func(o *service.Options) { o.PerDay, o.InAll, o.Robots = 0, 0, true })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error {
		_, err := r.ask(t, service.Call{})
		return err
	})
}
