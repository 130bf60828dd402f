package config

import (
	"encoding/csv"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline/realfiles"
)

// TestEveryKeyIsDocumented holds the commented files to the schema: a key that
// is not in them cannot be found by whoever edits them.
func TestEveryKeyIsDocumented(t *testing.T) {
	for _, c := range []struct {
		name string
		text []byte
		typ  reflect.Type
	}{{"obzvon.yaml", defaultConfig, reflect.TypeFor[Config]()}, {"segments.yaml", defaultSegments, reflect.TypeFor[Segments]()}} {
		for _, path := range append(allKeys(c.typ, ""), allKeys(sectionType, "sources.*")...) {
			if c.typ == reflect.TypeFor[Segments]() && strings.HasPrefix(path, "sources.") {
				continue
			}
			key := path[strings.LastIndexByte(path, '.')+1:]
			if !mentions(string(c.text), key) {
				t.Errorf("%s does not show the key %s (%s)", c.name, key, path)
			}
		}
	}
}

// mentions tells whether a key stands in the text as a key or at the head of a
// line of comment.
func mentions(text, key string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " -#{")
		if strings.HasPrefix(line, key+":") || strings.HasPrefix(line, key+" ") ||
			strings.Contains(line, " "+key+":") || strings.Contains(line, "{"+key+":") {
			return true
		}
	}
	return false
}

// TestEveryScalarHasADefault: viper lets a variable override only keys that it
// has heard of, and a key without a default is a zero that nobody chose.
func TestEveryScalarHasADefault(t *testing.T) {
	d, err := readDocument(builtinConfig, defaultConfig, reflect.TypeFor[Config]())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range envKeys(reflect.TypeFor[Config](), "") {
		if _, ok := d.places[f.key]; !ok {
			t.Errorf("obzvon.yaml gives no value to %s", f.key)
		}
	}
}

func TestNamesOfVariablesDoNotCollide(t *testing.T) {
	seen := map[string]string{}
	for _, path := range allKeys(reflect.TypeFor[Config](), "") {
		if strings.ContainsAny(path, "*[") {
			continue
		}
		name := envName(path)
		if other, ok := seen[name]; ok {
			t.Errorf("%s stands for %s and for %s", name, other, path)
		}
		seen[name] = path
	}
}

// TestSegmentsAgreeWithTheTable compares the built-in codes with the table they
// were compiled from: A core, B adjacent, C weak, X in no segment.
func TestSegmentsAgreeWithTheTable(t *testing.T) {
	f, err := os.Open(realfiles.Path(t, "segments/okved-segments.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	_, seg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{} // "segment code" → fit
	for _, row := range rows[1:] {
		if row[3] != "X" {
			want[row[1]+" "+row[2]] = row[3]
		}
	}
	for _, s := range seg.Segments {
		title := strings.ToLower(s.Title[:len("А")]) + s.Title[len("А"):]
		for fit, codes := range map[string][]Code{"A": s.Codes.Core, "B": s.Codes.Adjacent, "C": s.Codes.Weak} {
			for _, c := range codes {
				key := title + " " + string(c)
				if want[key] != fit {
					t.Errorf("%s is %s, the table says %q", key, fit, want[key])
				}
				delete(want, key)
			}
		}
	}
	for key := range want {
		t.Errorf("%s of the table is in no segment", key)
	}
	if !slices.Equal(seg.Vetoes.MakerCodes, []Code{"28.15.1"}) {
		t.Errorf("maker codes %v", seg.Vetoes.MakerCodes)
	}
}
