package service

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestDiskShelf(t *testing.T) {
	now := time.Date(2026, time.November, 23, 1, 30, 0, 0, time.UTC)
	s := &DiskShelf{Dir: filepath.Join(t.TempDir(), "answers"), Now: func() time.Time { return now }}
	find := func(since time.Time) string {
		t.Helper()
		a, err := s.Find(t.Context(), "checko/abc", since)
		if err != nil {
			t.Fatal(err)
		}
		return string(a)
	}
	if got := find(now); got != "" {
		t.Errorf("nothing was kept, found %q", got)
	}
	if err := s.Keep(t.Context(), "checko/abc", []byte("{\"a\":\n\"\\u0410\\\\u0410\\u0041\"}")); err != nil {
		t.Fatal(err)
	}
	if got, want := find(now.Add(-time.Hour)), "{\"a\":\n\"А\\\\u0410\\u0041\"}"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := find(now.Add(time.Second)); got != "" {
		t.Errorf("too old, found %q", got)
	}
	info, err := os.Stat(filepath.Join(s.Dir, "checko", "abc"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "odd"), []byte("no answer"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		before time.Time
		gone   int
	}{{now, 1}, {now.Add(time.Second), 1}, {now.Add(time.Hour), 0}} {
		if n, err := s.Sweep(t.Context(), c.before); n != c.gone || err != nil {
			t.Errorf("swept %d, %v, want %d", n, err, c.gone)
		}
	}
}

// TestLegible: addresses and numbers are found however JSON and pages write them. A zip
// with something that looks like an escape in it must not be touched.
func TestLegible(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":"\u0410"}`:                                   `{"a":"А"}`,
		`{"a":"info\u0040a.example"}`:                      `{"a":"info@a.example"}`,
		"PK\x03\x04 \\u0410 &#64;":                         "PK\x03\x04 \\u0410 &#64;",
		`<p>i&#110;fo&#64;a&#x2E;example &#43;7 &#57;07`:   `<p>info@a.example +7 907`,
		`<p>&#60;b&#x3e; &#38;#64; &#0; &#1114112; &#160;`: `<p>&#60;b&#x3e; &#38;#64; &#0; &#1114112; &#160;`,
	} {
		if got := string(legible([]byte(text))); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// FuzzLettered: whatever is written as letters says the same.
func FuzzLettered(f *testing.F) {
	for _, s := range []string{`"А"`, `"\\u0410"`, `"\ud83d\ude00"`, `"\u0022\u005c"`, `{"к":["а",1]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var before, after any
		if json.Unmarshal(text, &before) != nil {
			return
		}
		out := lettered(text)
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("%q says %v, %q says %v", text, before, out, after)
		}
	})
}
