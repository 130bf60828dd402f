package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// handIn copies the day's workbook into a folder of the inbox, with an answer beside
// it with what is known of a person.
func (w *world) handIn(folder string, f *firm) string {
	w.t.Helper()
	dir := filepath.Join(w.data, "inbox", "results", folder)
	w.must(os.MkdirAll(dir, 0o700))
	book, err := os.ReadFile(filepath.Join(w.data, "lists", "call-list-2026-11-23-anna.xlsx"))
	w.must(err)
	path := filepath.Join(dir, "anna.xlsx")
	w.must(os.WriteFile(path, book, 0o600))
	w.must(os.WriteFile(path+".txt", []byte("строка 2: "+f.mobile+", "+f.own+"\n"), 0o600))
	return path
}

// What people handed in is forgotten like everything else, wherever the inbox keeps
// it by now.
func TestForgetCleansTheInbox(t *testing.T) {
	for _, folder := range []string{"done/2026-11-24", "refused/2026-11-24", ""} {
		for _, kind := range []string{"phone", "sole", "firm"} {
			w := newWorld(t, 11)
			f, _ := w.pick(kind)
			subject, gone := f.subject(kind)
			w.handIn(folder, f)
			if e := w.obzvon("forget", subject, "--force"); e.code != exitDone {
				t.Fatalf("exit %d: %s%s", e.code, e.out, e.err)
			}
			if found := w.traces(gone); len(found) > 0 {
				t.Errorf("inbox/results/%s, %s:\n%s", folder, kind, strings.Join(found, "\n"))
			}
		}
	}
}

// A filled list that was dropped and not taken yet is in no other place.
func TestForgetSparesWhatWasNotTakenYet(t *testing.T) {
	w := newWorld(t, 4)
	f := &w.firms[0]
	w.fillIn(w.handIn("", f))
	e := w.obzvon("forget", "tel:"+f.mobile)
	if e.code != exitFailed || !strings.Contains(e.err, "is filled in and not imported") {
		t.Errorf("exit %d: %s%s", e.code, e.out, e.err)
	}
}
