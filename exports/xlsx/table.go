package xlsx

import (
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// column is one column of a table of T.
type column[T any] struct {
	title    string
	width    float64 // in characters
	kind     kind
	head     kind // 0 = kindHeader
	ask      bool // for the reader to fill in
	tinted   bool // takes the colour of the row's state
	value    func(*T) any
	link     func(*T) string // "" = none for this row
	notDigit bool            // text of digits: no green corner
}

// table is a sheet with a header row and one row per T.
type table[T any] struct {
	name    string
	tab     string
	columns []column[T]
	frozen  int // columns that stay in sight
	printed int // the first columns go on paper
	links   bool
	high    float64         // of the header, in points
	tint    func(*T) string // fill of the tinted columns
	finish  func(s *sheet) error
}

// spare rows under a table to fill in keep its drop-downs and colours: people
// add companies by hand.
const spareRows = 100

// write lays out the table. n rows are asked for by index, so that callers
// need no second slice; row fills in what it is given and is called from
// several goroutines.
func (t *table[T]) write(ctx context.Context, w *workbook, n int, row func(i int, v *T)) error {
	s, err := w.begin(t.name, t.tab)
	if err != nil {
		return err
	}
	if err := t.setUp(s); err != nil {
		return err
	}
	p, err := t.paint(ctx, s, n, row)
	if err != nil {
		return err
	}
	if err := s.bulk(ctx, n, p.writer); err != nil {
		return err
	}
	if err := t.dress(s); err != nil {
		return err
	}
	if t.finish != nil {
		if err := t.finish(s); err != nil {
			return err
		}
	}
	return s.end(ctx)
}

// setUp does what must come before the first row, then writes the header.
func (t *table[T]) setUp(s *sheet) error {
	heads := make([]cell, len(t.columns))
	widths := make([]float64, len(t.columns))
	for i, c := range t.columns {
		widths[i] = c.width
		k := c.head
		if k == kindText {
			k = kindHeader
		}
		heads[i] = cell{c.title, look{kind: k}}
	}
	if err := s.widths(widths...); err != nil {
		return err
	}
	corner := at(t.frozen+1, 2)
	pane := "bottomRight"
	if t.frozen == 0 {
		pane = "bottomLeft"
	}
	err := s.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: t.frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	})
	if err != nil {
		return fmt.Errorf("freeze header of sheet %q: %w", s.name, err)
	}
	return s.addHigh(heads, t.high)
}

// dress sets what needs the number of rows.
func (t *table[T]) dress(s *sheet) error {
	if err := s.w.file.AutoFilter(s.name, area(1, 1, len(t.columns), s.row), nil); err != nil {
		return fmt.Errorf("set filter of sheet %q: %w", s.name, err)
	}
	for i, c := range t.columns {
		if !c.notDigit || s.row < 2 {
			continue
		}
		err := s.w.file.AddIgnoredErrors(s.name, area(i+1, 2, i+1, s.row), excelize.IgnoredErrorsNumberStoredAsText)
		if err != nil {
			return fmt.Errorf("mark texts of digits on sheet %q: %w", s.name, err)
		}
	}
	if err := s.paper(landscape); err != nil {
		return err
	}
	return s.printArea(t.printed, s.row)
}

// column gives the position of a column by title, from 1; 0 = none.
func (t *table[T]) column(title string) int {
	for i := range t.columns {
		if t.columns[i].title == title {
			return i + 1
		}
	}
	return 0
}
