package heading

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline"
)

// Rows and Columns bound a table; CellRunes is what a cell of a workbook holds
// (ECMA-376 part 1, 18.18.93: 32,767 characters).
const (
	Rows      = 100_000
	Columns   = 16_384
	CellRunes = 32_767
)

// Cell is a cell with content.
type Cell struct {
	Column int // from 0
	Text   string
	Date   bool // Text is a serial number that the editor shows as a date
}

// Line is a row with content: its cells by rising column, none blank.
type Line struct {
	Number int // of the sheet, or of the text's line, from 1
	Cells  []Cell
}

// Text is that of the cell in a column, "" if there is none.
func (l *Line) Text(column int) string {
	i, ok := slices.BinarySearchFunc(l.Cells, column, func(c Cell, column int) int { return c.Column - column })
	if !ok {
		return ""
	}
	return l.Cells[i].Text
}

// NewLine is a row of text, or the problem why it cannot be one.
func NewLine(number int, cells []string) (Line, *Problem) {
	l := Line{Number: number}
	for i, text := range cells {
		if Blank(text) {
			continue
		}
		if i >= Columns {
			return l, &Problem{number, fmt.Sprintf("столбцов больше %d: удалите лишние", Columns)}
		}
		if utf8.RuneCountInString(text) > CellRunes {
			return l, TooLong(number, i)
		}
		l.Cells = append(l.Cells, Cell{Column: i, Text: text})
	}
	return l, nil
}

// TooLong is the problem of a cell with more text than a workbook's holds.
func TooLong(row, column int) *Problem {
	return &Problem{row, fmt.Sprintf("в ячейке столбца %s больше %d знаков: сократите текст и загрузите файл снова", Letters(column), CellRunes)}
}

// Problem is a row that could not be understood, or something that was left
// aside. Text is Russian and says what to do. Row 0 is the whole file.
type Problem struct {
	Row  int
	Text string
}

// Refusal is why a file cannot be taken.
type Refusal struct {
	Err    error  // for programs
	Advice string // Russian, for whoever brought the file
}

func (e *Refusal) Error() string { return e.Err.Error() + ": " + e.Advice }

// Unwrap gives the cause.
func (e *Refusal) Unwrap() error { return e.Err }

// Blank tells text that nobody sees.
func Blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unseen(r) }) < 0
}

// unseen characters are no text and no space: zero-width ones, the byte order
// mark, and what cannot stand in a text at all.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) }

// row gives the cells by the names of their columns.
func (h *Head) row(l Line) pipeline.ReturnedRow {
	out := pipeline.ReturnedRow{Row: l.Number, Cells: make(map[string]string, len(l.Cells))}
	for _, c := range l.Cells {
		name := h.name(c.Column)
		out.Cells[name] = c.Text
		if c.Date {
			if out.Dates == nil {
				out.Dates = map[string]bool{}
			}
			out.Dates[name] = true
		}
	}
	return out
}
