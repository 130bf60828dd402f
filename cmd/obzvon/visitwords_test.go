package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryOutcomeHasWords: the codes are read where they are made.
func TestEveryOutcomeHasWords(t *testing.T) {
	codes := map[string]bool{}
	for file, form := range map[string]string{
		"../../pipeline/fetch/outcome.go":        `(?m)^//\t([a-z]\w+) {2,}\S`,
		"../../enrich/website/outcome.go":        `(?m)^\t\w+ += "(\w+)"`,
		"../../pipeline/fetch/service/errors.go": `(?m)^\t\{\S+, "(\w+)"\}`,
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, m := range regexp.MustCompile(form).FindAllStringSubmatch(string(text), -1) {
			for _, code := range m[1:] {
				if code != "" {
					codes[code], found = true, found+1
				}
			}
		}
		if found < 5 {
			t.Fatalf("%s: %d codes found", file, found)
		}
	}
	for _, code := range serviceCodes(t) {
		codes[code] = true
	}
	for code := range codes {
		if words := outcomeOf(code); words.means == "" || words.means == code || !words.read && words.do == "" {
			t.Errorf("%s: means %q, do %q", code, words.means, words.do)
		}
	}
	for code := range outcomeTexts {
		if code != "" && !codes[code] {
			t.Errorf("%s: nobody gives this code", code)
		}
	}
	if got := outcomeOf("status_403"); got.means != "answers 403 Forbidden" || got.do == "" {
		t.Errorf("status_403: %+v", got)
	}
	if got := outcomeOf("of_tomorrow").means; got != "of_tomorrow" {
		t.Error(got)
	}
	text := counted(outcomeMeanings(map[string]int64{"dns": 20, "status_404": 2, "robots": 1}), "", "")
	if want := "its name leads nowhere 20, answers 404 Not Found 2, robots.txt forbids it 1"; text != want {
		t.Errorf("%q, want %q", text, want)
	}
}

// serviceCodes are the codes of the enrichers that ask services.
func serviceCodes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../enrich/*/*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files of enrichers, %v", len(files), err)
	}
	var out []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`Outcome(?:, a\.Again)? = "(\w+)"|return "(poison)"`).FindAllStringSubmatch(string(text), -1) {
			out = append(out, m[1]+m[2])
		}
	}
	return out
}
