package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestComplaintsHaveTheirPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.yaml")
	text := "schema_version: 1\nenrich:\n  website:\n    budget: 5\n    pages: 99\n    time: 2h\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, _, err := Load(Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	s := cfg.Enrich["website"]
	errOptions := errors.New("wrong options")
	for said, want := range map[string]string{
		"pages 99: want 1 to 50":                ":5: enrich.website.pages: 99: want 1 to 50",
		"time 2h0m0s: want 1s to 1h":            `:6: enrich.website.time: "2h": want 1s to 1h`,
		"depth 9: want 0 to 5":                  ":4: enrich.website.depth: 9: want 0 to 5", // not in the file: that of the section
		"wrong options: pages: 99, want 1 to 3": ":5: enrich.website.pages: 99: want 1 to 3",
		"the moon is full":                      ":4: enrich.website: the moon is full",
	} {
		got := s.Complaint(errors.New(said))
		if got.Error() != path+want || !errors.Is(got, ErrConfig) {
			t.Errorf("%q: %v, want %s%s", said, got, path, want)
		}
	}
	wrapped := s.Complaint(fmt.Errorf("%w: pages: 99, want 1", errOptions))
	if !errors.Is(wrapped, errOptions) {
		t.Errorf("%v has lost its cause", wrapped)
	}
	if again := s.Complaint(wrapped); again.Error() != wrapped.Error() || s.Complaint(nil) != nil {
		t.Errorf("%v has its place already", again)
	}
	if got := s.Wrong("budget", "0", WantedBudget).Error(); got != path+":4: enrich.website.budget: 0: "+WantedBudget {
		t.Error(got)
	}
}

// TestBudgetIsRefusedInOneVoice: below the least, by this package or by an
// adapter that needs one.
func TestBudgetIsRefusedInOneVoice(t *testing.T) {
	_, err := ParseSection("website", "budget: -1\n")
	if err == nil || !strings.HasSuffix(err.Error(), ": budget: -1: "+WantedBudget) {
		t.Error(err)
	}
	s, err := ParseSection("website", "budget: 0\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Wrong("budget", "0", WantedBudget).Error(); !strings.HasSuffix(got, ":1: budget: 0: "+WantedBudget) {
		t.Error(got)
	}
}
