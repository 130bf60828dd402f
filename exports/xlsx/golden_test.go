package xlsx_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// short is the book of the golden files: few rows of each kind.
func short(sample bool) *pipeline.Book {
	b := exporttest.Book()
	b.Sample = sample
	b.Calls = append(b.Calls[:9:9], b.Calls[40:42]...)
	for i := range b.Tiers {
		b.Tiers[i].Rows = b.Tiers[i].Rows[:3]
	}
	b.Targets, b.Fresh, b.Review = b.Targets[:3], b.Fresh[:4], b.Review[:2]
	return b
}

func TestGolden(t *testing.T) {
	for name, sample := range map[string]bool{"real": false, "sample": true} {
		t.Run(name, func(t *testing.T) {
			for _, a := range write(t, short(sample)) {
				if sample && a.Manager != "oleg" {
					continue // the other files differ from the real ones in the same places
				}
				file := strings.TrimSuffix(filepath.Base(a.Path), ".xlsx")
				compare(t, filepath.Join("testdata", name, strings.ReplaceAll(file, "ОБРАЗЕЦ", "sample")+".txt"), dump(t, a.Path))
			}
		})
	}
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Errorf("%s differs from line %d on:\n got %s\nwant %s", golden, i+1, line(g, i), line(w, i))
			return
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}
