package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecrets(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"key": "from-the-file\n", "two": "a\nb\n", "empty": "\n", "long": strings.Repeat("x", keyMost+1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ file, want, wrong string }{
		{"", "of-the-environment", ""},
		{"key", "from-the-file", ""},
		{"two", "", "one key on one line"},
		{"empty", "", "one key on one line"},
		{"long", "", "at most"},
		{"missing", "", "cannot be read"},
		{".", "", "is no file"},
	} {
		t.Run(c.file, func(t *testing.T) {
			file := filepath.Join(dir, "obzvon.yaml")
			text := fmt.Sprintf("schema_version: 1\nsources:\n  gis:\n    paths: [x]\n    key_file: %q\n", c.file)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			cfg, _, err := Load(Options{Path: file, Environ: []string{"OBZVON_KEY_GIS= of-the-environment "}, KnownEnv: []string{"OBZVON_KEY_GIS"}})
			if err != nil {
				t.Fatal(err)
			}
			s := cfg.Sources["gis"]
			got, err := s.Secret("OBZVON_KEY_GIS")
			if got != c.want || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("got %q, %v", got, err)
			}
			if other, err := s.Secret("PATH"); c.file == "" && (other != "" || err != nil) {
				t.Errorf("a variable that nobody declared: %q, %v", other, err)
			}
			if shown := fmt.Sprintf("%+v %#v %v", s, s, err); strings.Contains(shown, "of-the-environment") || strings.Contains(shown, "from-the-file") {
				t.Error("the key is printed with the section")
			}
		})
	}
}
