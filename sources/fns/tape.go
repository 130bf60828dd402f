package fns

import (
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// tape feeds the XML decoder byte by byte, so that it never reads ahead, and
// keeps the first bytes of the document being read for the quarantine. It
// refuses a document too large to be one.
type tape struct {
	r       io.Reader
	buf     []byte
	at, end int
	from    int    // where in buf the bytes since reset begin
	earlier int    // bytes since reset that have left buf
	kept    []byte // the first of them
	err     error  // what ended the reading, but for io.EOF
}

func newTape(r io.Reader) *tape { return &tape{r: r, buf: make([]byte, 32<<10)} }

func (t *tape) reset() { t.from, t.earlier, t.kept = t.at, 0, t.kept[:0] }

// raw is what was read since reset, cut at pipeline.RawLimit.
func (t *tape) raw() []byte {
	t.keep()
	return t.kept
}

func (t *tape) keep() {
	room := pipeline.RawLimit - len(t.kept)
	t.kept = append(t.kept, t.buf[t.from:min(t.at, t.from+room)]...)
	t.earlier += t.at - t.from
	t.from = t.at
}

// ReadByte implements io.ByteReader, which makes encoding/xml use no buffer
// of its own.
func (t *tape) ReadByte() (byte, error) {
	if t.at == t.end {
		if err := t.fill(); err != nil {
			return 0, err
		}
	}
	t.at++
	return t.buf[t.at-1], nil
}

func (t *tape) fill() error {
	if t.err != nil {
		return t.err
	}
	t.keep()
	if t.earlier > elementMax {
		t.err = fmt.Errorf("%w: more than %d bytes in one document", pipeline.ErrTooLarge, elementMax)
		return t.err
	}
	for range 100 {
		n, err := t.r.Read(t.buf)
		t.from, t.at, t.end = 0, 0, n
		switch {
		case n > 0:
			return nil // the error comes again
		case errors.Is(err, io.EOF):
			return io.EOF
		case err != nil:
			t.err = err
			return err
		}
	}
	t.err = io.ErrNoProgress
	return t.err
}

// Read implements io.Reader for xml.NewDecoder, which prefers ReadByte.
func (t *tape) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	c, err := t.ReadByte()
	if err != nil {
		return 0, err
	}
	b[0] = c
	return 1, nil
}
