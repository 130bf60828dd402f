package xlsx

import (
	"context"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// rowEnd closes what appendRow begins.
const rowEnd = "</row>"

// checkEvery says how often a long sheet looks whether to stop.
const checkEvery = 1024

// painted is a table whose rows can be written: the styles are made, the links
// are set, and nothing of it changes any more.
type painted[T any] struct {
	table   *table[T]
	row     func(i int, v *T)
	widths  []float64
	letters []string
	first   int                    // number of the first row on the sheet
	styles  [][len(tints)]int      // by column and tint
	linked  []int                  // style of a column's text under a link; 0 = the same as without
	end     struct{ row, col int } // the last cell that may have a link
}

// paint sets the links of the first rows and makes the styles of all.
func (t *table[T]) paint(ctx context.Context, s *sheet, n int, row func(int, *T)) (*painted[T], error) {
	p := &painted[T]{
		table: t, row: row, widths: s.cols, letters: columnNames(len(t.columns)), first: s.row + 1,
		styles: make([][len(tints)]int, len(t.columns)), linked: make([]int, len(t.columns)),
	}
	for i := range t.columns {
		for tint, fill := range tints {
			id, err := s.w.style(t.columns[i].look(fill))
			if err != nil {
				return nil, err
			}
			p.styles[i][tint] = id
		}
	}
	p.end.row = -1
	if !t.links {
		return p, nil
	}
	for i := range t.columns {
		if c := &t.columns[i]; c.link != nil && c.kind == kindText {
			id, err := s.w.style(look{kind: kindLink})
			if err != nil {
				return nil, err
			}
			p.linked[i] = id
		}
	}
	return p, p.link(ctx, s, n)
}

// look is how a cell of the column is on a row of some colour.
func (c *column[T]) look(fill string) look {
	switch {
	case c.ask:
		return look{c.kind, fillAsk}
	case c.tinted:
		return look{c.kind, fill}
	}
	return look{kind: c.kind}
}

// link sets links, from the top, up to the limit.
func (p *painted[T]) link(ctx context.Context, s *sheet, n int) error {
	var v T
	for i := range n {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p.row(i, &v)
		for col := range p.table.columns {
			c := &p.table.columns[col]
			if c.link == nil {
				continue
			}
			if s.links >= linkLimit {
				return nil
			}
			address := c.link(&v)
			if address == "" {
				continue
			}
			if err := s.link(col+1, p.first+i, address); err != nil {
				return err
			}
			p.end.row, p.end.col = i, col
		}
	}
	return nil
}

// writer writes rows, each high enough for its texts. The heights are not
// pinned: a row grows when somebody writes a long comment.
func (p *painted[T]) writer() rowWriter {
	var v T
	cells := make([]cell, len(p.table.columns))
	return func(dst []byte, i int) ([]byte, error) {
		p.row(i, &v)
		for n := range cells {
			c := &p.table.columns[n]
			cells[n] = cell{nil, look{kind: c.kind}}
			if c.value != nil {
				cells[n].value = cleanValue(c.value(&v))
			}
		}
		fill := fillNone
		if p.table.tint != nil {
			fill = p.table.tint(&v)
		}
		tint := slices.Index(tints[:], fill)
		if tint < 0 {
			return nil, fmt.Errorf("no column has the colour %q", fill)
		}
		row := p.first + i
		dst = appendRow(dst, row, rowHeight(p.widths, cells))
		for n := range cells {
			style := p.styles[n][tint]
			if p.linked[n] > 0 && p.mayLink(i, n) && p.table.columns[n].link(&v) != "" {
				style = p.linked[n]
			}
			var err error
			if dst, err = appendCell(dst, p.letters[n], row, style, cells[n].value); err != nil {
				return nil, fmt.Errorf("row %d of sheet %q: %w", row, p.table.name, err)
			}
		}
		return append(dst, rowEnd...), nil
	}
}

// mayLink tells cells up to the last one with a link.
func (p *painted[T]) mayLink(row, col int) bool {
	return row < p.end.row || row == p.end.row && col <= p.end.col
}

// columnNames are the letters of the first n columns.
func columnNames(n int) []string {
	out := make([]string, n)
	for i := range out {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil { // only beyond Excel's own limits, which no table reaches
			name = ""
		}
		out[i] = name
	}
	return out
}
