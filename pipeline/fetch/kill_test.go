package fetch_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// TestKilledAtEachChange kills a download before each change of the disk and
// runs it again: it ends as if it had not been killed, and until then what
// stood is what stands.
func TestKilledAtEachChange(t *testing.T) {
	old, next := fetchtest.Zip(t, 1, 3, 20_000), fetchtest.Zip(t, 2, 3, 20_000)
	for _, c := range []struct {
		name  string
		steps []fetchtest.Step
		had   bool // something stands already
	}{
		{"plain", nil, false},
		{"replacing", nil, true},
		{"with breaks", []fetchtest.Step{fetchtest.Cut(9000), fetchtest.Cut(9000)}, true},
		{"with a repair", []fetchtest.Step{fetchtest.Corrupt(9000, 9001)}, true},
		{"without Range", []fetchtest.Step{fetchtest.Cut(9000), fetchtest.NoRange()}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			for n := 0; ; n++ {
				s := fetchtest.NewServer(t)
				path := filepath.Join(t.TempDir(), "x.zip")
				whole, _ := client(t)
				if c.had {
					s.Serve("/x.zip", dated(old, `"1"`))
					if _, err := download(t, whole, s.URL+"/x.zip", path); err != nil {
						t.Fatal(err)
					}
				}
				s.Serve("/x.zip", dated(next, `"2"`), c.steps...)
				d, dead := fetchtest.Killed(n)
				mortal, _ := client(t, on(d))
				_, err := download(t, mortal, s.URL+"/x.zip", path)
				if !dead() {
					if err != nil {
						t.Fatalf("not killed, and yet %v", err)
					}
					t.Logf("%d moments", n)
					return
				}
				if !errors.Is(err, fetchtest.ErrKilled) {
					t.Fatalf("killed before change %d: %v", n, err)
				}
				if c.had && n < 3 {
					holds(t, path, old)
				}
				if _, err := download(t, whole, s.URL+"/x.zip", path); err != nil {
					t.Fatalf("after a kill before change %d: %v", n, err)
				}
				holds(t, path, next)
				stands(t, filepath.Dir(path), "x.zip", "x.zip.json")
				s.Forget()
				if got, err := download(t, whole, s.URL+"/x.zip", path); err != nil || !got.NotModified || len(s.Requests()) != 1 {
					t.Errorf("after a kill before change %d and a run: %+v, %v", n, got, err)
				}
			}
		})
	}
}

// TestCancelledAtEachReport stops a download by its context each time that
// more has come, and goes on in the next call.
func TestCancelledAtEachReport(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 12, 60_000)
	s := fetchtest.NewServer(t)
	s.Serve("/x.zip", dated(zip, `"1"`))
	path := filepath.Join(t.TempDir(), "x.zip")
	cl, _ := client(t)
	calls := 0
	for most := 1; ; most++ {
		ctx, cancel := context.WithCancel(t.Context())
		reports := 0
		_, err := cl.Download(ctx, s.URL+"/x.zip", path, fetch.DownloadOptions{Progress: func(pipeline.Progress) {
			if reports++; reports == most {
				cancel()
			}
		}})
		cancel()
		calls++
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	holds(t, path, zip)
	stands(t, filepath.Dir(path), "x.zip", "x.zip.json")
	for _, r := range s.Requests()[1:] {
		if !strings.HasPrefix(r.Range, "bytes=") {
			t.Errorf("began anew: %+v", r)
		}
	}
	if calls < 3 {
		t.Errorf("only %d calls: nothing was tried", calls)
	}
}

// A full disk is told as such and leaves what has come.
func TestDiskFull(t *testing.T) {
	zip := fetchtest.Zip(t, 1, 3, 20_000)
	s := fetchtest.NewServer(t)
	s.Serve("/x.zip", dated(zip, `"1"`))
	path := filepath.Join(t.TempDir(), "x.zip")
	cl, _ := client(t, on(disk.Disk{Before: func(change string) error {
		if change == "write to x.zip.part" {
			return syscall.ENOSPC
		}
		return nil
	}}))
	_, err := download(t, cl, s.URL+"/x.zip", path)
	fails(t, err, fetch.ErrNoSpace, "write the archive")
	if n := len(s.Requests()); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}
