package xlsx

import (
	"context"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet being streamed. excelize loses, without an error, panes
// and widths set after the first row, and everything set after the flush.
type sheet struct {
	w      *workbook
	name   string
	part   string // of the package, where its XML stands
	stream *excelize.StreamWriter
	row    int       // last row written, from 1
	cols   []float64 // widths of the columns, in characters
	links  int
	top    int             // rows of the page's head
	styled []excelize.Cell // of the row being written
	values []any           // pointers to styled
}

// tab colours tell kinds of sheets apart; a sample's are all red.
const (
	tabWork  = "70AD47"
	tabBase  = "4472C4"
	tabAbout = "A5A5A5"
)

// begin makes a sheet. Properties of the sheet come before its stream.
func (w *workbook) begin(name, tab string) (*sheet, error) {
	var err error
	if w.sheets == 0 {
		err = w.file.SetSheetName(w.file.GetSheetName(0), name)
	} else {
		_, err = w.file.NewSheet(name)
	}
	if err != nil {
		return nil, fmt.Errorf("make sheet %q: %w", name, err)
	}
	w.sheets++
	if w.book.Sample {
		tab = fillBanner
	}
	fit := true
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &tab}); err != nil {
		return nil, fmt.Errorf("set up sheet %q: %w", name, err)
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("open sheet %q: %w", name, err)
	}
	return &sheet{w: w, name: name, part: fmt.Sprintf("%s%d.xml", sheetFolder, w.sheets), stream: stream}, nil
}

// widths sets the columns' widths in characters, from the first on. excelize
// writes columns in the reverse order of these calls; readers want them rising.
func (s *sheet) widths(widths ...float64) error {
	s.cols = widths
	for i, width := range slices.Backward(widths) {
		if err := s.stream.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("set widths of sheet %q: %w", s.name, err)
		}
	}
	return nil
}

// cell is a value and how it looks.
type cell struct {
	value any // nil leaves it empty
	look  look
}

// add writes the next row, high enough for its texts. Texts are cleaned here,
// so that none is forgotten.
func (s *sheet) add(cells []cell) error { return s.addHigh(cells, 0) }

// addHigh is add with a height of at least so many points.
func (s *sheet) addHigh(cells []cell, height float64) error {
	s.fit(len(cells))
	for i, c := range cells {
		id, err := s.w.style(c.look)
		if err != nil {
			return err
		}
		cells[i].value = cleanValue(c.value)
		s.styled[i] = excelize.Cell{StyleID: id, Value: cells[i].value}
	}
	return s.addRaw(s.values[:len(cells)], excelize.RowOpts{Height: max(height, rowHeight(s.cols, cells))})
}

// fit gives the row that is written room for n cells, once for all rows.
func (s *sheet) fit(n int) {
	if n <= len(s.styled) {
		return
	}
	s.styled, s.values = make([]excelize.Cell, n), make([]any, n)
	for i := range s.styled {
		s.values[i] = &s.styled[i]
	}
}

// addWide writes a row whose cell at a column, from 1, spans the columns up to
// another one.
func (s *sheet) addWide(cells []cell, from, to int) error {
	room := 0.0
	for _, width := range s.cols[from-1 : to] {
		room += width
	}
	text, _ := cells[from-1].value.(string)
	lines := linesOf(text, room-padding, cells[from-1].look.kind)
	for len(cells) < to {
		cells = append(cells, cell{nil, cells[from-1].look})
	}
	widths := append([]float64(nil), s.cols...)
	widths[from-1] = room
	s.cols, widths = widths, s.cols
	err := s.addHigh(cells, float64(lines)*lineHeight)
	s.cols = widths
	if err != nil {
		return err
	}
	if err := s.stream.MergeCell(at(from, s.row), at(to, s.row)); err != nil {
		return fmt.Errorf("join cells of row %d of sheet %q: %w", s.row, s.name, err)
	}
	return nil
}

// addRaw writes a row of values that are clean already.
func (s *sheet) addRaw(values []any, opts ...excelize.RowOpts) error {
	s.row++
	if err := s.stream.SetRow(at(1, s.row), values, opts...); err != nil {
		return fmt.Errorf("write row %d of sheet %q: %w", s.row, s.name, err)
	}
	return nil
}

func cleanValue(v any) any {
	text, ok := v.(string)
	switch {
	case !ok:
		return v
	case text == "":
		return nil
	}
	if c := clean(text); c != text {
		return c
	}
	return v
}

// link puts an address on a cell of a row.
func (s *sheet) link(col, row int, address string) error {
	s.links++
	if err := s.w.file.SetCellHyperLink(s.name, at(col, row), address, "External"); err != nil {
		return fmt.Errorf("link row %d of sheet %q: %w", row, s.name, err)
	}
	return nil
}

// end flushes the sheet; nothing can be set on it afterwards.
func (s *sheet) end(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.stream.Flush(); err != nil {
		return fmt.Errorf("flush sheet %q: %w", s.name, err)
	}
	return nil
}

// at names a cell, column and row from 1.
func at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil { // only beyond Excel's own limits, which no caller reaches
		return ""
	}
	return name
}

// area names a range of cells.
func area(col1, row1, col2, row2 int) string { return at(col1, row1) + ":" + at(col2, row2) }
