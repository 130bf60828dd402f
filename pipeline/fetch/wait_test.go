package fetch_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestWaitsAreTold: each wait before it begins, with the host, how long and
// why, and nothing of the address that may be secret.
func TestWaitsAreTold(t *testing.T) {
	s := fetchtest.NewServer(t)
	content := []byte("<html>")
	s.Serve("/page", fetchtest.File{Content: content}, fetchtest.Status(500, ""), fetchtest.Status(429, "90"))
	s.Serve("/long", fetchtest.File{Content: content}, fetchtest.Status(503, "3600"))
	s.Serve("/a.zip", fetchtest.File{Content: content}, fetchtest.Status(502, ""), fetchtest.Status(404, ""))
	var told []fetch.Wait
	c, clock := client(t, func(o *fetch.Options) { o.Waits = func(w fetch.Wait) { told = append(told, w) } })

	if _, err := c.Get(t.Context(), s.URL+"/page"+"?key=secret", fetch.PageOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := download(t, c, s.URL+"/a.zip", filepath.Join(t.TempDir(), "a.zip")); err == nil {
		t.Fatal("a page that is not there was brought")
	}
	if _, err := c.Get(t.Context(), s.URL+"/long", fetch.PageOptions{}); err == nil {
		t.Fatal("an hour was waited for")
	}
	if _, err := c.Get(t.Context(), s.URL+"/long", fetch.PageOptions{}); err != nil { // in its turn
		t.Fatal(err)
	}
	var slept time.Duration
	for i, want := range []struct {
		wait time.Duration
		why  any
	}{{2 * time.Second, 500}, {90 * time.Second, 429}, {2 * time.Second, 502}, {10 * time.Minute, fetch.ErrTurn}} {
		if i >= len(told) {
			t.Fatalf("told %v", told)
		}
		w, status := told[i], (*fetch.StatusError)(nil)
		ok := w.Host == "127.0.0.1" && w.For == want.wait && !strings.Contains(w.Why.Error(), "secret")
		if code, is := want.why.(int); is {
			ok = ok && errors.As(w.Why, &status) && status.Code == code
		} else {
			ok = ok && errors.Is(w.Why, fetch.ErrTurn)
		}
		if !ok {
			t.Errorf("wait %d: %+v, want %+v", i, w, want)
		}
		slept += w.For
	}
	var all time.Duration
	for _, d := range clock.Slept() {
		all += d
	}
	if len(told) != 4 || all != slept {
		t.Errorf("told %d waits of %s, slept %s", len(told), slept, all)
	}
}
