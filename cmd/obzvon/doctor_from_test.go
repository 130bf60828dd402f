package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline/fetch/fetchtest"
)

// examined runs doctor over a section of the registry.
func examined(t *testing.T, section string) (out string, code int) {
	t.Helper()
	e := command(t, configured(t, "sources:\n  set: {adapter: rsmp, trust: 60"+section+"}\n"), "doctor")
	return e.out + e.err, e.code
}

func command(t *testing.T, config string, args ...string) ended {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{io: streams{out: &out, err: &errs}, clock: fetchtest.NewClock()}
	code := a.execute(t.Context(), append([]string{"--config", config}, args...))
	return ended{out.String(), errs.String(), code}
}

// Releases that lie here are no download, whatever they are worth.
func TestDoctorOfLocalReleases(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "data-10092026-x.zip"), fetchtest.Zip(t, 1, 1, 400_000), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := examined(t, fmt.Sprintf(", from: %q", dir))
	if strings.Contains(out, "releases to fetch") || strings.Contains(out, "guessed") || !strings.Contains(out, "KiB the store") {
		t.Errorf("%s", out)
	}
}

func TestDoctorGuesses(t *testing.T) {
	out, _ := examined(t, `, from: "https://example.org/set/"`)
	said(t, out, "releases to fetch", "no release seen yet; guessed from ФНС's sizes")
}

func TestGuessIsNoFault(t *testing.T) {
	const gib = 1 << 30
	for name, c := range map[string]struct {
		load     load
		ok, warn bool
	}{
		"room for the guess":      {load{zips: gib, guessed: true}, true, false},
		"no room for the guess":   {load{zips: 4 * gib, guessed: true, known: gib}, true, true},
		"no room for what's here": {load{zips: 4 * gib, guessed: true, known: 3 * gib}, false, false},
		"no guess":                {load{zips: 4 * gib}, false, false},
	} {
		f := diskNeed(machine{free: 2 * gib}, c.load)
		if f.OK != c.ok || f.Warn != c.warn || (f.Advice == "") != (c.ok && !c.warn) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// An address inside the house is told before anything is asked.
func TestDoctorOfAnAddressThatIsNotAllowed(t *testing.T) {
	out, code := examined(t, `, from: "http://127.0.0.1:1/set/"`)
	said(t, out, "address not allowed: 127.0.0.1 is loopback", `fetch.allow_prefixes: ["127.0.0.1/32"]`)
	if code == exitDone {
		t.Errorf("exit %d", code)
	}
}

func TestNeitherPathsNorFrom(t *testing.T) {
	for _, section := range []string{"adapter: rsmp", "adapter: fns, set: sshr2019"} {
		e := command(t, configured(t, "sources:\n  set: {trust: 60, "+section+"}\n"), "run")
		if e.code != exitUsage || !strings.Contains(e.err, "sources.set: give paths or from") {
			t.Errorf("%s: exit %d, %s", section, e.code, e.err)
		}
	}
}

func TestSourcesSaysWhyTheLastRunFailed(t *testing.T) {
	s := newSite(t, allPublished()[0])
	s.Always(folderOfSet, fetchtest.Status(403, ""))
	if _, e := s.night(); e.code != exitShort {
		t.Fatalf("exit %d", e.code)
	}
	e := s.obzvon("sources")
	said(t, e.out, "set in the run for "+s.of.run+": failed: ", "the server answered 403 Forbidden")
	if n := strings.Count(e.out, "403 Forbidden"); n != 1 {
		t.Errorf("said %d times: %s", n, e.out)
	}
}

func TestSourcesListsFewGaps(t *testing.T) {
	st := sourceStatus{Name: "set"}
	for i := range 12 {
		st.Gaps = append(st.Gaps, fmt.Sprintf("part %02d", i))
	}
	var out bytes.Buffer
	if err := writeSources(&out, []sourceStatus{st}); err != nil {
		t.Fatal(err)
	}
	said(t, out.String(), "could not be read: part 04", "could not be read: and 7 more")
	if strings.Contains(out.String(), "part 05") {
		t.Error(out.String())
	}
}
