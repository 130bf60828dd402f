package table

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// A link to nowhere in the folder costs itself, not the source.
func TestUnreadableBesideReadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("Компания;Телефон\nРомашка;+79070000001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "b.csv")); err != nil {
		t.Fatal(err)
	}
	inputs, err := files.Expander{}.Expand([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	src := mustNew(t, Options{}, inputs...)
	if print, err := src.Fingerprint(t.Context()); err != nil || print == "" {
		t.Errorf("fingerprint %q, %v", print, err)
	}
	if p := pullAll(t, src, pipeline.Request{}); p.counts.Taken != 1 || len(p.gaps) != 1 || !errors.Is(p.err, fs.ErrNotExist) {
		t.Errorf("%+v, gaps %+v, %v", p.counts, p.gaps, p.err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := src.Fingerprint(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
