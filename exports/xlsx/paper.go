package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	landscape = "landscape"
	portrait  = "portrait"
	paperA4   = 9
)

// paper sets up the print: A4, one page wide, the date above, the page number
// below.
func (s *sheet) paper(orientation string) error {
	size, wide, high := paperA4, 1, 0
	err := s.w.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	})
	if err != nil {
		return fmt.Errorf("set page of sheet %q: %w", s.name, err)
	}
	side, top, bottom, edge := 0.3, 0.6, 0.5, 0.25 // inches
	err = s.w.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge,
	})
	if err != nil {
		return fmt.Errorf("set margins of sheet %q: %w", s.name, err)
	}
	err = s.w.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddHeader: s.w.pageHeader(s.name), OddFooter: s.w.pageFooter(),
	})
	if err != nil {
		return fmt.Errorf("set page header of sheet %q: %w", s.name, err)
	}
	return nil
}

// pageHeader: the date, the sheet under its banner, the manager or the seller.
func (w *workbook) pageHeader(sheet string) string {
	middle := sheet
	if w.book.Sample {
		middle = sampleMark + ", вымышленные компании: " + sheet
	}
	right := w.book.Seller
	if !w.plan.whole {
		right = managerName(w.plan.manager)
	}
	return "&L" + pageText(w.title(), 60) + "&C&B" + pageText(middle, 60) + "&R" + pageText(right, 60)
}

func (w *workbook) pageFooter() string {
	return "&LСписок " + pageText(w.book.ListID, 60) + "&RСтраница &P из &N"
}

// pageText makes a text safe between codes: "&" begins one, and all parts of
// a header together hold 255 characters.
func pageText(s string, limit int) string {
	r := []rune(strings.ReplaceAll(clean(s), "\n", " "))
	if len(r) > limit {
		r = append(r[:limit-1], '…')
	}
	return strings.ReplaceAll(string(r), "&", "&&")
}

// printArea prints the first columns only and repeats the header row.
func (s *sheet) printArea(cols, rows int) error {
	last, err := excelize.ColumnNumberToName(cols)
	if err != nil {
		return fmt.Errorf("print area of sheet %q: %w", s.name, err)
	}
	names := []excelize.DefinedName{
		{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, last, rows), Scope: s.name},
		{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", s.name), Scope: s.name},
	}
	for i := range names {
		if err := s.w.file.SetDefinedName(&names[i]); err != nil {
			return fmt.Errorf("print area of sheet %q: %w", s.name, err)
		}
	}
	return nil
}
