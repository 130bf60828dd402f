package config

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
)

// adapterOptions has every shape of value that an adapter may ask for.
type adapterOptions struct {
	Preset  string              `mapstructure:"preset"`
	Columns map[string]string   `mapstructure:"columns"`
	Titles  map[string][]string `mapstructure:"titles"`
	Codes   []Code              `mapstructure:"codes"`
	Limit   int                 `mapstructure:"limit"`
	Share   float64             `mapstructure:"share"`
	Pause   time.Duration       `mapstructure:"pause"`
	Strict  bool                `mapstructure:"strict"`
	Date    Day                 `mapstructure:"date"`
	Since   company.Date        `mapstructure:"since"`
	Inner   struct {
		Name string `mapstructure:"name"`
	} `mapstructure:"inner"`
	Range *Range `mapstructure:"range"`
}

const adapterText = `
adapter: table
trust: 30
preset: 2gis
columns: {inn: "ИНН клиента", "Имя": name}
titles: {phone: ["Тел.", "Телефон"]}
codes: ["45.20"]
limit: 7
share: 1
pause: 3s
strict: true
date: 2026-11-16
since: 2026-01-31
inner: {name: x}
range: {from: 2}
`

func TestSectionDecode(t *testing.T) {
	s, err := ParseSection("mine", adapterText)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "mine" || s.Adapter != "table" || s.Trust != 30 || !s.Enabled {
		t.Errorf("%+v", s)
	}
	got := adapterOptions{Preset: "default"}
	if err := s.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := adapterOptions{
		Preset: "2gis", Columns: map[string]string{"inn": "ИНН клиента", "Имя": "name"}, Titles: map[string][]string{"phone": {"Тел.", "Телефон"}},
		Codes: []Code{"45.20"}, Limit: 7, Share: 1, Pause: 3 * time.Second, Strict: true, Date: "2026-11-16",
		Since: company.NewDate(2026, time.January, 31), Range: &Range{From: 2},
	}
	want.Inner.Name = "x"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func TestSectionDecodeKeepsDefaults(t *testing.T) {
	s, err := ParseSection("mine", "trust: 1\n")
	if err != nil {
		t.Fatal(err)
	}
	got := adapterOptions{Preset: "auto", Limit: 9}
	if err := s.Decode(&got); err != nil || got.Preset != "auto" || got.Limit != 9 {
		t.Errorf("%+v, %v: want the defaults as they were", got, err)
	}
	if err := (Section{Name: "bare"}).Decode(&got); err != nil || got.Limit != 9 {
		t.Errorf("a section without keys of its own: %+v, %v", got, err)
	}
	if err := s.Decode(got); err == nil {
		t.Error("decoding into no pointer succeeded")
	}
}

func TestSectionDecodeRefuses(t *testing.T) {
	path := write(t, "my.yaml", strings.Join([]string{
		"schema_version: 1", "sources:", "  gis:", "    adapter: table",
		"    presett: 2gis", "    codes: [45.20]", "    limit: many", "    inner: {nam: x}", "    columns: {inn: 5}", "    trustt: 1",
	}, "\n"))
	cfg, _, err := Load(Options{Path: path})
	if err != nil {
		t.Fatalf("the adapter's keys are its own business: %v", err)
	}
	var into adapterOptions
	err = cfg.Sources["gis"].Decode(&into)
	if !errors.Is(err, ErrConfig) {
		t.Fatalf("%v, want ErrConfig", err)
	}
	want := []string{
		`my.yaml:5: sources.gis.presett: unknown key; the nearest known one is preset`,
		`my.yaml:6: sources.gis.codes[0]: 45.20: YAML reads this as a number: write "45.20" in quotes`,
		`my.yaml:7: sources.gis.limit: "many": want a whole number`,
		`my.yaml:8: sources.gis.inner.nam: unknown key; the nearest known one is name`,
		`my.yaml:9: sources.gis.columns.inn: 5: YAML reads this as a number: write "5" in quotes`,
		`my.yaml:10: sources.gis.trustt: unknown key; the nearest known one is trust`,
	}
	got := strings.ReplaceAll(err.Error(), filepath.Dir(path)+"/", "")
	if got != strings.Join(want, "\n") {
		t.Errorf("\n got %s\nwant %s", got, strings.Join(want, "\n"))
	}
}

func TestParseSectionRefuses(t *testing.T) {
	for _, text := range []string{"trust: 500", "trust: x", "[1]", "paths: x", "{", "enabled: 1", "adapter: Ы"} {
		if _, err := ParseSection("mine", text); !errors.Is(err, ErrConfig) {
			t.Errorf("%q: %v, want ErrConfig", text, err)
		}
	}
}

func TestSectionsAreSorted(t *testing.T) {
	cfg, _, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range cfg.Sections(Sources) {
		names = append(names, s.Name)
	}
	if strings.Join(names, " ") != "gis kompas rsmp" {
		t.Errorf("%q", names)
	}
}
