package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDefaultsAreValid(t *testing.T) {
	cfg, seg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(cfg.Sections(Sources)); got != 3 {
		t.Errorf("%d sources, want 3", got)
	}
	if len(seg.Segments) != 8 {
		t.Errorf("%d segments, want 8", len(seg.Segments))
	}
	if cfg.Store.LockTimeout != 5*time.Second || cfg.Managers[0].Dials != 40 || cfg.Seller.Region != "77" {
		t.Errorf("values got lost: %+v", cfg)
	}
}

// write puts a file into a new folder and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUserFileOverDefaults(t *testing.T) {
	path := write(t, "my.yaml", `
schema_version: 1
seller: {region: "59"}
managers:
  - {id: anna, name: "Анна", dials: 30, from: "08:00", until: "17:00"}
sources:
  registry: {adapter: rsmp, paths: [in/*.zip, /abs/x.zip, "embed:rsmp.zip"]}
resolve: {free_mail: [mail.ru]}
`)
	cfg, _, err := Load(Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Seller.Region != "59" || cfg.Seller.TimeZone != "Europe/Moscow" {
		t.Errorf("seller: %+v: want the region from the file, the zone from the defaults", cfg.Seller)
	}
	if len(cfg.Managers) != 1 || cfg.Managers[0].ID != "anna" {
		t.Errorf("managers: %+v: want those of the file only", cfg.Managers)
	}
	if len(cfg.Sources) != 1 || len(cfg.Enrich) != 2 {
		t.Errorf("sources %v, enrich %v: want one of the file, both of the defaults", cfg.Sources, cfg.Enrich)
	}
	if len(cfg.Resolve.FreeMail) != 1 || len(cfg.Resolve.SharedHosts) < 10 || cfg.Resolve.MatchFrom != 0.99 {
		t.Errorf("resolve: %+v: want one list replaced, the rest as it was", cfg.Resolve)
	}
	s := cfg.Sources["registry"]
	dir := filepath.Dir(path)
	want := []string{filepath.Join(dir, "in/*.zip"), "/abs/x.zip", "embed:rsmp.zip"}
	if strings.Join(s.Paths, "|") != strings.Join(want, "|") {
		t.Errorf("paths %q, want %q", s.Paths, want)
	}
	if s.Name != "registry" || s.Adapter != "rsmp" || !s.Enabled || s.Base != dir {
		t.Errorf("section: %+v", s)
	}
	if cfg.DataDir != filepath.Join(dir, "data") {
		t.Errorf("data_dir %q: want it in the folder of the file", cfg.DataDir)
	}
}

func TestEmptySectionsAndNulls(t *testing.T) {
	path := write(t, "my.yaml", "schema_version: 1\nsources:\n  rsmp:\nenrich:\nexports: {}\nstore:\ncollect: {extra_codes: }\n")
	cfg, _, err := Load(Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if !cfg.Sources["rsmp"].Enabled || cfg.Sources["rsmp"].Adapter != "rsmp" {
		t.Errorf("a bare name is an enabled section: %+v", cfg.Sources)
	}
	if len(cfg.Enrich)+len(cfg.Exports) != 0 || cfg.Store.LockTimeout != 5*time.Second {
		t.Errorf("enrich %v, exports %v, store %v", cfg.Enrich, cfg.Exports, cfg.Store)
	}
}

func TestEnvironment(t *testing.T) {
	path := write(t, "my.yaml", "schema_version: 1\nrun: {deadline: \"06:00\"}\n")
	cfg, _, err := Load(Options{
		Path:     path,
		KnownEnv: []string{"OBZVON_GIS_KEY"},
		Environ: []string{
			"OBZVON_STORE_LOCK_TIMEOUT=30s", "OBZVON_DATA_DIR=here", "OBZVON_SELLER_REGION=02", "OBZVON_RUN_DEADLINE=05:30",
			"OBZVON_SOURCES_GIS_ENABLED=false", "OBZVON_CALL_LIST_TARGETS=7", "OBZVON_RUN_QUARANTINE_LIMIT=0.5",
			"OBZVON_SAMPLES=/x", "OBZVON_GIS_KEY=secret", "OBZVON_SEGMENTS_FILE=", "PATH=/bin", "OBZVONX=1",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Store.LockTimeout != 30*time.Second || cfg.DataDir != "here" || cfg.Seller.Region != "02" || cfg.Run.Deadline != "05:30" {
		t.Errorf("%+v %q %q %q", cfg.Store, cfg.DataDir, cfg.Seller.Region, cfg.Run.Deadline)
	}
	if cfg.Sources["gis"].Enabled || !cfg.Sources["rsmp"].Enabled || cfg.CallList.Targets != 7 || cfg.Run.QuarantineLimit != 0.5 {
		t.Errorf("%+v %+v %v", cfg.Sources, cfg.CallList, cfg.Run)
	}
}

func TestSegmentsFileIsFoundAndWhole(t *testing.T) {
	_, text := DefaultFiles()
	dir := t.TempDir()
	changed := strings.Replace(string(text), `title: "Энергетика"`, `title: "Тепло"`, 1)
	for name, content := range map[string]string{"seg.yaml": changed, "other.yaml": string(text), "my.yaml": "schema_version: 1\nsegments_file: seg.yaml\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, seg, err := Load(Options{Path: filepath.Join(dir, "my.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	if got := seg.Segments[7].Title; got != "Тепло" {
		t.Errorf("segments_file beside the config was not read: %q", got)
	}
	_, seg, err = Load(Options{Path: filepath.Join(dir, "my.yaml"), SegmentsPath: filepath.Join(dir, "other.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	if got := seg.Segments[7].Title; got != "Энергетика" {
		t.Errorf("SegmentsPath goes first: %q", got)
	}
	if _, err := ParseSegments("part.yaml", []byte("schema_version: 1\nsegments: []\n")); !errors.Is(err, ErrConfig) {
		t.Errorf("a part of a segments file: %v, want ErrConfig", err)
	}
}

func TestNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.yaml")
	_, _, err := Load(Options{Path: path})
	if !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "none.yaml: cannot be read: no such file") {
		t.Errorf("%v", err)
	}
	big := write(t, "big.yaml", strings.Repeat("# long\n", fileLimit/7+2))
	if _, _, err := Load(Options{Path: big}); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("%v", err)
	}
}
