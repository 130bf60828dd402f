package rsmp

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// tape feeds the XML decoder byte by byte, so that it never reads ahead, and
// keeps the first bytes of the document being read for the quarantine. It
// refuses a document too large to be one.
type tape struct {
	r    *bufio.Reader
	kept []byte // at most RawLimit bytes since reset
	n    int    // bytes since reset
	err  error  // what ended the reading, but for io.EOF
}

func newTape(r io.Reader) *tape { return &tape{r: bufio.NewReaderSize(r, 64<<10)} }

func (t *tape) reset() { t.kept, t.n = t.kept[:0], 0 }

// ReadByte implements io.ByteReader, which makes encoding/xml use no buffer
// of its own.
func (t *tape) ReadByte() (byte, error) {
	if t.err != nil {
		return 0, t.err
	}
	b, err := t.r.ReadByte()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			t.err = err
		}
		return 0, err
	}
	if t.n++; t.n > elementMax {
		t.err = fmt.Errorf("%w: more than %d bytes in one document", pipeline.ErrTooLarge, elementMax)
		return 0, t.err
	}
	if len(t.kept) < pipeline.RawLimit {
		t.kept = append(t.kept, b)
	}
	return b, nil
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
