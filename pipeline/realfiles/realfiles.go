// Package realfiles finds the real files that tests read, which are not part
// of the repository: they were published by others and some name people.
package realfiles

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns a file or folder among the real files: below OBZVON_SAMPLES,
// else below ../shared/samples beside the checkout. Where it is missing the
// test is skipped, and says so.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("OBZVON_SAMPLES")
	if dir == "" {
		dir = filepath.Join(root(t), "..", "shared", "samples")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no real files here (set OBZVON_SAMPLES): %v", err)
	}
	return path
}

// root is the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatalf("find the checkout: %v", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("find the checkout: no go.mod above the test")
		}
		dir = up
	}
}
