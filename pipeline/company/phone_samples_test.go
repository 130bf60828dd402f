package company

import (
	"os"
	"path/filepath"
	"testing"
	_ "time/tzdata"
)

// samplePath finds a file among the samples: OBZVON_SAMPLES, else the folder
// beside the checkout. Without them the test is skipped.
func samplePath(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("OBZVON_SAMPLES")
	if dir == "" {
		wd, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for dir = wd; ; dir = filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				dir = filepath.Join(filepath.Dir(dir), "shared", "samples")
				break
			}
			if dir == filepath.Dir(dir) {
				t.Skip("no samples: the checkout's root was not found")
			}
		}
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no samples: %s is missing (set OBZVON_SAMPLES)", name)
	}
	return path
}
