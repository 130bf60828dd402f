package fetch_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/fetch/fetchtest"
)

// endless is a zip by its first bytes, without a length and without an end.
func endless(_ *fetchtest.Server, w http.ResponseWriter, r *http.Request, _ fetchtest.File) {
	w.Header().Set("Content-Type", "application/zip")
	b := make([]byte, 1<<20)
	copy(b, "PK\x03\x04")
	for r.Context().Err() == nil {
		if _, err := w.Write(b); err != nil {
			return
		}
	}
}

// A body of unknown length ends when the disk has only the reserve left.
func TestBodyWithoutLengthLeavesTheReserve(t *testing.T) {
	s := fetchtest.NewServer(t)
	s.Serve("/x.zip", fetchtest.File{})
	s.Always("/x.zip", endless)
	asked := 0
	cl, _ := client(t, on(disk.Disk{Space: func(string) (int64, bool, error) {
		asked++
		return int64(4-asked) << 26, true, nil // 192, 128, 64 MiB, nothing
	}}))
	dir := t.TempDir()
	_, err := download(t, cl, s.URL+"/x.zip", filepath.Join(dir, "x.zip"))
	fails(t, err, fetch.ErrNoSpace, "needs 0 KiB and 64 MiB that must stay free; 0 KiB free in "+dir+": free 64 MiB more")
	info, err := os.Stat(filepath.Join(dir, "x.zip.part"))
	if err != nil || info.Size() < 3<<26 || info.Size() > 3<<26+1<<20 || asked != 4 || len(s.Requests()) != 1 {
		t.Errorf("%v, %v, asked %d times, %d requests", info, err, asked, len(s.Requests()))
	}
}

func TestCheckAddress(t *testing.T) {
	cl, _ := client(t)
	for url, words := range map[string]string{
		"http://127.0.0.1/x":         "",
		"https://example.org/x":      "",
		"http://[::ffff:10.0.0.1]/x": `10.0.0.1 is private; to allow it: fetch.allow_prefixes: ["10.0.0.1/32"]`,
		"http://[fd00::1]:8080/x":    `fd00::1 is private; to allow it: fetch.allow_prefixes: ["fd00::1/128"]`,
		"ftp://example.org":          "not an address",
	} {
		err := cl.CheckAddress(url)
		if words == "" {
			if err != nil {
				t.Errorf("%s: %v", url, err)
			}
			continue
		}
		want := fetch.ErrBlocked
		if words == "not an address" {
			want = fetch.ErrURL
		}
		if err == nil {
			t.Errorf("%s: no error", url)
		}
		fails(t, err, want, words)
	}
}
