package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// settings come from the environment, so that make can pass them on.
type settings struct {
	docs    int      // documents of a release: FIGURES_DOCS
	rounds  int      // interleaved rounds: FIGURES_ROUNDS
	slice   int      // documents that slow peers read: FIGURES_SLICE
	dir     string   // scratch folder, removed at the end: FIGURES_DIR, made when missing
	python  string   // for lxml: FIGURES_PYTHON
	page    string   // what is written: FIGURES_PAGE
	root    string   // of the repository
	command string   // what gives the same page
	parts   []string // what is measured: FIGURES_PARTS, all when not given
}

// parts of a sitting.
const (
	partScan     = "scan"     // reading a release beside the limit
	partPeers    = "peers"    // encoding/xml and lxml beside it
	partNights   = "nights"   // the whole program
	partStore    = "store"    // loading and merging
	partMillion  = "million"  // scoring three million companies
	partMatching = "matching" // joining listings to companies
	partPages    = "pages"    // the pages while a night writes
	partOwners   = "owners"   // benchmarks of the packages
)

func allParts() []string {
	return []string{partScan, partPeers, partNights, partStore, partMillion, partMatching, partPages, partOwners}
}

func (s settings) does(part string) bool { return slices.Contains(s.parts, part) }

// errSettings is returned for a value of the environment that cannot be used.
var errSettings = errors.New("wrong setting")

const (
	fullDocs  = 6_500_000 // of a release in autumn 2026
	leastDocs = 20_000    // fewer would measure the starting of goroutines
)

func readSettings(getenv func(string) string) (settings, error) {
	s := settings{python: "python3", page: filepath.Join("docs", "figures.md"), dir: getenv("FIGURES_DIR"), root: "."}
	if v := getenv("FIGURES_PYTHON"); v != "" {
		s.python = v
	}
	if v := getenv("FIGURES_PAGE"); v != "" {
		s.page = v
	}
	for _, n := range []struct {
		name         string
		to           *int
		value, least int
	}{
		{"FIGURES_DOCS", &s.docs, fullDocs, leastDocs},
		{"FIGURES_ROUNDS", &s.rounds, 5, 1},
		{"FIGURES_SLICE", &s.slice, 200_000, leastDocs},
	} {
		*n.to = n.value
		v := getenv(n.name)
		if v == "" {
			continue
		}
		number, err := strconv.Atoi(v)
		if err != nil || number < n.least {
			return s, fmt.Errorf("%w: %s=%q: want a number of at least %d", errSettings, n.name, v, n.least)
		}
		*n.to = number
	}
	s.parts = allParts()
	if v := getenv("FIGURES_PARTS"); v != "" {
		s.parts = strings.Split(v, ",")
	}
	for _, part := range s.parts {
		if !slices.Contains(allParts(), part) {
			return s, fmt.Errorf("%w: FIGURES_PARTS: %q: want some of %s", errSettings, part, strings.Join(allParts(), ","))
		}
	}
	s.command = commandLine(getenv)
	s.slice = min(s.slice, s.docs)
	if _, err := os.Stat(filepath.Join(s.root, "go.mod")); err != nil {
		return s, fmt.Errorf("%w: run it in the root of the repository: %w", errSettings, err)
	}
	return s, nil
}

// commandLine is what reproduces the figures: the settings that change them.
func commandLine(getenv func(string) string) string {
	var words []string
	for _, name := range []string{"FIGURES_DOCS", "FIGURES_ROUNDS", "FIGURES_SLICE", "FIGURES_PARTS"} {
		if v := getenv(name); v != "" {
			words = append(words, name+"="+v)
		}
	}
	return strings.Join(append(words, "make figures"), " ")
}

// discard makes room early. What it cannot remove goes with the scratch folder.
func discard(dir string) { _ = os.RemoveAll(dir) }

// scratch makes the folder for what is generated. The function returned
// removes it; a folder that was there before only loses what was put in.
func (s settings) scratch() (dir string, remove func() error, err error) {
	if s.dir != "" {
		if err := os.MkdirAll(s.dir, 0o700); err != nil {
			return "", nil, fmt.Errorf("make the scratch folder: %w", err)
		}
	}
	dir, err = os.MkdirTemp(s.dir, "obzvon-figures-")
	if err != nil {
		return "", nil, fmt.Errorf("make the scratch folder: %w", err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", nil, fmt.Errorf("make the scratch folder: %w", err)
	}
	return dir, func() error { return os.RemoveAll(dir) }, nil
}
