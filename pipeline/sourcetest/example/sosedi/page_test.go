package sosedi

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const guide = "../../../../docs/adding-a-source.md"

// The page shows the files of this folder as they are: its code is what is compiled and
// tested here.
func TestPageShowsTheseFiles(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	shown, lines := map[string]int{}, 0
	for i, block := range strings.Split(string(text), "```go\n") {
		if i == 0 {
			continue
		}
		code, _, closed := strings.Cut(block, "```\n")
		if !closed {
			t.Fatalf("block %d does not end", i)
		}
		if !strings.Contains("\n"+code, "\npackage ") {
			lines++ // the line in the list of adapters, which is tested beside that list
			continue
		}
		shown[code]++
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name == "page_test.go" {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if shown[string(code)] != 1 {
			t.Errorf("%s stands on the page as it is %d times, want once", name, shown[string(code)])
		}
		delete(shown, string(code))
	}
	if len(shown) > 0 || lines != 1 {
		t.Errorf("the page has %d blocks that are no file here, and %d lines, want none and one", len(shown), lines)
	}
}
