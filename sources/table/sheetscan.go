package table

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// sheetScan is what one pass over the bytes of a sheet tells: which rows it
// has, whether it is whole, and the addresses behind its cells. Asking
// excelize cell by cell would load the sheet and walk all links each time.
type sheetScan struct {
	numbers []int64 // of the rows, rising
	last    int64
	open    bool // a row has begun and not ended
	closed  bool
	links   map[int64]string // by cellID
}

// Limits of a scan.
const (
	maxTag       = 64 << 10
	maxLinks     = 1 << 20
	maxLinkCells = 10_000 // cells under one link
)

func cellID(row int64, col int) int64 { return row<<16 | int64(col) }

// from counts the rows from one on.
func (s *sheetScan) from(row int64) int64 {
	i, _ := slices.BinarySearch(s.numbers, row)
	return int64(len(s.numbers) - i)
}

func (w *workbook) scanSheet(part string) (*sheetScan, error) {
	m, ok := w.parts[strings.ToLower(part)]
	if !ok {
		return nil, fmt.Errorf("%w: part %q is missing", pipeline.ErrDamaged, part)
	}
	targets, err := w.targets(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"))
	if err != nil {
		return nil, err
	}
	in, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	s := &sheetScan{links: map[int64]string{}}
	br := bufio.NewReaderSize(in, maxTag)
	for {
		tag, err := nextTag(br)
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, fmt.Errorf("scan: %w", err)
		}
		s.tag(tag, targets)
	}
}

// nextTag returns what stands between the next "<" and the ">" after it. It
// is valid until the next call.
func nextTag(br *bufio.Reader) ([]byte, error) {
	for {
		_, err := br.ReadSlice('<')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return nil, err
		}
		tag, err := br.ReadSlice('>')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return tag[:len(tag)-1], nil
	}
}

func (s *sheetScan) tag(tag []byte, targets map[string]string) {
	name := localName(tag)
	switch string(name) {
	case "row", "row/":
		s.rowTag(tag)
		s.open = tag[len(tag)-1] != '/'
	case "/row":
		s.open = false
	case "/sheetData", "sheetData/":
		s.closed = true
	case "hyperlink", "hyperlink/":
		s.linkTag(tag, targets)
	}
}

// localName is the name of a tag without its prefix: "x:row r=…" → "row".
func localName(tag []byte) []byte {
	end := slices.IndexFunc(tag, func(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' })
	if end >= 0 {
		tag = tag[:end]
	}
	if i := slices.Index(tag, ':'); i >= 0 {
		if tag[0] == '/' {
			return append([]byte{'/'}, tag[i+1:]...)
		}
		return tag[i+1:]
	}
	return tag
}

func (s *sheetScan) rowTag(tag []byte) {
	number := s.last + 1
	for a := range strings.FieldsSeq(string(tag)) {
		if v, ok := strings.CutPrefix(a, "r="); ok {
			if n, err := strconv.ParseInt(strings.Trim(v, `"'/`), 10, 64); err == nil && n > 0 && n <= excelize.TotalRows {
				number = n
			}
		}
	}
	s.numbers = append(s.numbers, number)
	s.last = max(s.last, number)
}

func (s *sheetScan) linkTag(tag []byte, targets map[string]string) {
	d := xml.NewDecoder(strings.NewReader("<" + strings.TrimSuffix(string(tag), "/") + "/>"))
	d.Strict = false
	token, err := d.Token()
	start, ok := token.(xml.StartElement)
	if err != nil || !ok {
		return
	}
	var ref, target string
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "ref":
			ref = a.Value
		case "id":
			target = targets[a.Value]
		}
	}
	if target == "" || len(s.links) > maxLinks {
		return
	}
	from, to, _ := strings.Cut(ref, ":")
	if to == "" {
		to = from
	}
	c1, r1, err1 := excelize.CellNameToCoordinates(from)
	c2, r2, err2 := excelize.CellNameToCoordinates(to)
	if err1 != nil || err2 != nil || c2 < c1 || r2 < r1 || (c2-c1+1)*(r2-r1+1) > maxLinkCells {
		return
	}
	for r := r1; r <= r2; r++ {
		for c := c1; c <= c2; c++ {
			s.links[cellID(int64(r), c-1)] = target
		}
	}
}
