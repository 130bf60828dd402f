package xlsx

import (
	"slices"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// TestEveryStateHasItsColour: no two states look alike, and each colour can be
// written.
func TestEveryStateHasItsColour(t *testing.T) {
	var seen []string
	for _, state := range []pipeline.RowState{
		pipeline.RowPlain, pipeline.RowNew, pipeline.RowPromised, pipeline.RowOverdue, pipeline.RowAgain, pipeline.RowClient,
	} {
		fill := stateFill(&pipeline.Row{State: state})
		if slices.Contains(seen, fill) || !slices.Contains(tints[:], fill) {
			t.Errorf("state %q has the colour %q", state, fill)
		}
		seen = append(seen, fill)
	}
	if len(seen) != len(tints) {
		t.Errorf("%d colours for %d states", len(tints), len(seen))
	}
}

// TestGuidePagesAreNotTorn: a section that fits a page begins on a new one where
// the page it is on has no room for it.
func TestGuidePagesAreNotTorn(t *testing.T) {
	w := newWorkbook(plan{whole: true, book: exporttest.Book()})
	defer func() {
		if err := w.file.Close(); err != nil {
			t.Error(err)
		}
	}()
	s, err := w.begin(SheetGuide, tabAbout)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.widths(24, 110); err != nil {
		t.Fatal(err)
	}
	ten := pipeline.GuideSection{Title: "десять строк", Table: make([][2]string, 10)}
	high := s.guideHeight(&ten)
	if want := sectionGap + 10*lineHeight; high != want {
		t.Fatalf("height %v, want %v", high, want)
	}
	endless := pipeline.GuideSection{Title: "длиннее страницы", Table: make([][2]string, 100)}
	for _, c := range []struct {
		name       string
		section    *pipeline.GuideSection
		left, want float64
	}{
		{"room", &ten, high, 0},
		{"no room", &ten, high - 1, guidePage - high},
		{"longer than a page", &endless, 100, 100 + 2*guidePage - s.guideHeight(&endless)},
	} {
		got, err := s.guideSection(c.section, c.left)
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %v left, want %v", c.name, got, c.want)
		}
	}
}
