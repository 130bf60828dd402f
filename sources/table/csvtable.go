package table

import (
	"bytes"
	"fmt"
	"io"

	"obzvon/pipeline/files"
)

// headLen is how much of a text is looked at to find its delimiter.
const headLen = 64 << 10

// csvTable is an open CSV.
type csvTable struct {
	file  files.File
	start int64 // bytes of marks and of a "sep=" line
	enc   encoding
	delim byte
	eol   byte
}

func openCSV(f files.File, head []byte, s settings) (*csvTable, error) {
	t := &csvTable{file: f, enc: s.encoding, delim: s.delimiter, eol: '\n'}
	if bytes.HasPrefix(head, bomUTF8) {
		t.start, head = int64(len(bomUTF8)), head[len(bomUTF8):]
		if t.enc == encodingAuto {
			t.enc = encodingUTF8
		}
	}
	if t.enc == encodingAuto {
		c, err := takeCensus(io.NewSectionReader(f, 0, f.Size()))
		if err != nil {
			return nil, fmt.Errorf("look at the encoding: %w", err)
		}
		if t.enc, err = encodingOf(c); err != nil {
			return nil, err
		}
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		t.eol = '\r'
	}
	if sep, n, ok := sepLine(head); ok {
		t.start, head = t.start+int64(n), head[n:]
		if t.delim == 0 {
			t.delim = sep
		}
	}
	if t.delim == 0 {
		t.delim = findDelimiter(head, t.eol)
	}
	return t, nil
}

// sepLine reads the first line by which Excel is told the delimiter.
func sepLine(head []byte) (sep byte, n int, ok bool) {
	line, _, found := bytes.Cut(head, []byte("\n"))
	n = len(line) + 1
	line = bytes.TrimSuffix(line, []byte("\r"))
	if !found || len(line) != len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, 0, false
	}
	return line[4], n, true
}

// findDelimiter takes the sign that stands equally often in most of the first
// lines, outside quotes; of equals the one that stands more often.
func findDelimiter(head []byte, eol byte) byte {
	lines := bytes.Split(head, []byte{eol})
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // the last may be cut
	}
	if len(lines) > 50 {
		lines = lines[:50]
	}
	best, bestSame, bestCount := byte(';'), 0, 0
	for _, d := range []byte{';', ',', '\t'} {
		count, same := usual(lines, d)
		if count > 0 && (same > bestSame || same == bestSame && count > bestCount) {
			best, bestSame, bestCount = d, same, count
		}
	}
	return best
}

// usual returns how often the sign stands in most lines, and in how many.
func usual(lines [][]byte, d byte) (count, same int) {
	times := map[int]int{}
	for _, line := range lines {
		n, quoted := 0, false
		for _, b := range line {
			switch {
			case b == '"':
				quoted = !quoted
			case b == d && !quoted:
				n++
			}
		}
		if n > 0 {
			times[n]++
		}
	}
	for n, lines := range times {
		if lines > same || lines == same && n > count {
			count, same = n, lines
		}
	}
	return count, same
}

func (t *csvTable) sheets() []string { return []string{""} }

func (t *csvTable) rows(_ string, width int) (reader, error) {
	body := io.NewSectionReader(t.file, t.start, max(t.file.Size()-t.start, 0))
	r := newCSVReader(body, t.enc, t.delim, t.eol, width)
	if t.start > int64(len(bomUTF8)) {
		r.lines = 1 // the "sep=" line
	}
	return r, nil
}

func (t *csvTable) form() string {
	delim := `"` + string(rune(t.delim)) + `"`
	if t.delim == '\t' {
		delim = "tab"
	}
	return "csv, " + t.enc.String() + ", " + delim
}

func (t *csvTable) made() string { return "" }

func (t *csvTable) Close() error { return t.file.Close() }
