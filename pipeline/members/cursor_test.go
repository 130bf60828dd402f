package members

import (
	"errors"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// TestForeignCursor: nothing is read for a cursor that is none.
func TestForeignCursor(t *testing.T) {
	for _, s := range []string{"7", "x", "1:0", "1:0:0", "1:-1:0:true", "1:0:-1:true", "1:0:0:true ", "2:0:0:true", "1:00:0:true", "1:0:0:maybe"} {
		l := lists{inputs: []files.Input{input("a.xml", list(1))}}
		if p := l.pull(t, pipeline.Request{Cursor: s}); !errors.Is(p.err, ErrCursor) || len(p.batches) > 0 {
			t.Errorf("%q: %v", s, p.err)
		}
	}
}

// TestCursors are those that earlier versions gave out: they must be understood
// as they were meant.
func TestCursors(t *testing.T) {
	l := lists{
		inputs: []files.Input{input("a.zip", zipOf(t, 3)), input("left.xml", list(1)), input("c.xml", list(2)), input("d.zip", "")},
		left:   []bool{false, true, false, false},
	}
	for cursor, want := range map[string][]string{
		"":           {"a.zip/L_000_20260911_x.xml", "a.zip/L_001_20260911_x.xml", "a.zip/L_002_20260911_x.xml", "c.xml", "d.zip"},
		"1:0:1:true": {"a.zip/L_002_20260911_x.xml", "c.xml", "d.zip"},
		"1:0:9:true": {"c.xml", "d.zip"},
		"1:1:0:true": {"c.xml", "d.zip"}, // of an input that is left since
		"1:2:0:true": {"d.zip"},
		"1:3:0:true": nil,
		"1:9:0:true": nil,
	} {
		p := l.pull(t, pipeline.Request{Cursor: cursor})
		if p.err != nil || len(p.units) != len(want) {
			t.Errorf("%q: %q, %v, want %q", cursor, p.units, p.err, want)
			continue
		}
		for i := range want {
			if p.units[i] != want[i] {
				t.Errorf("%q: %q, want %q", cursor, p.units, want)
			}
		}
	}
	// Whether anything could be read is remembered across the break.
	if p := l.pull(t, pipeline.Request{Cursor: "1:2:0:false"}); !errors.Is(p.err, pipeline.ErrEmpty) {
		t.Errorf("nothing was read before, nothing after: %v", p.err)
	}
}

// FuzzCursor: what is taken for a cursor is written exactly so.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "1:0:17:true", "1:3:0:false", "1:-1:0:true", "1:0:0:true\n", "1:99999999999999999999:0:true"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCursor(s)
		switch {
		case err != nil && !errors.Is(err, ErrCursor):
			t.Errorf("%q: %v", s, err)
		case err == nil && s != "" && c.String() != s:
			t.Errorf("%q is taken for %q", s, c)
		}
	})
}
