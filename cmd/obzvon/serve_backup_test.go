package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The newest backups stay, by their names; what is not ours is never touched.
func TestThinOut(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	others := []string{"before-update.zip", "obzvon-2026-11-22.zip", "obzvon-20261101-013000.zip.bak", "OBZVON-20261101-013000.zip", "xobzvon-20261101-013000.zip", "notes.txt", ".obzvon-20261101-013000.zip.tmp"}
	halves := []string{".obzvon-20261101-013000.zip.123", ".obzvon-20261122-013000.zip.456"} // of yesterday's kill, and one in the making
	for day := range 20 {
		write(t, filepath.Join(dir, fmt.Sprintf("obzvon-202611%02d-013000.zip", day+1)), []byte("x"))
	}
	for _, name := range append(others, halves...) {
		write(t, filepath.Join(dir, name), []byte("x"))
	}
	if err := os.Chtimes(filepath.Join(dir, halves[0]), now, now.Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "obzvon-20200101-013000.zip"), 0o700); err != nil { // a folder, whatever its name
		t.Fatal(err)
	}
	for _, keep := range []int{14, 14, 3} {
		if err := thinOut(dir, keep, now); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		ours := 0
		for _, e := range entries {
			names = append(names, e.Name())
			if ourBackup.MatchString(e.Name()) && !e.IsDir() {
				ours++
			}
		}
		all := "|" + strings.Join(names, "|") + "|"
		if ours != keep || !strings.Contains(all, "|obzvon-20261120-013000.zip|") {
			t.Errorf("%d backups are left of the %d to keep: %s", ours, keep, all)
		}
		for _, name := range append(others, halves[1], "obzvon-20200101-013000.zip") {
			if !strings.Contains(all, "|"+name+"|") {
				t.Errorf("%s was removed", name)
			}
		}
		if strings.Contains(all, "|"+halves[0]+"|") {
			t.Errorf("%s stays", halves[0])
		}
	}
}
