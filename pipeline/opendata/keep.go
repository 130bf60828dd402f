package opendata

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
)

// clean writes down what is known and removes what is not kept. It runs when
// the newest release stands.
func (s *Set) clean(st state) error {
	here, err := s.releases(st)
	if err != nil {
		return err
	}
	kept := s.kept(here, st.Newest.Name)
	known := st.Dates
	st.Dates = map[string]company.Date{}
	for name, date := range known {
		if slices.Contains(kept, name) {
			st.Dates[name] = date
		}
	}
	if secretive(st.Newest.URL) || secretive(s.options.From) {
		st.Page, st.Newest = fetch.Validators{}, Release{} // ask anew each time
	}
	if err := s.saveState(st); err != nil {
		return err
	}
	return s.sweep(here, kept)
}

// kept names the releases that stay: the newest few, the one just fetched
// among them, and those that somebody else has put here.
func (s *Set) kept(here []release, newest string) []string {
	var names []string
	left := s.options.keep()
	if slices.ContainsFunc(here, func(r release) bool { return r.name == newest }) {
		names = append(names, newest)
		left--
	}
	for _, r := range slices.Backward(here) {
		switch {
		case r.name == newest:
		case !r.fetched:
			names = append(names, r.name)
		case left > 0:
			names = append(names, r.name)
			left--
		}
	}
	return names
}

// sweep removes fetched releases that are not kept, then what has nothing to
// stand beside.
func (s *Set) sweep(here []release, kept []string) error {
	for _, r := range here {
		if slices.Contains(kept, r.name) {
			continue
		}
		if err := s.disk.Remove(filepath.Join(s.dir, r.name)); err != nil {
			return fmt.Errorf("remove an old release: %w", err)
		}
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("list the folder: %w", withoutPath(err))
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !leftover(e.Name(), kept) {
			continue
		}
		if err := s.disk.Remove(filepath.Join(s.dir, e.Name())); err != nil {
			return fmt.Errorf("remove what a download left: %w", err)
		}
	}
	return nil
}

// leftover tells what a download has left of a release that is not kept.
func leftover(name string, kept []string) bool {
	if strings.HasSuffix(name, disk.Temporary) {
		return true
	}
	for _, suffix := range fetch.Leftovers() {
		if of, ok := strings.CutSuffix(name, suffix); ok && isZip(of) {
			return !slices.Contains(kept, of)
		}
	}
	return false
}

func isZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }
