package fns

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// TestWhatCannotBeOpened costs only itself, and says why.
func TestWhatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "gone.zip")); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"empty.zip": nil,
		"page.zip":  []byte("<!DOCTYPE html><html><body>403</body></html>"),
		"text.zip":  []byte("нет файла"),
		"bare.zip":  zipped(t, "structure-20200408.xsd", "x", "folder/readme.txt", "y"),
		"good.zip":  zipped(t, "1.xml", headcounts(2), "2.zip", "PK", "__MACOSX/._1.xml", "x", "3.xml", ""),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inputs, err := files.Expander{}.Expand([]string{dir})
	if err != nil || len(inputs) != 6 {
		t.Fatalf("%d inputs, %v", len(inputs), err)
	}
	p := pullFrom(t, Options{Set: "sshr2019", Workers: 2}, inputs...)
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 2}) {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	why := map[string]string{}
	for _, g := range p.gaps {
		why[g.Unit] = g.Detail
	}
	for unit, words := range map[string]string{
		"gone.zip": "no such file", "empty.zip": pipeline.ErrEmpty.Error(), "page.zip": pipeline.ErrUnknownForm.Error(),
		"text.zip": pipeline.ErrUnknownForm.Error(), "bare.zip": pipeline.ErrEmpty.Error(),
		"good.zip/2.zip": "no .xml", "good.zip/3.xml": "no element Файл",
	} {
		if !strings.Contains(why[unit], words) {
			t.Errorf("%s: %q, want %q", unit, why[unit], words)
		}
	}
	if len(p.gaps) != 7 {
		t.Errorf("gaps %v", p.gaps)
	}
}

// TestTape: whatever the pieces in which bytes come, what is kept of a
// document is its beginning.
func TestTape(t *testing.T) {
	text := noise(200_000)
	for name, r := range map[string]io.Reader{
		"at once":       strings.NewReader(text),
		"byte by byte":  iotest.OneByteReader(strings.NewReader(text)),
		"by halves":     iotest.HalfReader(strings.NewReader(text)),
		"error with it": iotest.DataErrReader(strings.NewReader(text)),
	} {
		tp := newTape(r)
		at := 0
		for _, n := range []int{10, 0, 70_000, 1_999, 2_000, 2_001, 33_000, 1, 90_989} {
			tp.reset()
			got, err := io.ReadAll(io.LimitReader(tp, int64(n)))
			if err != nil || string(got) != text[at:at+n] {
				t.Fatalf("%s: %d bytes at %d: %v", name, n, at, err)
			}
			if want := text[at : at+min(n, pipeline.RawLimit)]; string(tp.raw()) != want {
				t.Errorf("%s: kept %d bytes of %d at %d, not the first ones", name, len(tp.raw()), n, at)
			}
			at += n
		}
		if _, err := tp.ReadByte(); !errors.Is(err, io.EOF) || at != len(text) || tp.err != nil {
			t.Errorf("%s: at the end: %v, %v", name, err, tp.err)
		}
	}
	if _, err := newTape(iotest.ErrReader(pipeline.ErrDamaged)).ReadByte(); !errors.Is(err, pipeline.ErrDamaged) {
		t.Errorf("a broken reader: %v", err)
	}
	if _, err := newTape(idle{}).ReadByte(); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("an idle reader: %v", err)
	}
	if _, err := io.Copy(io.Discard, newTape(bytes.NewReader(make([]byte, 2*elementMax)))); !errors.Is(err, pipeline.ErrTooLarge) {
		t.Errorf("an endless document: %v", err)
	}
}

// idle gives nothing and no reason.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
