package fetch_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client asks loopback servers by a clock of its own.
func client(t testing.TB, change ...func(*fetch.Options)) (*fetch.Client, *fetchtest.Clock) {
	t.Helper()
	clock := fetchtest.NewClock()
	o := fetch.Options{
		Version: "1.2", Contact: "obzvon@example.org", Timeout: 30 * time.Second, Allow: fetchtest.Loopback(),
		Clock: clock, Jitter: func() float64 { return 0 },
	}
	for _, f := range change {
		f(&o)
	}
	c := fetch.New(o)
	t.Cleanup(c.Close)
	return c, clock
}

func on(d disk.Disk) func(*fetch.Options) { return func(o *fetch.Options) { o.Disk = d } }

// dated is a file with everything that a good server says.
func dated(content []byte, etag string) fetchtest.File {
	return fetchtest.File{Content: content, ETag: etag, Modified: time.Date(2026, 11, 10, 3, 0, 0, 0, time.UTC), Type: "application/zip"}
}

func folder(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func holds(t testing.TB, path string, want []byte) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s: %d bytes that are not those of the %d served, %v", filepath.Base(path), len(got), len(want), err)
	}
}

func stands(t testing.TB, dir string, want ...string) {
	t.Helper()
	if got := folder(t, dir); !slices.Equal(got, want) {
		t.Errorf("the folder has %q, want %q", got, want)
	}
}

func download(t testing.TB, c *fetch.Client, url, path string) (fetch.Archive, error) {
	t.Helper()
	return c.Download(context.Background(), url, path, fetch.DownloadOptions{})
}
