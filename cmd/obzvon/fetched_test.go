package main

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/night"
	"obzvon/pipeline/realfiles"
)

// What heals on the way is read as if nothing had happened: the report is that
// of the same bytes read from the disk.
func TestFetchedAsReadFromTheDisk(t *testing.T) {
	for i, of := range allPublished() {
		n := len(of.bytes(t))
		for name, steps := range map[string][]fetchtest.Step{
			"plain":                       nil,
			"broken again and again":      {fetchtest.Cut(n / 7), fetchtest.Cut(n / 7), fetchtest.Cut(0), fetchtest.Cut(n / 7)},
			"ended early":                 {fetchtest.EndEarly(n / 2), fetchtest.EndEarly(n / 4)},
			"corrupted in the middle":     {fetchtest.Corrupt(n/3, n/3+min(4096, n/8))},
			"told to wait":                {fetchtest.Status(http.StatusTooManyRequests, "60")},
			"failing for a while":         {fetchtest.Status(500, ""), fetchtest.Status(502, ""), fetchtest.Cut(n / 2), fetchtest.Status(503, "20")},
			"without parts":               {fetchtest.Cut(n / 2), fetchtest.NoRange()},
			"everything, one after other": {fetchtest.Status(500, ""), fetchtest.EndEarly(n / 3), fetchtest.Cut(n / 5), fetchtest.Corrupt(n-n/4, n-n/5)},
		} {
			if i != 0 && i != 4 && len(steps) != 4 {
				continue // one registry and one set go every way, the others the long ones
			}
			t.Run(of.sample+"/"+name, func(t *testing.T) {
				s := newSite(t, of, steps...)
				got, e := s.night()
				if e.code != exitDone || got.State != night.StateDone || got.Counts != of.counts || got.Release.Date.String() != of.day || !got.Release.Whole {
					t.Fatalf("exit %d, %s, %s, release %+v, counts %+v, want %+v", e.code, got.State, got.Note, got.Release, got.Counts, of.counts)
				}
				if string(of.bytes(t)) != s.inbox()[of.name] {
					t.Error("other bytes lie in the inbox than were published")
				}
				if name == "told to wait" && !slices.Contains(s.clock.Slept(), time.Minute) {
					t.Errorf("waited %v, the server asked for 60 s", s.clock.Slept())
				}
				if line := `msg=waiting host=127.0.0.1 for=1m0s why="the server answered 429 `; name == "told to wait" && !strings.Contains(e.err, line) {
					t.Errorf("the log says %q", e.err)
				}
				s.nothingOnTheSecondNight(of.counts)
			})
		}
	}
}

// nothingOnTheSecondNight holds a second night to asking whether something is
// new, and to doing no more.
func (s site) nothingOnTheSecondNight(want pipeline.Counts) {
	s.t.Helper()
	before := s.inbox()
	s.Forget()
	got, e := s.night()
	if e.code != exitDone || got.State != night.StateUnchanged || got.Counts != want || got.Delta.New+got.Delta.Changed+got.Delta.Gone != 0 {
		s.t.Errorf("second night: exit %d, %s, %s, counts %+v, delta %+v", e.code, got.State, got.Note, got.Counts, got.Delta)
	}
	for _, r := range s.Requests() {
		if r.IfNone == "" {
			s.t.Errorf("asked for %s without a condition", r.Path)
		}
	}
	if len(s.Requests()) == 0 || !maps.Equal(before, s.inbox()) {
		s.t.Errorf("%d requests; the inbox has changed: %t", len(s.Requests()), !maps.Equal(before, s.inbox()))
	}
}

// troubles do not pass. Each has the words that the operator reads.
func troubles(n int) map[string]struct {
	step  fetchtest.Step
	words string
} {
	type trouble = struct {
		step  fetchtest.Step
		words string
	}
	return map[string]trouble{
		"corrupted for ever":  {fetchtest.Corrupt(n/3, n/3+min(4096, n/8)), "damaged"},
		"forbidden":           {fetchtest.Status(http.StatusForbidden, ""), "the server answered 403 Forbidden"},
		"told to come back":   {fetchtest.Status(http.StatusTooManyRequests, "3600"), "the server answered 429 Too Many Requests, and to ask again in 1h0m0s"},
		"failing":             {fetchtest.Status(500, ""), "given up after 5 attempts: the server answered 500 Internal Server Error"},
		"a page for a zip":    {fetchtest.HTML("text/html; charset=utf-8", "Ведутся работы"), "an HTML page"},
		"a page named as zip": {fetchtest.HTML("application/zip", "Ведутся работы"), "an HTML page"},
		"ending at once":      {fetchtest.Cut(0), "given up after 5 attempts"},
	}
}

// What does not heal costs this source and says so. What was there before is
// still read, and is told to be old.
func TestWhatCannotBeFetched(t *testing.T) {
	all := allPublished()
	for _, of := range []published{all[0], all[4]} { // a registry and a set
		for name, trouble := range troubles(len(of.bytes(t))) {
			t.Run(of.sample+"/"+name, func(t *testing.T) {
				s := newSite(t, of)
				s.Always(folderOfSet+of.name, trouble.step)
				got, e := s.night()
				if e.code != exitShort || got.State != night.StateFailed || got.Counts != (pipeline.Counts{}) {
					t.Errorf("exit %d, %s, counts %+v", e.code, got.State, got.Counts)
				}
				said(t, got.Note, "the newest release could not be brought", trouble.words, of.name, "no release of it is here")

				// When the server is well again, so is the source.
				s.publish(of.name, of.day)
				if got, e = s.night(); e.code != exitDone || got.State != night.StateDone || got.Counts != of.counts {
					t.Fatalf("exit %d, %s, %s, counts %+v", e.code, got.State, got.Note, got.Counts)
				}

				s.publish(of.later(), of.run)
				s.Always(folderOfSet+of.later(), trouble.step)
				got, e = s.night()
				if e.code != exitShort || got.State != night.StateStale || got.Counts != of.counts {
					t.Errorf("exit %d, %s, counts %+v", e.code, got.State, got.Counts)
				}
				said(t, got.Note, "the newest release could not be brought", trouble.words, of.later(), "what was there before has been read")
				if e := s.obzvon("run", "--date", of.run); e.code != exitShort || !strings.Contains(e.out, "! source set: stale: ") || !strings.Contains(e.out, trouble.words) {
					t.Errorf("exit %d, the operator reads %q", e.code, e.out)
				}
			})
		}
	}
}

// The page of a set may be what does not come.
func TestPageThatCannotBeRead(t *testing.T) {
	of := allPublished()[0]
	for name, trouble := range map[string]struct {
		step  fetchtest.Step
		words string
	}{
		"another page": {fetchtest.HTML("text/html", "Доступ ограничен"), `on the page "Доступ ограничен"`},
		"forbidden":    {fetchtest.Status(http.StatusForbidden, ""), "the server answered 403 Forbidden"},
		"failing":      {fetchtest.Status(500, ""), "given up after 5 attempts"},
		"a bomb":       {fetchtest.Bomb(1 << 30), "larger than allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, of)
			if got, e := s.night(); e.code != exitDone {
				t.Fatalf("exit %d, %s", e.code, got.Note)
			}
			s.Always(folderOfSet, trouble.step)
			got, e := s.night()
			if e.code != exitShort || got.State != night.StateStale || got.Counts != of.counts {
				t.Errorf("exit %d, %s, counts %+v", e.code, got.State, got.Counts)
			}
			said(t, got.Note, "the newest release could not be brought", trouble.words, "what was there before has been read")
		})
	}
}

func said(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not say %q", text, w)
		}
	}
}

// A zip that was made to do harm is not put in the place of the one that is
// here.
func TestHostileZipIsNotTakenIn(t *testing.T) {
	of := allPublished()[0]
	for _, h := range hostiles() {
		if h.name == "zip in a zip" || h.name == "ten million members" {
			continue // the first is a sound archive, the second too large to serve here
		}
		t.Run(h.name, func(t *testing.T) {
			s := newSite(t, of)
			if got, e := s.night(); e.code != exitDone {
				t.Fatalf("exit %d, %s", e.code, got.Note)
			}
			path := filepath.Join(t.TempDir(), "hostile.zip")
			h.make(t, path)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s.publish(of.later(), of.run)
			s.Serve(folderOfSet+of.later(), fetchtest.File{Content: data, ETag: `"hostile"`, Type: "application/zip"})
			got, e := s.night()
			if e.code != exitShort || got.State != night.StateStale || got.Counts != of.counts {
				t.Errorf("exit %d, %s, counts %+v", e.code, got.State, got.Counts)
			}
			said(t, got.Note, "the newest release could not be brought", h.words)
			if _, taken := s.inbox()[of.later()]; taken {
				t.Error("it was taken in")
			}
		})
	}
}

// All sets at once, named by the real pages of ФНС and by a meta.csv: each
// comes by its own troubled way, and the one that does not come costs nothing
// but itself.
func TestAllSetsThroughOneServer(t *testing.T) {
	running := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, running) })
	server, all := fetchtest.NewServer(t), allPublished()
	s := site{Server: server, t: t, clock: fetchtest.NewClock()}
	serve := func(path string, of published, steps ...fetchtest.Step) {
		server.Serve(path, fetchtest.File{Content: of.bytes(t), ETag: `"` + path + `"`, Type: "application/zip"}, steps...)
	}
	for set, name := range map[string]string{"rsmp": "rsmp.html", "revexp": "revexp.html"} {
		page, err := os.ReadFile(realfiles.Path(t, "fns-passport/"+name))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer("https://file.nalog.ru", server.URL, "https://data.nalog.ru", server.URL).Replace(string(page))
		server.Serve("/opendata/7707329152-"+set+"/", fetchtest.File{Content: []byte(text), Type: "text/html"})
	}
	serve("/opendata/7707329152-rsmp/data-10022025-structure-10062023.zip", all[0], fetchtest.Cut(60_000), fetchtest.Cut(60_000))
	serve("/opendata/7707329152-revexp/data-20241225-structure-20180110.zip", all[4], fetchtest.Corrupt(9000, 12_000))
	server.Serve("/sshr/meta.csv", fetchtest.File{Content: []byte("property,value\nmodified,20241025\n" +
		"data-20231025-structure-20200408,/sshr/data-20231025-structure-20200408.zip\n" +
		"data-20241025-structure-20200408,/sshr/data-20241025-structure-20200408.zip\n"), Type: "text/csv"})
	serve("/sshr/data-20241025-structure-20200408.zip", all[2], fetchtest.Status(http.StatusTooManyRequests, "30"))
	server.Always("/paytax.zip", fetchtest.Status(http.StatusForbidden, ""))
	s.config = configured(t, everything()+strings.ReplaceAll(`fetch: {allow_prefixes: ["127.0.0.0/8", "::1/128"]}
sources:
  rsmp: {adapter: rsmp, trust: 80, from: "URL/opendata/7707329152-rsmp/"}
  revenue: {adapter: fns, set: revexp, trust: 60, from: "URL/opendata/7707329152-revexp/"}
  headcount: {adapter: fns, set: sshr2019, trust: 60, from: "URL/sshr/meta.csv"}
  taxes: {adapter: fns, set: paytax, trust: 60, from: "URL/paytax.zip"}
`, "URL", server.URL))
	e := s.obzvon("run", "--date", "2025-02-17", "--json")
	by := reported(t, e)
	for name, of := range map[string]published{"rsmp": all[0], "revenue": all[4], "headcount": all[2]} {
		if got := by[name]; got.Counts != of.counts || len(got.Gaps) > 0 {
			t.Errorf("%s: %s, %s, %+v, want %+v", name, got.State, got.Note, got.Counts, of.counts)
		}
	}
	if e.code != exitShort || by["revenue"].State != night.StateDone || by["headcount"].State != night.StateDone || by["taxes"].State != night.StateFailed {
		t.Errorf("exit %d, revenue %s, headcount %s, taxes %s", e.code, by["revenue"].State, by["headcount"].State, by["taxes"].State)
	}
	said(t, by["taxes"].Note, "403 Forbidden")
	said(t, by["rsmp"].Release.ID, "data-10022025")
}
