package opendata

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestNamed: one question to the page tells what is the newest, and nothing
// comes of it.
func TestNamed(t *testing.T) {
	p := publish(t)
	p.release(september, 9)
	p.page(p.passport("10.09.2026", september))
	dir := filepath.Join(t.TempDir(), "inbox")
	s, err := NewSource(set(t, dir, Options{From: p.URL + folder}, disk.Disk{}), NewestOnly, makeTeller)
	if err != nil {
		t.Fatal(err)
	}
	named := func(want string) {
		t.Helper()
		p.Forget()
		before := contents(t, dir)
		r, err := s.Named(t.Context())
		if err != nil || r.Name != want || !r.Date.Known() {
			t.Errorf("%+v, %v, want %s", r, err, want)
		}
		if asked := p.asked(); len(asked) != 1 {
			t.Errorf("asked for %q", asked)
		}
		for name, text := range contents(t, dir) {
			if before[name] != text {
				t.Errorf("%s was written", name)
			}
		}
	}
	named(september)
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	named(september) // not modified
	p.release(october, 10)
	p.page(p.passport("09.10.2026", october))
	named(october)
	p.Always(folder, fetchtest.Status(http.StatusForbidden, ""))
	if _, err := s.Named(t.Context()); err == nil || !strings.Contains(err.Error(), "403") {
		t.Errorf("%v", err)
	}
}

func TestHere(t *testing.T) {
	dir := hereAre(t)
	for _, from := range []string{dir, "https://example.org/set/"} {
		for which, reads := range map[Which]string{NewestOnly: october, AllKept: august + " " + september + " " + october} {
			s, err := NewSource(set(t, dir, Options{From: from}, disk.Disk{}), which, makeTeller)
			if err != nil {
				t.Fatal(err)
			}
			all, err := s.Here()
			if err != nil || len(all) != 4 || s.Local() != (from == dir) {
				t.Fatalf("%+v, %v", all, err)
			}
			var read []string
			for _, h := range all {
				if h.Size == 0 {
					t.Errorf("%s has no size", h.Name)
				}
				if h.Read {
					read = append(read, h.Name)
				}
			}
			if got := strings.Join(read, " "); got != reads {
				t.Errorf("reads %s, want %s", got, reads)
			}
		}
	}
	s, err := NewSource(set(t, dir, Options{From: filepath.Join(dir, "none")}, disk.Disk{}), AllKept, makeTeller)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Here(); err == nil {
		t.Error("a folder that is not there has releases")
	}
}
