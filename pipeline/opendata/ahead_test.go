package opendata

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// far is a release of September with a year that cannot be: the clock of
// these tests stands at 20 November 2026.
const far = "data-10092066-structure-12052026.zip"

// TestWrongDateDoesNotFreezeTheSet: what is dated decades ahead is never the
// newest, whether the page names it, a list has it or it lies here already.
func TestWrongDateDoesNotFreezeTheSet(t *testing.T) {
	p := publish(t)
	dir := filepath.Join(t.TempDir(), "inbox")
	s := set(t, dir, Options{From: p.URL + folder, Keep: 3}, disk.Disk{})
	prepared := func(page string, newest string) {
		t.Helper()
		p.page(page)
		if err := s.Prepare(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		all, err := s.found()
		if err != nil || len(all) == 0 || all[len(all)-1].name != newest {
			t.Fatalf("%+v, %v, want %s as the newest", all, err, newest)
		}
	}
	p.release(august, 8)
	prepared(p.passport("10.08.2026", august), august)
	content := p.release(far, 0)
	p.Serve(folder+far, fetchtest.File{Content: content, ETag: `"far"`, Type: "application/zip"})
	prepared(p.passport("10.09.2066", far, august), august)
	lines, err := s.advice()
	if err != nil || len(lines) != 1 || !strings.Contains(lines[0], far+" is dated 2066-09-10, more than 60 days ahead") {
		t.Errorf("%q, %v", lines, err)
	}
	p.release(october, 10)
	prepared(p.passport("09.10.2026", october, august), october)
}

// What an earlier version has written down is doubted as well.
func TestWrongDateInTheState(t *testing.T) {
	p := publish(t)
	p.release("latest.zip", 9)
	p.page(p.passport("", "latest.zip"))
	dir := t.TempDir()
	s := set(t, dir, Options{From: p.URL + folder}, disk.Disk{})
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	st := s.loadState()
	st.Newest.Date, st.Dates["latest.zip"] = day3(2066, 9, 9), day3(2066, 9, 9)
	if err := s.saveState(st); err != nil {
		t.Fatal(err)
	}
	p.Forget()
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if asked := p.asked(); len(asked) != 2 {
		t.Errorf("asked for %q", asked)
	}
	if all, err := s.found(); err != nil || len(all) != 1 || all[0].date != day3(2026, 9, 9) {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestNewestOfAListWithAWrongDate(t *testing.T) {
	base, err := url.Parse("https://example.org/set/")
	if err != nil {
		t.Fatal(err)
	}
	until := day3(2027, 1, 19)
	for _, page := range []string{
		`<a href="` + far + `">x</a><a href="` + september + `">x</a>`,
		"property,value\n" + far + ",/set/" + far + "\n" + "data-10092026,/set/" + september + "\n",
	} {
		if r, err := Newest([]byte(page), base, until); err != nil || r.Name != september {
			t.Errorf("%+v, %v", r, err)
		}
		if r, err := Newest([]byte(page), base, 0); err != nil || r.Name != far {
			t.Errorf("without a day: %+v, %v", r, err)
		}
	}
	edge := Release{Date: until}
	if edge.believed(until) != edge || edge.believed(until-1).Date != 0 {
		t.Error("the last day is not the last")
	}
}

// A damaged release of which no parts can be had waits until it changes.
func TestAdviceOfWhatWaits(t *testing.T) {
	p := publish(t)
	p.release(september, 9)
	p.Always(folder+september, func(s *fetchtest.Server, w http.ResponseWriter, r *http.Request, f fetchtest.File) {
		r.Header.Del("Range")
		fetchtest.Corrupt(5000, 5010)(s, w, r, f)
	})
	p.page(p.passport("10.09.2026", september))
	dir := t.TempDir()
	s := set(t, dir, Options{From: p.URL + folder}, disk.Disk{})
	for _, words := range []string{"the server sends no parts", "still damaged there, since 2026-11-20"} {
		if err := s.Prepare(t.Context(), nil); !errors.Is(err, pipeline.ErrDamaged) || !strings.Contains(err.Error(), words) {
			t.Fatalf("%v, want %q", err, words)
		}
		lines, err := s.advice()
		if err != nil || len(lines) != 1 || !strings.Contains(lines[0], september+" came damaged and is kept aside, since 2026-11-20: it is fetched again when it changes there") {
			t.Errorf("%q, %v", lines, err)
		}
	}
}
