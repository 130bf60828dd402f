package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/cmd/obzvon/sample"
)

// hostile is a zip from a stranger: small on the disk, and much is asked of
// whoever believes it.
type hostile struct {
	name  string
	make  func(t *testing.T, path string)
	words string
}

const hostileMember = "VO_RRMSPSV_0000_9965_20261110_00000000-0000-0000-0000-%012d.xml"

func hostiles() []hostile {
	return []hostile{
		{"bomb", zipBomb, "packed more than 200 times"},
		{"larger than it says", lyingBomb, "longer than declared"},
		{"path outside", pathOutside, "leads outside the archive"},
		{"zip in a zip", nestedZip, "a member that is no .xml is not opened"},
		{"member of 50 GB", hugeMember, "53687091200 bytes inflated"},
		{"ten million members", manyMembers, "10000000 members declared"},
		{"shared bytes", sharedBytes, "members share bytes"},
	}
}

// Zips that were made to do harm are refused with words, cost no memory and no
// other source, neither alone nor beside a sound zip.
func TestHostileZips(t *testing.T) {
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			dir := t.TempDir()
			in := filepath.Join(dir, "in")
			if err := os.Mkdir(in, 0o700); err != nil {
				t.Fatal(err)
			}
			h.make(t, filepath.Join(in, "a.zip"))
			write(t, filepath.Join(dir, "tab.csv"), []byte("ИНН,Название,Телефон,Город\n7707083893,ООО Пример,8 (907) 000-00-01,Москва\n"))
			write(t, filepath.Join(dir, "obzvon.yaml"), []byte(`schema_version: 1
exports: {xlsx: {enabled: false}}
sources:
  rsmp: {adapter: rsmp, trust: 80, paths: ["in"]}
  tab: {adapter: table, trust: 50, paths: ["tab.csv"], terms_accepted: "2026-11-20"}
`))
			out, peak := watched(t, dir)
			refused(t, out, "failed", h.words)
			data, err := fs.ReadFile(sample.FS(), "rsmp.zip")
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(in, "b.zip"), data)
			out, more := watched(t, dir) // which reads all of it again
			refused(t, out, "incomplete", h.words)
			if !strings.Contains(out, " 442 ") { // the rows of the sound zip
				t.Errorf("what lay beside it was not read: %s", out)
			}
			if peak = max(peak, more); peak > flatMemory {
				t.Errorf("%d MiB of memory at the peak", peak>>20)
			}
			t.Logf("%d MiB at the peak", peak>>20)
		})
	}
}

// refused holds a run to its words: which source fell short and why, and that
// the other one was read.
func refused(t *testing.T, out, state, words string) {
	t.Helper()
	var line string
	for l := range strings.Lines(out) {
		if strings.HasPrefix(l, "! source rsmp: "+state+": ") {
			line = l
		}
	}
	if !strings.Contains(line, words) || !strings.Contains(line, "a.zip") {
		t.Errorf("want rsmp %s, %q; the operator reads %s", state, words, out)
	}
	if !strings.Contains(out, "\ntab ") || strings.Contains(out, "! source tab") {
		t.Errorf("the other source suffered: %s", out)
	}
}

// watched runs a night in a process of its own and returns what it said and
// the most memory that it had of its own, in bytes; 0 where the system does not tell.
func watched(t *testing.T, dir string) (out string, peak int64) {
	t.Helper()
	cmd := child(t, dir, "--config", "obzvon.yaml")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != exitShort {
				t.Errorf("%v, want exit %d: %s", err, exitShort, said.String())
			}
			return said.String(), peak
		default:
			peak = max(peak, ownMemory(cmd.Process.Pid))
		}
	}
}

// ownMemory is the memory of a process that is no file's; 0 = not told.
func ownMemory(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "RssAnon:")
	var kib int64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		return 0
	}
	return kib << 10
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
