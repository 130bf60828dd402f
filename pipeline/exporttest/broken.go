package exporttest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"obzvon/pipeline"
)

// moments is at how many places an export is stopped.
const moments = 20

// looks counts how often an export looks at its context.
func looks(t *testing.T, make func(string) pipeline.Exporter, b *pipeline.Book) int {
	t.Helper()
	const many = 1 << 30
	ctx := newStopping(t.Context(), many)
	if _, err := make(t.TempDir()).Export(ctx, b); err != nil {
		t.Fatalf("export: %v", err)
	}
	return many - ctx.left
}

// stops spreads the moments over the looks; the first is a dead context.
func stops(n int) []int {
	var out []int
	for i := 0; i < n; i += max(1, n/moments) {
		out = append(out, i)
	}
	return out
}

// cancelled stops the export wherever it looks at its context.
func cancelled(t *testing.T, make func(string) pipeline.Exporter) {
	n := looks(t, make, brief())
	if n == 0 {
		t.Fatal("the exporter never looks at its context")
	}
	for _, stop := range stops(n) {
		dir := t.TempDir()
		_, err := make(dir).Export(newStopping(t.Context(), stop), brief())
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled after %d of %d looks: error %v does not tell", stop, n, err)
		}
		if left := snapshot(t, dir); len(left) != 0 {
			t.Fatalf("cancelled after %d of %d looks: left %d files", stop, n, len(left))
		}
	}
}

// survives: an interrupted export does not touch the list of before.
func survives(t *testing.T, make func(string) pipeline.Exporter) {
	dir := t.TempDir()
	export(t, make(dir), brief())
	before := snapshot(t, dir)
	other := brief()
	other.Calls = other.Calls[:2]
	for _, stop := range stops(looks(t, make, other)) {
		if _, err := make(dir).Export(newStopping(t.Context(), stop), other); err == nil {
			t.Fatalf("cancelled after %d looks and succeeded", stop)
		}
		if !reflect.DeepEqual(before, snapshot(t, dir)) {
			t.Fatalf("cancelled after %d looks: files changed", stop)
		}
	}
}

// failing: the place for the folder is taken by a file.
func failing(t *testing.T, make func(string) pipeline.Exporter) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, dir)
	if _, err := make(taken).Export(t.Context(), Book()); err == nil {
		t.Fatal("no error where a file stands in the way")
	}
	if !reflect.DeepEqual(before, snapshot(t, dir)) {
		t.Error("a failed export left something")
	}
}

// nameTaken: where the main file should be there is a folder. Whatever else
// was published must be whole.
func nameTaken(t *testing.T, make func(string) pipeline.Exporter) {
	good := t.TempDir()
	made := export(t, make(good), brief())
	whole := contents(t, good)
	rel, err := filepath.Rel(good, made[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, rel, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := make(dir).Export(t.Context(), brief()); err == nil {
		t.Fatal("no error where a folder stands in the way")
	}
	for name, got := range contents(t, dir) {
		if !reflect.DeepEqual(got, whole[name]) {
			t.Errorf("%s is no whole file", name)
		}
	}
}
