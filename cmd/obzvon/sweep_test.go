package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAnswersGoWithTheirUse: an answer that is too old to be used again lies no longer
// than until the next night.
func TestAnswersGoWithTheirUse(t *testing.T) {
	w := newBazaar(t)
	put := func(service string, age time.Duration) string {
		path := filepath.Join(w.dir, "data", "answers", service, "0000")
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		head := w.Clock.Now().Add(-age).UTC().Format(time.RFC3339)
		if err := os.WriteFile(path, []byte(head+"\n{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const day = 24 * time.Hour
	used, old := put("saby", 20*day), put("dadata", 60*day) // both are used for 25 days
	apart := put("gone", 60*day)
	if e := w.obzvon("run", "--date", w.day.String()); e.code != exitDone {
		t.Fatalf("exit %d: %s", e.code, e.err)
	}
	for path, want := range map[string]bool{used: true, old: false, apart: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
}
