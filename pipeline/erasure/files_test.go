package erasure

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, members ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err == nil {
			_, err = io.WriteString(w, members[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	far := strings.Repeat("x 12 ", chunk/5) // the number lies across two pieces
	var wide []byte
	for _, c := range utf16.Encode([]rune("тел.;89070000001")) {
		wide = append(wide, byte(c), byte(c>>8))
	}
	whole := zipped(t, "a.xml", "тел. 8 907 000-00-01")
	for name, data := range map[string][]byte{
		"registry.db":                  []byte("+79070000001"),
		KeyName:                        []byte("+79070000001"),
		"lists/a.xlsx":                 whole,
		"lists/b.xlsx":                 zipped(t, "a.xml", "+79070000002"),
		"lists/firm.xlsx":              zipped(t, "a.xml", "<v>"+string(firmINN)+"</v>"),
		"lists/.xlsx-partial-9/a.xlsx": []byte("x"),
		"inbox/gis/a.csv":              []byte("a;+79070000001\nb;" + string(firmINN) + "0;ivan@firm.example\n"),
		"inbox/gis/89070000001.csv":    []byte("x"),
		"inbox/rsmp/far.zip":           zipped(t, "b.xml", "x", "c.xml", far[:len(far)-5]+"9070000001"+far),
		"inbox/rsmp/firm.zip":          zipped(t, "a.xml", string(firmINN)),
		"inbox/rsmp/firm.zip.part":     whole[:len(whole)-9],
		"inbox/rsmp/far.zip.part":      []byte("PK\x03\x04"),
		"backups/one.zip":              zipped(t, "state.db", "+79070000001"),
		"old.json.tmp":                 []byte("x"),
		"wide.csv":                     append([]byte{0xff, 0xfe}, wide...),
		"clean.txt":                    []byte("907 000 00 02"),
		"raw.bin":                      append(bytes.Repeat([]byte{1, 200}, 40), "ivan@firm.example"...),
		"sample/registry.db":           []byte("+79070000001"),
	} {
		write(t, dir, name, data)
	}
	forgotten := of(t, "+79070000001", "ivan@firm.example", string(firmINN))
	f := Files{Dir: dir, Forgotten: forgotten, Now: forgotten, Releases: "inbox", Apart: []string{"registry.db", "sample"}}
	found, err := f.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range found {
		name, err := filepath.Rel(dir, file.Path)
		if err != nil {
			t.Fatal(err)
		}
		words := []string{filepath.ToSlash(name)}
		for _, word := range []struct {
			is   bool
			mark string
		}{{file.Left, " left"}, {file.Release, " release"}, {file.Backup, " backup"}, {file.Rewrite, " rewrite"}, {file.Unopened, " unopened"}} {
			if word.is {
				words = append(words, word.mark)
			}
		}
		got = append(got, strings.Join(words, ""))
		if err := f.Erase(file); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"backups/one.zip backup", "inbox/gis/89070000001.csv release", "inbox/gis/a.csv release rewrite", "inbox/rsmp/far.zip release",
		"inbox/rsmp/far.zip.part release unopened", "inbox/rsmp/firm.zip.part release unopened", "lists/.xlsx-partial-9 left", "lists/a.xlsx", "lists/firm.xlsx",
		"old.json.tmp left", "raw.bin", "wide.csv",
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	text, err := os.ReadFile(filepath.Join(dir, "inbox/gis/a.csv"))
	if err != nil || string(text) != "a;\nb;"+string(firmINN)+"0;\n" {
		t.Errorf("%q, %v", text, err)
	}
	left, err := f.Find(t.Context())
	if err != nil || len(left) != 1 || !left[0].Backup {
		t.Errorf("left: %+v, %v", left, err)
	}
}
