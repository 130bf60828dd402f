package fetch_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestDownload breaks one download in each way and holds it to its outcome and
// to the number of requests.
func TestDownload(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 6, 30_000)
	other := fetchtest.Zip(t, 2, 6, 30_000)
	n := len(zip)
	second := bytes.Index(zip, []byte("VO_001.xml")) // in its local header
	list := bytes.Index(zip, []byte("PK\x01\x02"))
	steps := func(s ...fetchtest.Step) []fetchtest.Step { return s }
	again := func(k int, s fetchtest.Step) (all []fetchtest.Step) {
		for range k {
			all = append(all, s)
		}
		return all
	}
	for _, c := range []struct {
		name     string
		steps    []fetchtest.Step
		always   fetchtest.Step
		weak     bool // the server has no validators
		err      error
		words    string
		requests int
		other    bool // the other archive is what comes
		left     string
	}{
		{name: "plain", requests: 1},
		{name: "no validators", weak: true, requests: 1},
		{name: "cut three times", steps: again(3, fetchtest.Cut(9000)), requests: 4},
		{name: "cut in the first bytes", steps: steps(fetchtest.Cut(2)), requests: 2},
		{name: "cut without validators", steps: again(2, fetchtest.Cut(9000)), weak: true, requests: 3},
		{name: "cut, and each time a little more", always: fetchtest.Cut(n/20 + 1), requests: 20},
		{name: "cut before anything came", always: fetchtest.Cut(0), err: fetch.ErrTruncated, words: "given up after 5 attempts", requests: 5},
		{name: "length greater than the body", steps: again(1, fetchtest.WrongLength(n+100)), requests: 2},
		{name: "length smaller than the body", steps: again(1, fetchtest.WrongLength(n-5000)), requests: 3},
		{name: "length always smaller", always: fetchtest.WrongLength(n - 5000), err: pipeline.ErrDamaged, words: "cut off", requests: 4, left: "x.zip.damaged x.zip.damaged.json"},
		{name: "without a length", steps: steps(fetchtest.WithoutLength()), requests: 2},
		{name: "ends early without a length", steps: again(2, fetchtest.EndEarly(20_000)), requests: 3},
		{name: "drips", steps: steps(fetchtest.Drip(1000)), requests: 1},
		{name: "500 and 503", steps: steps(fetchtest.Status(500, ""), fetchtest.Status(503, "")), requests: 3},
		{name: "always 500", always: fetchtest.Status(500, ""), err: &fetch.StatusError{Code: 500}, words: "answered 500", requests: 5},
		{name: "403", always: fetchtest.Status(403, ""), err: &fetch.StatusError{Code: 403}, words: "answered 403 Forbidden", requests: 1},
		{name: "403 in the middle", steps: steps(fetchtest.Cut(9000), fetchtest.Status(403, "")), err: &fetch.StatusError{Code: 403}, requests: 2, left: "x.zip.part x.zip.part.json"},
		{name: "304 that nobody asked for", always: fetchtest.Status(304, ""), err: &fetch.StatusError{Code: 304}, requests: 1},
		{name: "204", always: fetchtest.Status(204, ""), err: &fetch.StatusError{Code: 204}, requests: 1},
		{name: "429 with seconds", steps: steps(fetchtest.Status(429, "120")), requests: 2},
		{name: "429 with a date", steps: steps(fetchtest.Status(429, "Fri, 20 Nov 2026 20:05:00 GMT")), requests: 2},
		{name: "429 for longer than anyone waits", steps: steps(fetchtest.Status(429, "86400")), err: &fetch.StatusError{Code: 429}, words: "ask again in 24h", requests: 1},
		{name: "HTML", always: fetchtest.HTML("text/html", "Доступ ограничен"), err: pipeline.ErrUnknownForm, words: `an HTML page of the title "Доступ ограничен"`, requests: 1},
		{name: "HTML that says it is a zip", always: fetchtest.HTML("application/zip", "502"), err: pipeline.ErrUnknownForm, words: "HTML", requests: 1},
		{name: "HTML in the middle", steps: steps(fetchtest.Cut(9000), fetchtest.HTML("application/zip", "x")), err: pipeline.ErrUnknownForm, requests: 2, left: "x.zip.part x.zip.part.json"},
		{name: "nothing", always: fetchtest.EndEarly(0), err: pipeline.ErrEmpty, requests: 1},
		{name: "text", always: func(_ *fetchtest.Server, w http.ResponseWriter, _ *http.Request, _ fetchtest.File) {
			_, _ = w.Write([]byte("sorry"))
		}, err: pipeline.ErrUnknownForm, words: "plain text", requests: 1},
		{name: "redirect", steps: steps(fetchtest.Redirect("/elsewhere/../x.zip")), requests: 2},
		{name: "redirect in a ring", always: fetchtest.Redirect("/x.zip"), err: fetch.ErrRedirect, requests: 6},
		{name: "redirect to a private address", always: fetchtest.Redirect("http://10.0.0.1/x.zip"), err: fetch.ErrBlocked, words: "10.0.0.1 is private", requests: 1},
		{name: "redirect to metadata", always: fetchtest.Redirect("http://169.254.169.254/latest/"), err: fetch.ErrBlocked, words: "link-local", requests: 1},
		{name: "redirect to a file", always: fetchtest.Redirect("file:///etc/passwd"), err: fetch.ErrRedirect, requests: 1},
		{name: "redirect nowhere", always: fetchtest.Redirect(""), err: fetch.ErrRedirect, requests: 1},
		{name: "no Range after a break", steps: steps(fetchtest.Cut(9000), fetchtest.NoRange()), requests: 2},
		{name: "no Range and always a break", always: func(s *fetchtest.Server, w http.ResponseWriter, r *http.Request, f fetchtest.File) {
			r.Header.Del("Range")
			fetchtest.Cut(9000)(s, w, r, f)
		}, err: fetch.ErrTruncated, requests: 5, left: "x.zip.part x.zip.part.json"},
		{name: "another archive after a break", steps: steps(fetchtest.Cut(9000), fetchtest.Become(dated(other, `"2"`))), requests: 2, other: true},
		{name: "another archive, told only by its ETag", steps: steps(fetchtest.Cut(9000), func(s *fetchtest.Server, w http.ResponseWriter, r *http.Request, _ fetchtest.File) {
			r.Header.Del("If-Range")
			fetchtest.Become(dated(other, `"2"`))(s, w, r, fetchtest.File{})
		}), requests: 3, other: true},
		{name: "a part that begins elsewhere", steps: steps(fetchtest.Cut(9000), fetchtest.LyingRange(0)), requests: 3},
		{name: "a part that is another one", steps: steps(fetchtest.Cut(9000), fetchtest.OtherBytes()), requests: 3},
		{name: "a corrupt middle", steps: steps(fetchtest.Corrupt(n/2, n/2+50)), requests: 2},
		{name: "a corrupt local header", steps: steps(fetchtest.Corrupt(second-30, second)), requests: 2},
		{name: "two corrupt members", steps: steps(fetchtest.Corrupt(2000, 2010), fetchtest.Plain), requests: 2},
		{name: "a corrupt list of members", steps: steps(fetchtest.Corrupt(list, list+4)), requests: 2},
		{name: "a corrupt checksum in the list", steps: steps(fetchtest.Corrupt(list+16, list+20)), requests: 4},
		{name: "a corrupt place in the list", steps: steps(fetchtest.Corrupt(list+42, list+46)), requests: 2},
		{name: "a corrupt end record", steps: steps(fetchtest.Corrupt(n-22, n-18)), requests: 2},
		{name: "a corrupt middle, and breaks in its repair", steps: steps(fetchtest.Corrupt(n/2, n/2+50), fetchtest.Cut(100), fetchtest.Cut(0), fetchtest.Status(500, "")), requests: 5},
		{name: "a corrupt middle without Range", steps: steps(fetchtest.Corrupt(n/2, n/2+50), fetchtest.NoRange()), requests: 2},
		{name: "a corrupt middle, and the part begins elsewhere", steps: steps(fetchtest.Corrupt(n/2, n/2+50), fetchtest.LyingRange(0)), requests: 3},
		{name: "a corrupt middle, and by then another archive", steps: steps(fetchtest.Corrupt(n/2, n/2+50), fetchtest.Become(dated(other, `"2"`))), requests: 2, other: true},
		{name: "always a corrupt middle", always: fetchtest.Corrupt(n/2, n/2+50), err: pipeline.ErrDamaged, words: `member "VO_003.xml"`, requests: 6, left: "x.zip.damaged x.zip.damaged.json"},
		{name: "always a corrupt middle without Range", always: func(s *fetchtest.Server, w http.ResponseWriter, r *http.Request, f fetchtest.File) {
			r.Header.Del("Range")
			fetchtest.Corrupt(n/2, n/2+50)(s, w, r, f)
		}, err: pipeline.ErrDamaged, words: `member "VO_003.xml"`, requests: 2, left: "x.zip.damaged x.zip.damaged.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := fetchtest.NewServer(t)
			f := dated(zip, `"1"`)
			if c.weak {
				f = fetchtest.File{Content: zip}
			}
			s.Serve("/x.zip", f, c.steps...)
			if c.always != nil {
				s.Always("/x.zip", c.always)
			}
			dir := t.TempDir()
			path := filepath.Join(dir, "x.zip")
			cl, _ := client(t)
			got, err := download(t, cl, s.URL+"/x.zip", path)
			if n := len(s.Requests()); n != c.requests {
				t.Errorf("%d requests, want %d: %+v", n, c.requests, s.Requests())
			}
			if c.err != nil {
				fails(t, err, c.err, c.words)
				stands(t, dir, strings.Fields(c.left)...)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := zip
			if c.other {
				want = other
			}
			holds(t, path, want)
			stands(t, dir, "x.zip", "x.zip.json")
			if got.Path != path || got.Size != int64(len(want)) || got.NotModified {
				t.Errorf("%+v", got)
			}
			if c.other {
				return
			}
			s.Forget()
			if c.always != nil {
				return
			}
			if got, err := download(t, cl, s.URL+"/x.zip", path); err != nil || !got.NotModified || len(s.Requests()) != 1 {
				t.Errorf("once more: %+v, %v, %d requests", got, err, len(s.Requests()))
			}
			stands(t, dir, "x.zip", "x.zip.json")
		})
	}
}

func fails(t *testing.T, err, want error, words string) {
	t.Helper()
	status := (*fetch.StatusError)(nil)
	if errors.As(want, &status) {
		got := (*fetch.StatusError)(nil)
		if !errors.As(err, &got) || got.Code != status.Code {
			t.Errorf("%v, want status %d", err, status.Code)
		}
	} else if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if err != nil && !strings.Contains(err.Error(), words) {
		t.Errorf("%v, want %q in it", err, words)
	}
}

// TestDownloadIsReplacedOnlyByASoundOne: what stands stays through any error.
func TestDownloadIsReplacedOnlyByASoundOne(t *testing.T) {
	old, next := fetchtest.Zip(t, 1, 3, 20_000), fetchtest.Zip(t, 2, 3, 20_000)
	s := fetchtest.NewServer(t)
	s.Serve("/x.zip", dated(old, `"1"`))
	dir := t.TempDir()
	path := filepath.Join(dir, "x.zip")
	cl, _ := client(t)
	if _, err := download(t, cl, s.URL+"/x.zip", path); err != nil {
		t.Fatal(err)
	}
	for _, step := range []fetchtest.Step{
		fetchtest.Status(403, ""), fetchtest.HTML("application/zip", "x"), fetchtest.Cut(0), fetchtest.WrongLength(9000), fetchtest.Corrupt(5000, 5001),
	} {
		s.Serve("/x.zip", dated(next, `"2"`))
		s.Always("/x.zip", step)
		if _, err := download(t, cl, s.URL+"/x.zip", path); err == nil {
			t.Error("no error")
		}
		holds(t, path, old)
	}
	// A damaged one of which no part can be had, and by then the old one is back.
	s.Serve("/x.zip", dated(next, `"3"`), fetchtest.Corrupt(5000, 5001), fetchtest.LyingRange(0), fetchtest.Become(dated(old, `"1"`)))
	if err := errors.Join(os.Remove(path+".damaged"), os.Remove(path+".damaged.json")); err != nil {
		t.Fatal(err)
	}
	if got, err := download(t, cl, s.URL+"/x.zip", path); err != nil || !got.NotModified {
		t.Errorf("%+v, %v", got, err)
	}
	holds(t, path, old)
	stands(t, dir, "x.zip", "x.zip.json")
	s.Serve("/x.zip", dated(next, `"2"`))
	if got, err := download(t, cl, s.URL+"/x.zip", path); err != nil || got.NotModified {
		t.Errorf("%+v, %v", got, err)
	}
	holds(t, path, next)
	stands(t, dir, "x.zip", "x.zip.json")
}

// TestNextNight: what an earlier call has left is gone on with.
func TestNextNight(t *testing.T) {
	zip, other := fetchtest.Zip(t, 1, 6, 30_000), fetchtest.Zip(t, 2, 6, 30_000)
	half := len(zip) / 2
	for _, c := range []struct {
		name     string
		first    fetchtest.Step // always, in the first night
		err      error
		second   fetchtest.File
		begins   string // Range of the second night's first request
		requests int
	}{
		{"the rest", fetchtest.Cut(half), nil, dated(zip, `"1"`), "bytes=", 1},
		{"the rest by the date", fetchtest.Cut(half), nil, fetchtest.File{Content: zip, Modified: dated(nil, "").Modified}, "bytes=", 1},
		{"another archive by then", fetchtest.Cut(half), nil, dated(other, `"2"`), "bytes=", 1},
		{"a repair", fetchtest.Corrupt(half, half+50), pipeline.ErrDamaged, dated(zip, `"1"`), "bytes=", 1},
		{"a repair of what is another archive by then", fetchtest.Corrupt(half, half+50), pipeline.ErrDamaged, dated(other, `"2"`), "bytes=", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := fetchtest.NewServer(t)
			f := c.second
			f.Content = zip
			if f.ETag != "" {
				f.ETag = `"1"`
			}
			s.Serve("/x.zip", f, c.first)
			if c.err != nil {
				s.Always("/x.zip", c.first)
			} else {
				s.Always("/x.zip", fetchtest.Status(404, ""))
			}
			dir := t.TempDir()
			path := filepath.Join(dir, "x.zip")
			cl, _ := client(t)
			if _, err := download(t, cl, s.URL+"/x.zip", path); err == nil || c.err != nil && !errors.Is(err, c.err) {
				t.Fatal(err)
			}
			s.Serve("/x.zip", c.second)
			s.Forget()
			if _, err := download(t, cl, s.URL+"/x.zip", path); err != nil {
				t.Fatal(err)
			}
			holds(t, path, c.second.Content)
			stands(t, dir, "x.zip", "x.zip.json")
			got := s.Requests()
			if len(got) != c.requests || !strings.HasPrefix(got[0].Range, c.begins) || got[0].IfRange == "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

// A server that knows no conditions is seen through by what it says.
func TestUnchangedWithoutConditions(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 3, 20_000)
	other := fetchtest.Zip(t, 2, 4, 20_000)
	for _, f := range []fetchtest.File{dated(zip, `"1"`), dated(zip, `W/"1"`), {Content: zip}} {
		s := fetchtest.NewServer(t)
		s.Serve("/x.zip", f)
		s.Always("/x.zip", fetchtest.Deaf())
		path := filepath.Join(t.TempDir(), "x.zip")
		cl, _ := client(t)
		for night, same := range []bool{false, true} {
			if got, err := download(t, cl, s.URL+"/x.zip", path); err != nil || got.NotModified != same {
				t.Errorf("night %d: %+v, %v", night, got, err)
			}
		}
		f.Content = other
		if f.ETag != "" {
			f.ETag = `"2"`
		}
		s.Serve("/x.zip", f)
		s.Always("/x.zip", fetchtest.Deaf())
		if got, err := download(t, cl, s.URL+"/x.zip", path); err != nil || got.NotModified {
			t.Errorf("another one: %+v, %v", got, err)
		}
		holds(t, path, other)
	}
}

func TestDownloadLimits(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 3, 20_000)
	s := fetchtest.NewServer(t)
	for _, step := range []fetchtest.Step{nil, fetchtest.WithoutLength()} {
		s.Serve("/x.zip", dated(zip, `"1"`))
		if step != nil {
			s.Always("/x.zip", step)
		}
		cl, _ := client(t)
		_, err := cl.Download(t.Context(), s.URL+"/x.zip", filepath.Join(t.TempDir(), "x.zip"), fetch.DownloadOptions{Limit: 10_000})
		fails(t, err, pipeline.ErrTooLarge, "10000")
	}
	cl, _ := client(t, on(disk.Disk{Space: func(string) (int64, bool, error) { return 64 << 20, true, nil }}))
	dir := t.TempDir()
	s.Serve("/x.zip", dated(zip, `"1"`))
	_, err := download(t, cl, s.URL+"/x.zip", filepath.Join(dir, "x.zip"))
	fails(t, err, fetch.ErrNoSpace, " KiB and 64 MiB that must stay free; 64 MiB free in "+dir+": free ")
	if info, err := os.Stat(filepath.Join(dir, "x.zip.part")); err == nil && info.Size() > 0 {
		t.Errorf("%d bytes were written all the same", info.Size())
	}
}

func TestDownloadProgressAndSilence(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 3, 300_000)
	s := fetchtest.NewServer(t)
	cl, clock := client(t)
	s.Serve("/x.zip", dated(zip, `"1"`), fetchtest.Stall(200_000, clock, 31*time.Second))
	var last pipeline.Progress
	units := map[string]bool{}
	_, err := cl.Download(t.Context(), s.URL+"/x.zip", filepath.Join(t.TempDir(), "x.zip"), fetch.DownloadOptions{Progress: func(p pipeline.Progress) {
		if p.Unit == last.Unit && p.Done < last.Done || p.Done > p.Total {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
		units[p.Unit] = true
	}})
	if err != nil || !units["x.zip"] || !units["x.zip: checking"] || last.Done != last.Total || last.Total == 0 {
		t.Errorf("%v, %v, %+v", err, units, last)
	}
	if n := len(s.Requests()); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}
