package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzLoad: whatever the file holds, Load returns a config that holds what its
// users rely on, or ErrConfig.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("schema_version: 1\n"))
	f.Add([]byte("schema_version: 1\nseller: {region: \"59\"}\nmanagers:\n- {id: a, name: b, dials: 3, from: \"09:00\", until: \"10:00\"}\n"))
	f.Add([]byte("schema_version: 1\nsources:\n  a: {trust: 3, x: [1, {y: 2}]}\n  b:\n"))
	f.Add([]byte("schema_version: 1\na: &a [*a]\n? [x]\n: y\n<<: {b: 1}\n"))
	f.Add([]byte("schema_version: 1\ncollect: {extra_codes: [45.20, \"45.20\", !!str 45.2, ~]}\nstore: {lock_timeout: .inf}\n"))
	f.Add([]byte("\xff\xfes\x00c\x00"))
	path := filepath.Join(f.TempDir(), "fuzz.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, seg, err := Load(Options{Path: path})
		if err != nil {
			if !errors.Is(err, ErrConfig) {
				t.Fatalf("%v is not ErrConfig", err)
			}
			return
		}
		if cfg == nil || seg == nil || len(cfg.Managers) == 0 || cfg.Strategy.StartDate.Date() == 0 || cfg.DataDir == "" {
			t.Fatalf("accepted, but not whole: %+v", cfg)
		}
		for _, s := range cfg.Sections(Sources) {
			var into adapterOptions
			if err := s.Decode(&into); err != nil && !errors.Is(err, ErrConfig) {
				t.Fatalf("section %s: %v is not ErrConfig", s.Name, err)
			}
		}
	})
}

// FuzzSegments: an accepted file has weights that scoring can rely on, and is
// hashed the same each time.
func FuzzSegments(f *testing.F) {
	_, text := DefaultFiles()
	f.Add(text)
	f.Add([]byte("schema_version: 1\ngroups:\n- {id: a, title: b, cap: 100}\n"))
	f.Add([]byte("schema_version: 1\nsegments: [{id: a, codes: {core: [45.20]}}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSegments("fuzz.yaml", data)
		if err != nil {
			if !errors.Is(err, ErrConfig) {
				t.Fatalf("%v is not ErrConfig", err)
			}
			return
		}
		sum := 0.0
		for _, g := range s.Groups {
			sum += g.Cap
		}
		if sum < 99.999 || sum > 100.001 {
			t.Fatalf("caps add up to %v", sum)
		}
		for _, sig := range s.Signals {
			if !(sig.Points >= 0) || !(sig.Unknown >= 0 && sig.Unknown <= 1) {
				t.Fatalf("signal %+v", sig)
			}
		}
		again, err := ParseSegments("again.yaml", data)
		if err != nil || again.Hash() != s.Hash() || again.MatchTag() != s.MatchTag() {
			t.Fatalf("hash differs: %v %s %s", err, again.Hash(), s.Hash())
		}
	})
}
