package bolt_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

func backup(t *testing.T, s *bolt.Store, withRegistry bool) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := bolt.Backup(t.Context(), s, &out, withRegistry); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func restore(t *testing.T, dir string, data []byte, force bool) error {
	t.Helper()
	_, err := bolt.Restore(t.Context(), dir, bytes.NewReader(data), int64(len(data)), force)
	return err
}

func TestBackupAndRestore(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	want := dump(t, s)
	data := backup(t, s, true)

	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := restore(t, dir, data, false); err != nil {
		t.Fatal(err)
	}
	restored := open(t, bolt.Options{Dir: dir})
	if got := dump(t, restored); got != want {
		t.Errorf("restored store differs:\n%s\nwant\n%s", got, want)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains("state.db registry.db holder.json", e.Name()) || info.Mode().Perm() != 0o600 {
			t.Errorf("left in the folder: %s %v", e.Name(), info.Mode())
		}
	}
}

func TestRestoreOfTheStateKeepsTheRegistry(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	want := dump(t, s)
	data := backup(t, s, false)
	if _, err := s.Issue(t.Context(), store.Issue{Day: firstDay + 1, Data: []byte("потом")}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := restore(t, o.Dir, data, false); !errors.Is(err, bolt.ErrExists) {
		t.Fatalf("error %v, want ErrExists", err)
	}
	if err := restore(t, o.Dir, data, true); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

func TestRestoreRefusesAHeldStore(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), Command: "obzvon serve"}
	s := open(t, o)
	work(t, s)
	want := dump(t, s)
	err := restore(t, o.Dir, backup(t, s, true), true)
	if !errors.Is(err, bolt.ErrLocked) || !strings.Contains(err.Error(), "obzvon serve") {
		t.Errorf("error %v, want one that names the holder", err)
	}
	if got := dump(t, s); got != want {
		t.Error("a refused restore changed the store")
	}
}

func TestRestoreOverADamagedStore(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	data := backup(t, s, true)
	o := bolt.Options{Dir: t.TempDir()}
	for _, name := range []string{"state.db", "registry.db"} {
		if err := os.WriteFile(filepath.Join(o.Dir, name), bytes.Repeat([]byte("junk"), 9999), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := restore(t, o.Dir, data, true); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, open(t, o)), dump(t, s); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	good := backup(t, s, true)
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0xff
	change := func(name string, fn func([]byte) []byte) []byte { return rewrite(t, good, name, fn) }
	for name, data := range map[string][]byte{
		"empty":                 {},
		"short":                 []byte("PK"),
		"text":                  bytes.Repeat([]byte("text "), 999),
		"cut":                   good[:len(good)-500],
		"a flipped bit":         flipped,
		"no manifest":           change("manifest.json", nil),
		"no state":              change("state.db", nil),
		"a lost registry":       change("registry.db", nil),
		"manifest of junk":      change("manifest.json", func([]byte) []byte { return []byte("{") }),
		"a large manifest":      change("manifest.json", func(b []byte) []byte { return append(b, bytes.Repeat([]byte(" "), 1<<20)...) }),
		"another state":         change("state.db", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }),
		"a longer state":        change("state.db", func(b []byte) []byte { return append(b, 0) }),
		"a way out":             change("manifest.json", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("state.db"), []byte("../x.db")) }),
		"a foreign member":      change("+../../x", func([]byte) []byte { return []byte("x") }),
		"many members":          many(t, good),
		"a database of junk":    forged(t, bytes.Repeat([]byte("junk"), 4096)),
		"a database of nothing": forged(t, nil),
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			if err := restore(t, dir, data, false); !errors.Is(err, bolt.ErrBackup) {
				t.Errorf("error %v, want ErrBackup", err)
			}
			left, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "*", "*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %q, %v", left, err)
			}
		})
	}
	newer := change("manifest.json", func(b []byte) []byte { return bytes.Replace(b, []byte(`"format": 3`), []byte(`"format": 9`), 1) })
	if err := restore(t, t.TempDir(), newer, false); !errors.Is(err, bolt.ErrFormat) {
		t.Errorf("a newer backup: error %v, want ErrFormat", err)
	}
}

// Above 4 GB the number of members stands in a second end record.
func TestRestoreLargeArchive(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	for members, want := range map[uint64]error{3: nil, 4: bolt.ErrBackup} {
		err := restore(t, t.TempDir(), zip64(backup(t, s, true), members), false)
		if !errors.Is(err, want) {
			t.Errorf("%d members: error %v, want %v", members, err, want)
		}
	}
}

func TestBackupStops(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := bolt.Backup(ctx, s, writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }), true)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	full := errors.New("disk is full")
	err = bolt.Backup(t.Context(), s, writerFunc(func([]byte) (int, error) { return 0, full }), true)
	if !errors.Is(err, full) {
		t.Errorf("error %v, want that of the writer", err)
	}
}

func TestBackupWhileWriting(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	want := dump(t, s)
	var out bytes.Buffer
	first := true
	err := bolt.Backup(t.Context(), s, writerFunc(func(p []byte) (int, error) {
		if first {
			first = false
			o := company.Observation{Source: "late", Key: "k", INN: storetest.INN(1)}
			c := store.Commit{Source: "late", Day: firstDay}
			c.Batch.Observations = []company.Observation{o}
			if _, err := s.Commit(t.Context(), c); err != nil {
				t.Error(err)
			}
		}
		return out.Write(p)
	}), true)
	if err != nil {
		t.Fatal(err)
	}
	o := bolt.Options{Dir: filepath.Join(t.TempDir(), "x")}
	if err := restore(t, o.Dir, out.Bytes(), false); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("backup is not of its moment:\n%s\nwant\n%s", got, want)
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// rewrite copies an archive with one member changed, left out (nil), or, with
// "+" before its name, added.
func rewrite(t *testing.T, data []byte, name string, fn func([]byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		content := readMember(t, f)
		if f.Name == name {
			if fn == nil {
				continue
			}
			content = fn(content)
		}
		writeMember(t, w, f.Name, content)
	}
	if added, ok := strings.CutPrefix(name, "+"); ok {
		writeMember(t, w, added, fn(nil))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readMember(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeMember(t *testing.T, w *zip.Writer, name string, content []byte) {
	t.Helper()
	m, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Write(content); err != nil {
		t.Fatal(err)
	}
}

func many(t *testing.T, data []byte) []byte {
	t.Helper()
	for _, name := range []string{"+a", "+b", "+c"} {
		data = rewrite(t, data, name, func([]byte) []byte { return nil })
	}
	return data
}

// zip64 gives an archive the end records of a large one.
func zip64(data []byte, members uint64) []byte {
	end := data[len(data)-22:]
	size, offset := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	out := bytes.Clone(data[:len(data)-22])
	at := uint64(len(out))
	le := binary.LittleEndian
	out = append(out, "PK\x06\x06"...)
	out = le.AppendUint64(out, 44)
	out = le.AppendUint16(le.AppendUint16(out, 45), 45)
	out = le.AppendUint32(le.AppendUint32(out, 0), 0)
	out = le.AppendUint64(le.AppendUint64(out, members), members)
	out = le.AppendUint64(le.AppendUint64(out, uint64(size)), uint64(offset))
	out = append(out, "PK\x06\x07\x00\x00\x00\x00"...)
	out = le.AppendUint32(le.AppendUint64(out, at), 1)
	out = append(out, end[:8]...)
	out = le.AppendUint16(le.AppendUint16(out, 0xffff), 0xffff)
	out = le.AppendUint32(le.AppendUint32(out, 0xffffffff), 0xffffffff)
	return append(out, 0, 0)
}
