package heading

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"obzvon/pipeline"
)

// Bounds of a text: its bytes, and the lines that one quoted row may span. A
// longer row is a quote that was never closed, and is cut at its first line.
const (
	TextBytes = 32 << 20
	textLines = 10 * Rows // blank ones too
	rowLines  = 64
	rowBytes  = 64 << 10
)

// ErrCharset is a text in an unknown charset. It is pipeline.ErrUnknownForm.
var ErrCharset = fmt.Errorf("text neither in UTF-8, UTF-16 nor windows-1251: %w", pipeline.ErrUnknownForm)

// Text cuts a table saved as text into rows: UTF-8, UTF-16 with its mark, or
// windows-1251; cells parted by semicolon, comma or tab, quoted after RFC 4180.
// Problems are rows that could not be cut.
func Text(data []byte) ([]Line, []Problem, error) {
	if len(data) > TextBytes {
		return nil, nil, &Refusal{pipeline.ErrTooLarge, fmt.Sprintf("файл больше %d МБ: разделите его на части", TextBytes>>20)}
	}
	text, err := decode(data)
	if err != nil {
		return nil, nil, err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if strings.Count(text, "\n") > textLines {
		return nil, nil, tooManyRows()
	}
	lines := strings.Split(text, "\n")
	first, delimiters := 1, []rune{';', ',', '\t'}
	if sep, ok := sepLine(lines[0]); ok {
		first, delimiters, lines = 2, []rune{sep}, lines[1:]
	}
	delimiter, width := findDelimiter(lines, delimiters)
	cut := cutRows(lines, delimiter, width, first)
	if len(cut.lines)+len(cut.problems) > Rows {
		return nil, nil, tooManyRows()
	}
	return cut.lines, cut.problems, nil
}

func tooManyRows() error {
	return &Refusal{pipeline.ErrTooLarge, fmt.Sprintf("в таблице больше %d строк: разделите её на части", Rows)}
}

func decode(data []byte) (string, error) {
	from := unicode.UTF8BOM
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case !utf8.Valid(data):
		from = charmap.Windows1251
	}
	text, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 {
		return "", &Refusal{ErrCharset, "сохраните таблицу как «CSV UTF-8» или как книгу .xlsx"}
	}
	return string(text), nil
}

// sepLine reads the first line by which Excel is told the delimiter.
func sepLine(line string) (rune, bool) {
	const lead = "sep="
	if len(line) != len(lead)+1 || !strings.EqualFold(line[:len(lead)], lead) {
		return 0, false
	}
	return rune(line[len(lead)]), true
}

// findDelimiter takes the sign by which the first rows give the best header,
// else the one that cuts a row into most cells. width is the header's number of
// cells.
func findDelimiter(lines []string, among []rune) (delimiter rune, width int) {
	known := -1
	for _, d := range among {
		cut := cutRows(lines[:min(len(lines), 4*HeadLines)], d, 0, 1)
		h := FindHead(cut.lines, nil)
		if w := cut.widths[h.Row]; h.known > known || h.known == known && w > width {
			delimiter, width, known = d, w, h.known
		}
	}
	return delimiter, width
}

// cutting is what came of cutting a text.
type cutting struct {
	lines    []Line
	problems []Problem
	widths   map[int]int // cells by the row's number, empty ones too
}

// cutRows cuts lines into rows, the first having the given number. A row that
// spans lines has at most as many cells as the header, 0 = any.
func cutRows(lines []string, delimiter rune, width, first int) cutting {
	out := cutting{widths: make(map[int]int)}
	for i := 0; i < len(lines) && len(out.lines)+len(out.problems) <= Rows; {
		cells, n := cutRow(lines[i:], delimiter, width)
		line, problem := NewLine(first+i, cells)
		if problem != nil {
			out.problems = append(out.problems, *problem)
		} else if len(line.Cells) > 0 {
			out.lines = append(out.lines, line)
			out.widths[line.Number] = len(cells)
		}
		i += n
	}
	return out
}

// cutRow cuts the row that begins with the first line, and tells how many lines
// it takes. Quotes of a whole row are even in number; a row where they are not,
// or stand where they may not, is cut as it looks, so that one stray quote never
// swallows the rows below.
func cutRow(lines []string, delimiter rune, width int) (cells []string, n int) {
	if !strings.Contains(lines[0], `"`) {
		return strings.SplitN(lines[0], string(delimiter), Columns+1), 1
	}
	text, quotes := "", 0
	for n = 1; n <= min(len(lines), rowLines) && len(text) < rowBytes; n++ {
		if n > 1 {
			text += "\n"
		}
		text += lines[n-1]
		if quotes += strings.Count(lines[n-1], `"`); quotes%2 != 0 {
			continue
		}
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord = delimiter, -1
		if cells, err := r.Read(); err == nil && (n == 1 || width == 0 || len(cells) <= width) {
			return cells, n
		}
		break
	}
	return loose(lines[0], delimiter), 1
}

// loose cuts a line whose quotes follow no rule: a cell that begins with one ends
// at the first quote before a delimiter or the end.
func loose(line string, delimiter rune) (cells []string) {
	d := string(delimiter)
	for len(cells) <= Columns {
		if strings.HasPrefix(line, `"`) {
			if cell, rest, ok := strings.Cut(line[1:], `"`+d); ok {
				cells, line = append(cells, cell), rest
				continue
			}
			if cell, ok := strings.CutSuffix(line[1:], `"`); ok && !strings.Contains(cell, d) {
				return append(cells, cell)
			}
		}
		cell, rest, more := strings.Cut(line, d)
		cells = append(cells, cell)
		if !more {
			return cells
		}
		line = rest
	}
	return cells
}
