package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

// lines reads the rows of a sheet that have content. Problems are rows that
// cannot be given.
func (b *filledBook) lines(s filledSheet) ([]heading.Line, []Problem, error) {
	in, err := b.open(s.part, sheetBytes)
	if errors.Is(err, pipeline.ErrNotFound) {
		err = fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("sheet «%s»: %w", s.name, err)
	}
	defer in.Close()
	r := &sheetReader{book: b, xml: xml.NewDecoder(in)}
	if err := r.read(); err != nil {
		return nil, nil, fmt.Errorf("sheet «%s», after row %d: %w", s.name, r.row, err)
	}
	if _, err := io.Copy(io.Discard, in); err != nil { // the checksum comes last
		return nil, nil, fmt.Errorf("sheet «%s»: %w", s.name, err)
	}
	return r.lines, r.problems, nil
}

// sheetReader goes through the XML of a sheet (ECMA-376 part 1, 18.3.1).
type sheetReader struct {
	book     *filledBook
	xml      *xml.Decoder
	row      int // number of the row
	column   int // of the cell
	line     heading.Line
	problem  *Problem // why the row cannot be given
	cell     rawCell
	lines    []heading.Line
	problems []Problem
}

func (r *sheetReader) read() error {
	for {
		token, err := r.xml.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
		}
		r.cell.take(token)
		switch v := token.(type) {
		case xml.StartElement:
			err = r.begin(v)
		case xml.EndElement:
			if v.Name.Local == "sheetData" {
				return nil
			}
			err = r.end(v.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) begin(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		r.row, r.column, r.problem = r.row+1, -1, nil
		if ref := attr(e, "r"); ref != "" {
			n, err := strconv.Atoi(ref)
			if err != nil {
				return fmt.Errorf("%w: row %q", pipeline.ErrDamaged, ref)
			}
			r.row = n
		}
		if r.row < 1 || r.row > excelize.TotalRows {
			return fmt.Errorf("%w: row %d", pipeline.ErrDamaged, r.row)
		}
		r.line = heading.Line{Number: r.row}
	case "c":
		r.column++
		if ref := attr(e, "r"); ref != "" {
			column, _, err := excelize.CellNameToCoordinates(ref)
			if err != nil {
				return fmt.Errorf("%w: cell %q: %w", pipeline.ErrDamaged, ref, err)
			}
			r.column = column - 1
		}
		if r.column >= heading.Columns {
			return fmt.Errorf("%w: column %d", pipeline.ErrDamaged, r.column+1)
		}
		style, err := strconv.Atoi(attr(e, "s"))
		if err != nil {
			style = 0 // none is said
		}
		r.cell = rawCell{kind: attr(e, "t"), style: style}
	}
	return nil
}

func (r *sheetReader) end(name string) error {
	switch name {
	case "c":
		r.take(r.book.cell(&r.cell))
		r.cell = rawCell{}
	case "row":
		return r.keep()
	}
	return nil
}

// take adds a cell to the row.
func (r *sheetReader) take(text string, date bool, err error) {
	switch {
	case r.problem != nil:
	case err != nil:
		r.problem = &Problem{Row: r.row, Text: fmt.Sprintf("ячейка в столбце %s повреждена: впишите её значение заново", heading.Letters(r.column))}
	case heading.Blank(text):
	case len(text) > heading.CellRunes && len([]rune(text)) > heading.CellRunes:
		r.problem = heading.TooLong(r.row, r.column)
	default:
		r.line.Cells = append(r.line.Cells, heading.Cell{Column: r.column, Text: text, Date: date})
	}
}

// keep ends the row.
func (r *sheetReader) keep() error {
	switch {
	case r.problem != nil:
		r.problems = append(r.problems, *r.problem)
	case len(r.line.Cells) > 0:
		slices.SortStableFunc(r.line.Cells, func(a, b heading.Cell) int { return a.Column - b.Column })
		r.lines = append(r.lines, r.line)
	}
	if len(r.lines)+len(r.problems) > heading.Rows {
		return fmt.Errorf("%w: more than %d rows", pipeline.ErrTooLarge, heading.Rows)
	}
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
