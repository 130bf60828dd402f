package opendata

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// The names of three months, in which no order of letters is that of time.
const (
	august    = "data-10082026-structure-12052026.zip"
	september = "data-10092026-structure-12052026.zip"
	october   = "data-09102026-structure-12052026.zip" // 9 October
)

// TestMonths follows a set through the months: what is asked for, what stays.
func TestMonths(t *testing.T) {
	p := publish(t)
	dir := filepath.Join(t.TempDir(), "inbox", "rsmp")
	s := set(t, dir, Options{From: p.URL + folder}, disk.Disk{})
	for _, night := range []struct {
		name    string
		publish func()
		asked   []string
		here    []string
	}{
		{"the first night", func() { p.release(august, 8); p.page(p.passport("10.08.2026", august)) }, []string{"7707329152-rsmp", august}, []string{august}},
		{"nothing new", func() {}, []string{"7707329152-rsmp", august}, []string{august}},
		{"the page has changed, the release has not", func() { p.page(p.passport("11.08.2026", august)) }, []string{"7707329152-rsmp", august}, []string{august}},
		{"the next release", func() { p.release(september, 9); p.page(p.passport("10.09.2026", september, august)) }, []string{"7707329152-rsmp", september}, []string{august, september}},
		{"one more", func() { p.release(october, 10); p.page(p.passport("09.10.2026", october, september, august)) }, []string{"7707329152-rsmp", october}, []string{september, october}},
		{"the page is set back", func() { p.page(p.passport("10.08.2026", august)) }, []string{"7707329152-rsmp"}, []string{september, october}},
		{"published anew under its name", func() { p.release(october, 11); p.page(p.passport("10.10.2026", october, september)) }, []string{"7707329152-rsmp", october}, []string{september, october}},
	} {
		night.publish()
		p.Forget()
		if err := s.Prepare(t.Context(), nil); err != nil {
			t.Fatalf("%s: %v", night.name, err)
		}
		if got := p.asked(); !slices.Equal(got, night.asked) {
			t.Errorf("%s: asked for %q, want %q", night.name, got, night.asked)
		}
		stand(t, dir, night.here...)
	}
	if got := contents(t, dir)[october]; got != string(fetchtest.Zip(t, 11, 4, 9000)) {
		t.Error("what was published anew was not taken")
	}
}

// TestWhereFrom goes through the kinds of address.
func TestWhereFrom(t *testing.T) {
	p := publish(t)
	content := p.release(september, 9)
	p.release(august, 8)
	p.page(p.passport("10.09.2026", september, august))
	p.Serve(folder+"meta.csv", fetchtest.File{Content: []byte("property,value\n" + august + "," + p.URL + folder + august + "\n" + september + "," + p.URL + folder + september + "\n")})
	p.Serve("/mirror/", fetchtest.File{Content: []byte(`<html><a href="` + folder + september + `">x</a><a href="` + folder + august + `">x</a></html>`), Type: "text/html"})
	p.Serve("/to", fetchtest.File{}, fetchtest.Redirect(folder))
	for _, from := range []string{folder, folder + "meta.csv", "/mirror/", "/to", folder + september, folder + september + "?key=secret"} {
		dir := t.TempDir()
		s := set(t, dir, Options{From: p.URL + from}, disk.Disk{})
		if err := s.Prepare(t.Context(), nil); err != nil {
			t.Errorf("%s: %v", from, err)
			continue
		}
		stand(t, dir, september)
		all := contents(t, dir)
		if all[september] != string(content) {
			t.Errorf("%s: other bytes", from)
		}
		for name, text := range all {
			if name != september && strings.Contains(text, "secret") {
				t.Errorf("%s: the secret stands in %s: %s", from, name, text)
			}
		}
	}
}

// A zip without a date in its name has that of its header.
func TestDateOfTheHeader(t *testing.T) {
	p := publish(t)
	p.release("latest.zip", 9)
	dir := t.TempDir()
	s := set(t, dir, Options{From: p.URL + folder + "latest.zip"}, disk.Disk{})
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.found()
	if err != nil || len(all) != 1 || all[0].date != day3(2026, 9, 9) {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestTroublesKeepWhatIsHere: after each error the folder reads as before.
func TestTroublesKeepWhatIsHere(t *testing.T) {
	always := func(step fetchtest.Step) func(publisher) { return func(p publisher) { p.Always(folder, step) } }
	onZip := func(step fetchtest.Step) func(publisher) {
		return func(p publisher) {
			p.release(september, 9)
			p.Always(folder+september, step)
			p.page(p.passport("10.09.2026", september, august))
		}
	}
	for _, c := range []struct {
		name string
		do   func(publisher)
		err  error
	}{
		{"403 for the page", always(fetchtest.Status(403, "")), nil},
		{"500 for the page", always(fetchtest.Status(500, "")), nil},
		{"a page that unpacks without end", always(fetchtest.Bomb(1 << 28)), pipeline.ErrTooLarge},
		{"another page", always(fetchtest.HTML("text/html", "Ведутся работы")), ErrNoRelease},
		{"a page that leads inside", always(fetchtest.Redirect("http://192.168.0.1/")), fetch.ErrBlocked},
		{"404 for the zip", onZip(fetchtest.Status(404, "")), nil},
		{"429 for the zip", onZip(fetchtest.Status(429, "86400")), nil},
		{"a page in place of the zip", onZip(fetchtest.HTML("application/zip", "x")), pipeline.ErrUnknownForm},
		{"a zip that breaks off", onZip(fetchtest.Cut(0)), fetch.ErrTruncated},
		{"a damaged zip", onZip(fetchtest.Corrupt(5000, 5010)), pipeline.ErrDamaged},
		{"a redirect of the zip inside", onZip(fetchtest.Redirect("http://169.254.169.254/x.zip")), fetch.ErrBlocked},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := publish(t)
			dir := t.TempDir()
			s := set(t, dir, Options{From: p.URL + folder, Keep: 1}, disk.Disk{})
			p.release(august, 8)
			p.page(p.passport("10.08.2026", august))
			if err := s.Prepare(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			before := contents(t, dir)
			c.do(p)
			if err := s.Prepare(t.Context(), nil); err == nil || c.err != nil && !errors.Is(err, c.err) {
				t.Errorf("%v, want %v", err, c.err)
			}
			after := contents(t, dir)
			for name, text := range before {
				if after[name] != text {
					t.Errorf("%s has changed", name)
				}
			}
			all, err := s.found()
			if err != nil || len(all) != 1 || all[0].name != august {
				t.Errorf("found %+v, %v", all, err)
			}
			p.release(september, 9)
			p.page(p.passport("10.09.2026", september, august))
			if err := s.Prepare(t.Context(), nil); err != nil {
				t.Errorf("once it is well again: %v", err)
			}
			stand(t, dir, september)
		})
	}
}

// TestWhatIsNotOursStays: files put here by hand are read and never removed;
// what downloads have left of other releases is.
func TestWhatIsNotOursStays(t *testing.T) {
	p := publish(t)
	p.release(september, 9)
	p.page(p.passport("10.09.2026", september))
	dir := t.TempDir()
	for name, text := range map[string]string{
		"data-10012026-structure-10062025.zip": "PK\x03\x04", "data-10112026-structure-12052026.zip": "<html>", "notes.txt": "x",
		august + ".part": "x", august + ".part.json": "{}", august + ".damaged": "x", august + ".json": "{}", "releases.json.tmp": "{",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := set(t, dir, Options{From: p.URL + folder, Keep: 1}, disk.Disk{})
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"data-10012026-structure-10062025.zip", september, september + ".json", "data-10112026-structure-12052026.zip", "notes.txt", stateName}
	if got := names(contents(t, dir)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestKilledAtEachChange kills Prepare before each change of the disk and runs
// it again: the folder ends the same, and what is read never lacks a release.
func TestKilledAtEachChange(t *testing.T) {
	var want map[string]string
	p := publish(t)
	for n := -1; ; n++ {
		dir := filepath.Join(t.TempDir(), "inbox", "rsmp")
		o := Options{From: p.URL + folder, Keep: 2}
		months := []string{august, september}
		for i, name := range months {
			p.release(name, uint64(8+i))
			p.page(p.passport("", name))
			if err := set(t, dir, o, disk.Disk{}).Prepare(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		p.release(october, 10, fetchtest.Cut(3000), fetchtest.Corrupt(5000, 5001))
		p.page(p.passport("", october, september, august))
		if n >= 0 {
			d, dead := fetchtest.Killed(n)
			err := set(t, dir, o, d).Prepare(t.Context(), nil)
			if !dead() {
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%d moments", n)
				return
			}
			if !errors.Is(err, fetchtest.ErrKilled) {
				t.Fatalf("killed before change %d: %v", n, err)
			}
			all, err := set(t, dir, o, disk.Disk{}).found()
			if err != nil || len(all) < 2 || all[len(all)-2].name != august && all[len(all)-2].name != september {
				t.Fatalf("killed before change %d: %+v, %v", n, all, err)
			}
		}
		if err := set(t, dir, o, disk.Disk{}).Prepare(t.Context(), nil); err != nil {
			t.Fatalf("after a kill before change %d: %v", n, err)
		}
		got := contents(t, dir)
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Errorf("after a kill before change %d: %q, want %q", n, names(got), names(want))
		}
	}
}

// TestCancelled stops Prepare in the middle and goes on the next night.
func TestCancelled(t *testing.T) {
	p := publish(t)
	content := p.release(september, 9, fetchtest.Cut(4000), fetchtest.Cut(4000))
	p.page(p.passport("10.09.2026", september))
	dir := t.TempDir()
	s := set(t, dir, Options{From: p.URL + folder}, disk.Disk{})
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Prepare(ctx, func(pipeline.Progress) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	p.Forget()
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if r := p.Requests(); !strings.HasPrefix(r[1].Range, "bytes=4000-") {
		t.Errorf("began anew: %+v", r)
	}
	if contents(t, dir)[september] != string(content) {
		t.Error("other bytes")
	}
}

func TestLocal(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{august, october, "readme.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), fetchtest.Zip(t, 1, 1, 10), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := names(contents(t, dir))
	for from, want := range map[string][]string{".": {august, october}, august: {august}} {
		s := set(t, filepath.Join(dir, "unused"), Options{From: from, Base: dir, Keep: 1}, disk.Disk{})
		if err := s.Prepare(t.Context(), nil); err != nil || !s.Local() {
			t.Errorf("%s: %v", from, err)
		}
		all, err := s.found()
		var got []string
		for _, r := range all {
			got = append(got, r.name)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", from, got, err)
		}
	}
	if got := names(contents(t, dir)); !slices.Equal(got, before) {
		t.Errorf("the folder has changed: %q", got)
	}
	s := set(t, dir, Options{From: "none", Base: dir}, disk.Disk{})
	if err := s.Prepare(t.Context(), nil); !errors.Is(err, pipeline.ErrNotFound) || strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
}

func TestOptions(t *testing.T) {
	for o, ok := range map[Options]bool{
		{From: "https://www.nalog.gov.ru/opendata/x/"}: true, {From: "HTTP://h/"}: true, {From: "inbox"}: true, {From: "/a/b.zip", Keep: 1000}: true,
		{}: false, {From: "x", Keep: -1}: false, {From: "x", Keep: 1001}: false, {From: "ftp://u:secret@h/x"}: false, {From: "https://"}: false, {From: "https://u:secret@h:x/"}: false,
	} {
		err := o.Validate()
		if (err == nil) != ok || err != nil && (!errors.Is(err, ErrOptions) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%q: %v, want accepted %t", o.From, err, ok)
		}
		if _, err := NewSet("x", "", o, client(t, disk.Disk{})); (err == nil) != ok {
			t.Errorf("%q: %v", o.From, err)
		}
	}
}
