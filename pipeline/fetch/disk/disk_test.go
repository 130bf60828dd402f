package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

var errKilled = errors.New("killed")

// killed returns a disk that stops before the n-th change, and how many
// changes were begun.
func killed(n int) (Disk, *int) {
	count := 0
	return Disk{Before: func(string) error {
		if count++; count > n {
			return errKilled
		}
		return nil
	}}, &count
}

func TestWriteFileIsWholeOrNothing(t *testing.T) {
	for n := range 3 {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.json")
		if err := (Disk{}).WriteFile(path, []byte("old")); err != nil {
			t.Fatal(err)
		}
		d, _ := killed(n)
		err := d.WriteFile(path, []byte("new"))
		want := "old"
		if n >= 2 {
			want = "new"
		}
		if got, _ := os.ReadFile(path); string(got) != want || (err == nil) != (want == "new") {
			t.Errorf("killed before change %d: %q, %v", n+1, got, err)
		}
	}
}

func TestChanges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	var d Disk
	if err := errors.Join(d.MakeDir(dir), d.MakeDir(dir)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "x")
	f, err := d.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte("hello"), 2); err != nil {
		t.Fatal(err)
	}
	if size, err := f.Size(); size != 7 || err != nil {
		t.Errorf("size %d, %v", size, err)
	}
	if err := f.Truncate(3); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(dir, "y")
	if err := d.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(moved); string(got) != "\x00\x00h" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if err := errors.Join(d.Remove(moved), d.Remove(moved)); err != nil {
		t.Error(err)
	}
	dead, _ := killed(0)
	if _, err := dead.Open(path); !errors.Is(err, errKilled) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a dead disk made a file")
	}
}

func TestFree(t *testing.T) {
	free, known, err := (Disk{}).Free(t.TempDir())
	if err != nil || known && free <= 0 {
		t.Errorf("%d, %t, %v", free, known, err)
	}
	if _, known, err := (Disk{}).Free(filepath.Join(t.TempDir(), "none")); known && err == nil {
		t.Error("a folder that is not there has space")
	}
	d := Disk{Space: func(string) (int64, bool, error) { return 7, true, nil }}
	if free, _, _ := d.Free("x"); free != 7 {
		t.Errorf("%d", free)
	}
}
