package fetch_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestDamagedWithoutParts: what cannot be fetched in parts is fetched again
// only when it has changed, whatever the server tells of it.
func TestDamagedWithoutParts(t *testing.T) {
	bad := fetchtest.Zip(t, 1, 6, 30_000)
	for i := range 50 {
		bad[len(bad)/2+i] ^= 0xff
	}
	other := fetchtest.Zip(t, 2, 5, 30_000)
	for name, c := range map[string]struct {
		file, next fetchtest.File
		step       fetchtest.Step
	}{
		"knows conditions": {dated(bad, `"1"`), dated(other, `"2"`), func(s *fetchtest.Server, w http.ResponseWriter, r *http.Request, f fetchtest.File) {
			fetchtest.NoRange()(s, w, r, f)
		}},
		"knows none":       {dated(bad, `"1"`), dated(other, `"2"`), fetchtest.Deaf()},
		"tells a length":   {fetchtest.File{Content: bad}, fetchtest.File{Content: other}, fetchtest.Deaf()},
		"parts are others": {dated(bad, `"1"`), dated(other, `"2"`), fetchtest.LyingRange(0)},
	} {
		t.Run(name, func(t *testing.T) {
			s := fetchtest.NewServer(t)
			s.Serve("/x.zip", c.file)
			s.Always("/x.zip", c.step)
			dir := t.TempDir()
			path := filepath.Join(dir, "x.zip")
			cl, clock := client(t)
			_, err := download(t, cl, s.URL+"/x.zip", path)
			const until = "so the whole file will be fetched again when it changes there; the damaged copy may be deleted"
			fails(t, err, pipeline.ErrDamaged, until)
			since, waits, found := fetch.Aside(path)
			if !waits || !found || !since.Equal(clock.Now().Truncate(time.Second)) {
				t.Errorf("%v, %t, %t", since, waits, found)
			}
			clock.Advance(24 * time.Hour)
			for night := range 3 {
				if night == 1 {
					if err := os.Remove(path + ".damaged"); err != nil {
						t.Fatal(err)
					}
				}
				s.Forget()
				_, err := download(t, cl, s.URL+"/x.zip", path)
				fails(t, err, pipeline.ErrDamaged, "still damaged there, since 2026-11-20 20:00 UTC: ")
				fails(t, err, pipeline.ErrDamaged, until)
				if r := s.Requests(); len(r) != 1 || r[0].Range != "" {
					t.Errorf("%+v", r)
				}
				if _, err := os.Stat(path + ".part"); err == nil {
					t.Error("a part is left")
				}
			}
			s.Serve("/x.zip", c.next)
			s.Always("/x.zip", c.step)
			if _, err := download(t, cl, s.URL+"/x.zip", path); err != nil {
				t.Fatal(err)
			}
			holds(t, path, other)
			stands(t, dir, "x.zip", "x.zip.json")
			if _, _, found := fetch.Aside(path); found {
				t.Error("it is still said to be aside")
			}
		})
	}
}

// While the damaged one waits, the old one may come back.
func TestDamagedAndTheOldOneIsBack(t *testing.T) {
	old := fetchtest.Zip(t, 1, 3, 20_000)
	bad := bytes.Clone(fetchtest.Zip(t, 2, 3, 20_000))
	bad[5000] ^= 0xff
	s := fetchtest.NewServer(t)
	path := filepath.Join(t.TempDir(), "x.zip")
	cl, _ := client(t)
	for i, f := range []fetchtest.File{dated(old, `"1"`), dated(bad, `"2"`), dated(old, `"1"`)} {
		s.Serve("/x.zip", f)
		s.Always("/x.zip", fetchtest.NoRange())
		got, err := download(t, cl, s.URL+"/x.zip", path)
		if i == 1 {
			fails(t, err, pipeline.ErrDamaged, "the server sends no parts")
		} else if err != nil || got.NotModified != (i == 2) {
			t.Errorf("%d: %+v, %v", i, got, err)
		}
		holds(t, path, old)
	}
}
