package main

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/sourcetest/example/sosedi"
)

// The line and the section of docs/adding-a-source.md are all that a new source needs:
// with them it is made, and says what it needs.
func TestLineAndSectionOfTheGuide(t *testing.T) {
	makers := map[string]sourceMaker{
		sosedi.Adapter: sourceOf(sosedi.KeyVariable, sosedi.Defaults, sosedi.Interface, sosedi.New),
	}
	const line = "sosedi.Adapter: sourceOf(sosedi.KeyVariable, sosedi.Defaults, sosedi.Interface, sosedi.New),\n"
	guide, err := os.ReadFile("../../docs/adding-a-source.md")
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("vendors_adding_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(guide), "```yaml\n")
	section, _, closed := strings.Cut(section, "```\n")
	if !strings.Contains(string(guide), "```go\n"+line+"```\n") || !strings.Contains(string(own), "\t"+line) || !closed {
		t.Fatal("the page has another line, or no section")
	}
	made := func(section string) (made pipeline.Source, err error) {
		a := &app{configPath: configured(t, section), io: streams{out: &strings.Builder{}, err: &strings.Builder{}}}
		err = a.withConfig(func(h *house) (err error) {
			s := h.config.Sections(config.Sources)[0]
			made, err = makers[s.Adapter](h, s)
			return err
		})
		return made, err
	}
	s, err := made(section)
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Describe(); d.Name != "neighbours" || d.Open || !slices.Equal(d.Secrets, []string{sosedi.KeyVariable}) || !probed(s) {
		t.Errorf("%+v", d)
	}
	if _, err := made(strings.Replace(section, "cities:", "citys:", 1)); err == nil || !strings.Contains(err.Error(), "citys") {
		t.Errorf("a slip of the pen: %v", err)
	}
}

// The tables of both READMEs have a row for every adapter.
func TestTablesNameEveryAdapter(t *testing.T) {
	for path, names := range map[string][]string{
		"../../sources/README.md": slices.Collect(maps.Keys(sourceAdapters())),
		"../../enrich/README.md":  slices.Collect(maps.Keys(enricherAdapters(&house{}))),
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var first []string
		for line := range strings.Lines(string(text)) {
			if cell, ok := strings.CutPrefix(line, "| `"); ok {
				name, _, _ := strings.Cut(cell, " |")
				first = append(first, "`"+name)
			}
		}
		for _, name := range names {
			if !strings.Contains(strings.Join(first, " "), "`"+name+"`") {
				t.Errorf("%s has no row for %s", path, name)
			}
		}
	}
}
