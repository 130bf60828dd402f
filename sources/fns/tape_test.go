package fns

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"obzvon/pipeline"
)

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
