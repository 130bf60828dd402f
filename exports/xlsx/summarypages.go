package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// printColumns prints the columns of the tables: the figures of the charts, to the
// right of them, stay on the screen.
func (s *sheet) printColumns() error {
	err := s.w.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.name,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, letter(len(summaryWidths)), s.row),
	})
	if err != nil {
		return fmt.Errorf("print area of sheet %q: %w", s.name, err)
	}
	return nil
}

// paging breaks pages between tables rather than within.
type paging struct {
	sheet *sheet
	room  float64 // of a page, in points
	used  float64
}

// keep makes room for what must stay together.
func (p *paging) keep(height float64) error {
	if p.used > 0 && p.used+height > p.room {
		if err := p.turn(); err != nil {
			return err
		}
	}
	p.used += height
	return nil
}

// turn begins a page.
func (p *paging) turn() error {
	p.used = 0
	if err := p.sheet.stream.InsertPageBreak(at(1, p.sheet.row+1)); err != nil {
		return fmt.Errorf("break the page of sheet %q: %w", p.sheet.name, err)
	}
	return nil
}

// pageHeight is how much a page in landscape holds of the sheet, in points, once it
// is one page wide.
func (s *sheet) pageHeight() float64 {
	const (
		wide, high = 842 - 2*0.3*72, 595 - (0.6+0.5)*72 // A4 less the margins of paper
		pixel      = 0.75
		caution    = 0.95 // editors differ in the widths of columns
	)
	width := 0.0
	for _, c := range s.cols {
		width += (7*c + 5) * pixel
	}
	return high * max(1, width/wide) * caution
}
