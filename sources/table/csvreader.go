package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"obzvon/pipeline"
)

// Limits of a CSV. A row may span several lines only where it keeps every
// rule of quoting and has as many cells as the header: else one stray quote
// would swallow the rows after it.
const (
	maxLine     = 1 << 20 // bytes
	maxRowLines = 64
	maxRowBytes = 256 << 10
)

type csvLine struct {
	number int64
	text   string
	fault  *fault
}

// csvReader yields the rows of a CSV.
type csvReader struct {
	in    *bufio.Reader
	enc   encoding
	delim byte
	eol   byte
	width int // cells of the header; 0 = not known yet
	lines int64
	used  int64
	ahead []csvLine // read to look for the end of a row, not yet used
	long  []byte
	err   error // of the input, once met
}

func newCSVReader(r io.Reader, enc encoding, delim, eol byte, width int) *csvReader {
	return &csvReader{in: bufio.NewReaderSize(r, 64<<10), enc: enc, delim: delim, eol: eol, width: width}
}

func (c *csvReader) done() int64 { return c.used }

func (c *csvReader) Close() error { return nil }

func (c *csvReader) next() (record, error) {
	for {
		if err := c.fill(1); err != nil {
			return record{}, err
		}
		line := c.ahead[0]
		c.ahead = c.ahead[1:]
		if line.fault == nil && strings.TrimSpace(line.text) == "" {
			continue
		}
		rec, err := c.record(line)
		if err != nil {
			return rec, err
		}
		if !rec.blank() {
			return rec, nil
		}
	}
}

func (c *csvReader) record(line csvLine) (record, error) {
	rec := record{row: line.number, raw: line.text, fault: line.fault}
	if line.fault != nil {
		return rec, nil
	}
	cells, st := splitRow(line.text, c.delim, make([]string, 0, max(c.width, 8)))
	if st.open && st.strict {
		joined, n, err := c.join(line)
		if err != nil {
			return rec, err
		}
		if n > 0 {
			rec.raw = joined
			rec.cells, _ = splitRow(joined, c.delim, cells[:0])
			c.ahead = c.ahead[n:]
			return rec, nil
		}
	}
	if !st.strict || st.open {
		if loose := splitLoose(line.text, c.delim); c.width > 0 && len(loose) == c.width && (st.open || len(cells) != c.width) {
			cells, st.open, st.inner = loose, false, true
		}
	}
	if st.open {
		rec.fault = &fault{pipeline.ReasonFormat, "a quote is opened and never closed"}
	}
	rec.cells, rec.mended = cells, st.inner
	return rec, nil
}

// join looks for the end of a row that goes on over the next lines. n is how
// many lines more it takes, 0 when it has no right end.
func (c *csvReader) join(first csvLine) (text string, n int, err error) {
	var b strings.Builder
	b.WriteString(first.text)
	var cells []string
	for n = 1; n < maxRowLines && b.Len() < maxRowBytes; n++ {
		if err := c.fill(n); err != nil {
			if errors.Is(err, io.EOF) {
				return "", 0, nil
			}
			return "", 0, err
		}
		line := c.ahead[n-1]
		if line.fault != nil {
			return "", 0, nil
		}
		b.WriteByte('\n')
		b.WriteString(line.text)
		if strings.IndexByte(line.text, '"') < 0 {
			continue
		}
		var st splitState
		cells, st = splitRow(b.String(), c.delim, cells[:0])
		switch {
		case !st.strict:
			return "", 0, nil
		case !st.open:
			if c.width > 0 && len(cells) != c.width {
				return "", 0, nil
			}
			return b.String(), n, nil
		}
	}
	return "", 0, nil
}

// fill reads ahead until n lines wait.
func (c *csvReader) fill(n int) error {
	for len(c.ahead) < n {
		if c.err != nil {
			return c.err
		}
		line, err := c.line()
		if err != nil {
			c.err = err
			return err
		}
		c.ahead = append(c.ahead, line)
	}
	return nil
}

// line reads one line of the file. A longer one than allowed is read past.
func (c *csvReader) line() (csvLine, error) {
	c.long = c.long[:0]
	var skipped int64
	for {
		part, err := c.in.ReadSlice(c.eol)
		c.used += int64(len(part))
		if room := maxLine - len(c.long); len(part) > room {
			skipped += int64(len(part) - room)
			part = part[:room]
		}
		c.long = append(c.long, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return csvLine{}, fmt.Errorf("read: %w", err)
		}
		if err != nil && len(c.long) == 0 {
			return csvLine{}, io.EOF
		}
		break
	}
	c.lines++
	if skipped > 0 {
		text, _ := decodeLine(c.enc, c.long[:pipeline.RawLimit*2])
		detail := fmt.Sprintf("a line of %d bytes, %d allowed", int64(len(c.long))+skipped, maxLine)
		return csvLine{c.lines, text, &fault{pipeline.ReasonLimit, detail}}, nil
	}
	text, flt := decodeLine(c.enc, trimEnd(c.long, c.eol))
	return csvLine{c.lines, text, flt}, nil
}

func trimEnd(b []byte, eol byte) []byte {
	if n := len(b); n > 0 && b[n-1] == eol {
		b = b[:n-1]
	}
	if n := len(b); n > 0 && b[n-1] == '\r' {
		b = b[:n-1]
	}
	return b
}
