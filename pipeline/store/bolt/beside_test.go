package bolt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"obzvon/pipeline/store/bolt"
)

const diary = "diary.txt"

func put(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, diary), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// withDiary is a backup of a store with a diary beside it; "" = it has none.
func withDiary(t *testing.T, text string) []byte {
	t.Helper()
	dir := t.TempDir()
	s := open(t, bolt.Options{Dir: dir})
	work(t, s)
	if text != "" {
		put(t, dir, text)
	}
	var out bytes.Buffer
	if err := bolt.Backup(t.Context(), s, &out, true, diary); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBesideComesBack(t *testing.T) {
	long := string(bytes.Repeat([]byte("0123456789\n"), 20_000))
	for _, c := range []struct {
		name, backedUp, there, want string
		force, kept                 bool
		err                         error
	}{
		{name: "into an empty folder", backedUp: long, want: long},
		{name: "one that goes on stays", backedUp: long, there: long + "more\n", want: long + "more\n", kept: true},
		{name: "the same", backedUp: "a\n", there: "a\n", want: "a\n"},
		{name: "a shorter one", backedUp: "a\nb\n", there: "a\n", want: "a\n", err: bolt.ErrExists},
		{name: "another one", backedUp: long + "a\n", there: long + "b\nb\n", want: long + "b\nb\n", err: bolt.ErrExists},
		{name: "a shorter one, forced", backedUp: "a\nb\n", there: "a\n", want: "a\nb\n", force: true},
		{name: "another one, forced", backedUp: "a\n", there: "b\nb\n", want: "a\n", force: true},
		{name: "one that goes on, forced", backedUp: "a\n", there: "a\nb\n", want: "a\nb\n", force: true, kept: true},
		{name: "a backup without", there: "b\n", want: "b\n"},
		{name: "a backup without, forced", there: "b\n", want: "b\n", force: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, dir := withDiary(t, c.backedUp), t.TempDir()
			if c.there != "" {
				put(t, dir, c.there)
			}
			kept, err := bolt.Restore(t.Context(), dir, bytes.NewReader(data), int64(len(data)), c.force, diary)
			if !errors.Is(err, c.err) || slices.Contains(kept, diary) != c.kept {
				t.Errorf("kept %q, error %v", kept, err)
			}
			got, err := os.ReadFile(filepath.Join(dir, diary))
			if err != nil || string(got) != c.want {
				t.Errorf("%d bytes, want %d, %v", len(got), len(c.want), err)
			}
			if _, err := os.Stat(filepath.Join(dir, "state.db")); (err == nil) == (c.err != nil) {
				t.Errorf("state: %v", err)
			}
			left, err := filepath.Glob(filepath.Join(dir, bolt.Unfinished+"*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %q, %v", left, err)
			}
		})
	}
}

// A file beside the stores is let through by its name alone, and is held against
// its hash.
func TestBesideIsChecked(t *testing.T) {
	good := withDiary(t, "a\nb\n")
	changed := rewrite(t, good, diary, func(b []byte) []byte { return bytes.ToUpper(b) })
	lost := rewrite(t, good, diary, nil)
	for _, c := range []struct {
		name string
		data []byte
		as   []string
	}{
		{"not asked for", good, nil},
		{"asked for by another name", good, []string{"other.txt"}},
		{"changed", changed, []string{diary}},
		{"lost", lost, []string{diary}},
	} {
		dir := filepath.Join(t.TempDir(), "store")
		_, err := bolt.Restore(t.Context(), dir, bytes.NewReader(c.data), int64(len(c.data)), false, c.as...)
		if !errors.Is(err, bolt.ErrBackup) {
			t.Errorf("%s: error %v, want ErrBackup", c.name, err)
		}
		left, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s: left behind: %q, %v", c.name, left, err)
		}
	}
}
