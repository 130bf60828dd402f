package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// tree writes files below a new folder and returns it.
func tree(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, in Input) string {
	t.Helper()
	f, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil || int64(len(b)) != f.Size() {
		t.Fatalf("%s: %d bytes of %d, %v", in.Name, len(b), f.Size(), err)
	}
	head := make([]byte, 1)
	if _, err := f.ReadAt(head, 0); err != nil || head[0] != b[0] {
		t.Errorf("%s: reading at 0 gives %q, %v", in.Name, head, err)
	}
	return string(b)
}

func names(inputs []Input) string {
	var out []string
	for _, in := range inputs {
		out = append(out, in.Name)
	}
	return strings.Join(out, " ")
}

func TestExpand(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.zip": "b", "a.xml": "a", "c.csv": "c", ".hidden": "h", "~$c.xlsx": "lock", "sub/d.xml": "d", "x[1].csv": "x", "only/.dot": "h",
	})
	if err := os.Symlink(filepath.Join(dir, "sub", "d.xml"), filepath.Join(dir, "link.xml")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, want string }{
		{"file", "b.zip", "b.zip"},
		{"folder, by name, without what is hidden or deeper", "", "a.xml b.zip c.csv link.xml x[1].csv"},
		{"glob", "*.xml", "a.xml link.xml"},
		{"glob over folders", "*/d.xml", "d.xml"},
		{"a name that looks like a glob", "x[1].csv", "x[1].csv"},
		{"hidden file named by itself", ".hidden", ".hidden"},
	} {
		got, err := Expander{}.Expand([]string{filepath.Join(dir, c.path)})
		if err != nil || names(got) != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.name, names(got), c.want, err)
		}
	}
	got, err := Expander{}.Expand([]string{filepath.Join(dir, "c.csv"), filepath.Join(dir, "*.xml")})
	if err != nil || names(got) != "c.csv a.xml link.xml" {
		t.Fatalf("several paths: %q, %v", names(got), err)
	}
	for i, want := range []string{"c", "a", "d"} {
		if text := read(t, got[i]) + read(t, got[i]); text != want+want {
			t.Errorf("%s opened twice gives %q", got[i].Name, text)
		}
	}
}

func TestExpandRefuses(t *testing.T) {
	dir := tree(t, map[string]string{"only/.dot": "h", "sub/x.xml": "x"})
	for name, path := range map[string]string{
		"missing file":             filepath.Join(dir, "no.zip"),
		"glob of nothing":          filepath.Join(dir, "*.zip"),
		"folder of hidden files":   filepath.Join(dir, "only"),
		"folder of folders":        dir,
		"glob of a folder":         filepath.Join(dir, "su*"),
		"device":                   os.DevNull,
		"sample data without any":  EmbedPrefix + "a.zip",
		"an empty path is no file": "",
	} {
		got, err := Expander{}.Expand([]string{path})
		if !errors.Is(err, ErrNoMatch) || len(got) > 0 {
			t.Errorf("%s: %q, %v", name, names(got), err)
		}
		if err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v does not name the path", name, err)
		}
	}
	if _, err := (Expander{}).Expand([]string{filepath.Join(dir, "[")}); !errors.Is(err, filepath.ErrBadPattern) {
		t.Errorf("a broken glob: %v", err)
	}
}

func TestLinkToNowhereIsReported(t *testing.T) {
	dir := tree(t, map[string]string{"a.xml": "a"})
	if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "b.xml")); err != nil {
		t.Fatal(err)
	}
	got, err := Expander{}.Expand([]string{dir})
	if err != nil || names(got) != "a.xml b.xml" {
		t.Fatalf("%q, %v", names(got), err)
	}
	if _, err := got[1].Open(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opening it: %v", err)
	}
}

func TestEmbedded(t *testing.T) {
	e := Expander{Embedded: fstest.MapFS{"rsmp/a.zip": {Data: []byte("zip")}}}
	got, err := e.Expand([]string{"embed:rsmp/a.zip"})
	if err != nil || names(got) != "a.zip" || got[0].Path != "embed:rsmp/a.zip" || read(t, got[0]) != "zip" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := e.Expand([]string{"embed:../secret"}); !errors.Is(err, ErrNoMatch) {
		t.Errorf("a path out: %v", err)
	}
}

func TestFingerprint(t *testing.T) {
	base := []Input{FromBytes("a", []byte("1")), FromBytes("b", []byte("2"))}
	print := func(inputs []Input) string {
		t.Helper()
		p, err := Fingerprint(t.Context(), inputs)
		if err != nil || p == "" {
			t.Fatalf("%q, %v", p, err)
		}
		return p
	}
	want := print(base)
	if again := print(base); again != want {
		t.Errorf("the same input: %q and %q", want, again)
	}
	dir := tree(t, map[string]string{"a": "1"})
	onDisk, err := Expander{}.Expand([]string{filepath.Join(dir, "a")})
	if err != nil {
		t.Fatal(err)
	}
	if got := print([]Input{onDisk[0], base[1]}); got != want {
		t.Error("where a file lies must not matter")
	}
	for name, other := range map[string][]Input{
		"content": {FromBytes("a", []byte("x")), base[1]},
		"name":    {FromBytes("x", []byte("1")), base[1]},
		"order":   {base[1], base[0]},
		"fewer":   base[:1],
		"more":    append([]Input{FromBytes("c", nil)}, base...),
		"shifted": {FromBytes("a", []byte("1b 1\n2"))},
	} {
		if print(other) == want {
			t.Errorf("%s differs, the fingerprint does not", name)
		}
	}
}

// A file that is gone counts as such and does not cost the others.
func TestFingerprintOfUnreadable(t *testing.T) {
	print := func(dir, content string, gone bool) string {
		t.Helper()
		inputs, err := Expander{}.Expand([]string{filepath.Join(dir, "a")})
		if err != nil {
			t.Fatal(err)
		}
		if gone {
			if err := os.Remove(filepath.Join(dir, "a")); err != nil {
				t.Fatal(err)
			}
		}
		p, err := Fingerprint(t.Context(), append(inputs, FromBytes("b", []byte(content))))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	here, there := tree(t, map[string]string{"a": "1"}), tree(t, map[string]string{"a": "1"})
	whole := print(here, "2", false)
	gone := print(here, "2", true)
	if gone == whole {
		t.Error("a file that is gone changes nothing")
	}
	if print(there, "2", true) != gone {
		t.Error("where a file was must not matter")
	}
	if print(tree(t, map[string]string{"a": "1"}), "3", true) == gone {
		t.Error("the readable file beside it does not count")
	}
}

func TestFingerprintEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p, err := Fingerprint(ctx, []Input{FromBytes("a", []byte("1"))})
	if !errors.Is(err, context.Canceled) || p != "" {
		t.Errorf("%q, %v", p, err)
	}
}

func TestEmptyFolderIsToldAsSuch(t *testing.T) {
	_, err := Expander{}.Expand([]string{t.TempDir()})
	if !errors.Is(err, ErrNoMatch) || !strings.Contains(err.Error(), "the folder has no files") || strings.Contains(err.Error(), "no such") {
		t.Errorf("%v", err)
	}
}
