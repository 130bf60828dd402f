package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline/realfiles"
)

// The embedded table is what this program makes of the official one.
func TestEmbeddedTableIsCurrent(t *testing.T) {
	official := realfiles.Path(t, "okved2/data-20231201-structure-20180402.csv")
	var out bytes.Buffer
	if err := run(official, &out); err != nil {
		t.Fatal(err)
	}
	embedded, err := os.ReadFile(filepath.Join("..", "okved2.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), embedded) {
		t.Error("okved2.tsv is not what the official table gives: make it anew")
	}
}

func TestRun(t *testing.T) {
	tests := []struct{ name, in, want, fail string }{
		{"sorted, sections left out", "\"G\";\" \";\"ТОРГОВЛЯ\"\n\"G\";\"45.2\";\"Б  \"\"в\"\"\"\n\"G\";\"45\";\"А\"\n", "45\tА\n45.2\tБ \"в\"\n", ""},
		{"no code", "\"G\";\"4.5\";\"А\"\n", "", "line 1"},
		{"twice", "\"G\";\"45\";\"А\"\n\"G\";\"45\";\"Б\"\n", "", "stands twice"},
		{"fields", "\"G\";\"45\"\n", "", "wrong number of fields"},
	}
	for _, tt := range tests {
		raw, err := charmap.Windows1251.NewEncoder().String(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "in.csv")
		if err := os.WriteFile(path, []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err = run(path, &out)
		if (tt.fail == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.fail) || out.String() != tt.want {
			t.Errorf("%s: %q, %v", tt.name, out.String(), err)
		}
	}
	if err := run(filepath.Join(t.TempDir(), "none.csv"), new(bytes.Buffer)); err == nil {
		t.Error("no error for a missing file")
	}
}
