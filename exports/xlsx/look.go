package xlsx

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// kind is what a cell holds, as far as its looks go.
type kind int

const (
	kindText     kind = iota // wraps
	kindCentre               // short text
	kindID                   // digits kept as text: ИНН
	kindPhone                // bold: it is read while dialling
	kindLink                 // text under a link
	kindInt                  // 1 234
	kindTenth                // 12,3
	kindDate                 // 23.11.2026
	kindBold                 // the name of a row
	kindHeader               // of a table
	kindAsk                  // header of a column to fill in
	kindVertical             // header of a narrow column
	kindTitle                // of a page
	kindSection              // of a part of a page
	kindNote                 // small print, on one line
	kindProse                // text of a page
	kindBanner               // a warning
)

// The colours. Fills are pale, so that print stays readable.
const (
	inkLink     = "0B5394"
	inkNote     = "595959"
	inkDone     = "7F7F7F"
	lineColour  = "BFBFBF"
	fillNone    = ""
	fillHeader  = "1F3864"
	fillAskHead = "7F6000"
	fillAsk     = "FFF9E5" // cells to fill in
	fillNew     = "E2F0D9"
	fillToday   = "FFE699" // promised for today
	fillOverdue = "F8CBAD"
	fillAgain   = "DDEBF7" // a retry or a follow-up
	fillClient  = "E4DFEC" // the first weeks of a client
	fillDone    = "EDEDED" // result is in
	fillMissing = "FF9999"
	fillBanner  = "C00000"
	fillSection = "D9E2F3"
)

const (
	fontName = "Calibri"
	fontSize = 11
)

// formatText is the built-in number of the text format.
const formatText = 49

const (
	formatInt   = `[$-419]#,##0`
	formatTenth = `[$-419]#,##0.0`
	formatDate  = `dd\.mm\.yyyy`
	formatTime  = `dd\.mm\ hh:mm` // of this year or the next: the width of a date
)

// look is a kind of cell on a fill; equal looks share one style.
type look struct {
	kind kind
	fill string
}

// reserveFormats gives the formats of dates their numbers. A rule's format
// always gets number 165 from excelize, whatever the cells use it for: the
// same code has to stand under it there.
func (w *workbook) reserveFormats() error {
	for _, code := range []string{formatDate, formatTime} { // 164, 165
		if _, err := w.file.NewStyle(&excelize.Style{CustomNumFmt: &code}); err != nil {
			return fmt.Errorf("reserve number format %q: %w", code, err)
		}
	}
	return nil
}

// wraps tells whether a text of this look breaks into lines.
func (l look) wraps() bool {
	switch l.kind {
	case kindTitle, kindSection, kindNote, kindBanner, kindVertical, kindInt, kindTenth, kindDate:
		return false
	default:
		return true
	}
}

// head tells the header of a column.
func (l look) head() bool { return l.kind == kindHeader || l.kind == kindAsk || l.kind == kindVertical }

// style gives the style of a look, made on first use.
func (w *workbook) style(l look) (int, error) {
	if id, ok := w.styles[l]; ok {
		return id, nil
	}
	s := l.style()
	if w.book.Sample && l.head() {
		s.Fill = solid(fillBanner) // seen on every sheet, whose first row is no place for words
	}
	if s.Font != nil { // a font of one's own forgets the default name and size
		s.Font.Family = fontName
		s.Font.Size = cmp.Or(s.Font.Size, fontSize)
	}
	id, err := w.file.NewStyle(&s)
	if err != nil {
		return 0, fmt.Errorf("make style: %w", err)
	}
	w.styles[l] = id
	return id, nil
}

func (l look) style() excelize.Style {
	s := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wraps()}}
	switch l.kind {
	case kindTitle:
		s.Font, s.Alignment.Vertical = &excelize.Font{Bold: true, Size: 16}, "center"
		return s
	case kindSection:
		s.Font, s.Alignment.Vertical = &excelize.Font{Bold: true, Size: 12}, "center"
		s.Fill = solid(fillSection)
		return s
	case kindBanner:
		s.Font, s.Alignment.Vertical = &excelize.Font{Bold: true, Size: 12, Color: "FFFFFF"}, "center"
		s.Fill = solid(fillBanner)
		return s
	case kindNote:
		s.Font = &excelize.Font{Color: inkNote}
		return s
	case kindProse:
		return s
	}
	s.Border = grid()
	if l.fill != fillNone {
		s.Fill = solid(l.fill)
	}
	l.dress(&s)
	return s
}

func (l look) dress(s *excelize.Style) {
	format := func(code string) { s.CustomNumFmt = &code }
	switch l.kind {
	case kindHeader, kindAsk, kindVertical:
		s.Font = &excelize.Font{Bold: true, Color: "FFFFFF"}
		s.Fill = solid(fillHeader)
		if l.kind == kindAsk {
			s.Fill = solid(fillAskHead)
		}
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
		if l.kind == kindVertical {
			s.Alignment.TextRotation = 90
		}
	case kindCentre:
		s.Alignment.Horizontal = "center"
	case kindID:
		s.NumFmt = formatText
	case kindPhone:
		s.NumFmt = formatText
		s.Font = &excelize.Font{Bold: true, Color: inkLink}
	case kindLink:
		s.Font = &excelize.Font{Color: inkLink, Underline: "single"}
	case kindInt:
		format(formatInt)
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
	case kindTenth:
		format(formatTenth)
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
	case kindDate:
		format(formatDate)
		s.Alignment.Horizontal = "center"
	case kindBold:
		s.Font = &excelize.Font{Bold: true}
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func grid() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: lineColour, Style: 1})
	}
	return out
}
