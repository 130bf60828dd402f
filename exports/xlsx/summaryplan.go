package xlsx

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// planColumns are the narrow columns of «Сводка»; the plan's tables keep to them.
const planColumns = len(summaryWidths) - 1

// formatShare shows 0..1 as per cent.
const formatShare = `[$-419]0.0%`

// plan writes the work, the funnel and the money against the plan, on pages of
// their own, no table torn that fits on one.
func (s *sheet) plan() error {
	sum := &s.w.book.Summary
	if len(sum.Plan) == 0 && len(sum.Charts) == 0 {
		return nil
	}
	page := paging{sheet: s, room: s.pageHeight()}
	words := len(sum.Charts) == 0 && !slices.ContainsFunc(sum.Plan, func(t pipeline.Table) bool { return len(t.Rows) > 0 })
	if !words { // a few words need no page
		if err := page.turn(); err != nil {
			return err
		}
	}
	if err := s.planCharts(&page, sum.Charts); err != nil {
		return err
	}
	for i := range sum.Plan {
		if err := page.keep(s.planHeight(&sum.Plan[i])); err != nil {
			return err
		}
		if err := s.planTable(&sum.Plan[i]); err != nil {
			return err
		}
	}
	return s.printColumns()
}

const (
	sectionHeight = lineHeight + 20 // with the line left free above it
	headHeight    = 32
)

// planTable writes one table: its title, the note below, heads and rows.
func (s *sheet) planTable(t *pipeline.Table) error {
	columns := max(len(t.Head), planColumns)
	if err := s.section(t.Title, columns); err != nil {
		return err
	}
	if err := s.planNote(t); err != nil {
		return err
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if err := s.heads(t.Head...); err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := s.planRow(row); err != nil {
			return err
		}
	}
	return nil
}

// planNote writes what stands below a title, over all columns.
func (s *sheet) planNote(t *pipeline.Table) error {
	if t.Note == "" {
		return nil
	}
	style, err := s.w.style(look{kind: kindProse})
	if err != nil {
		return err
	}
	note := []any{excelize.Cell{StyleID: style, Value: cleanValue(t.Note)}}
	if err := s.addRaw(note, excelize.RowOpts{Height: s.noteHeight(t)}); err != nil {
		return err
	}
	if err := s.stream.MergeCell(at(1, s.row), at(planColumns, s.row)); err != nil {
		return fmt.Errorf("join cells of row %d of sheet %q: %w", s.row, s.name, err)
	}
	return nil
}

func (s *sheet) noteHeight(t *pipeline.Table) float64 {
	if t.Note == "" {
		return 0
	}
	room := 0.0
	for _, width := range s.cols[:planColumns] {
		room += width
	}
	return rowHeight([]float64{room}, []cell{{cleanValue(t.Note), look{kind: kindProse}}})
}

// planRow writes figures, coloured where they stand out against the plan.
func (s *sheet) planRow(row []pipeline.Value) error {
	values := make([]any, len(row))
	for i := range row {
		style, err := s.valueStyle(&row[i], i == 0)
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: style, Value: cleanValue(cellOf(&row[i]))}
	}
	return s.addRaw(values, excelize.RowOpts{Height: rowHeight(s.cols, planCells(row))})
}

// planCells are the cells of a row as far as its height goes.
func planCells(row []pipeline.Value) []cell {
	cells := make([]cell, len(row))
	for i := range row {
		cells[i] = cell{cleanValue(cellOf(&row[i])), look{}}
	}
	return cells
}

// cellOf is what a cell holds: figures as numbers, so that they can be reckoned
// with.
func cellOf(v *pipeline.Value) any {
	switch v.Kind {
	case pipeline.ValueCount, pipeline.ValueMoney, pipeline.ValueShare, pipeline.ValueTenth:
		return v.Number
	}
	return pipeline.Value{Text: v.Text, Kind: v.Kind}.String()
}

func (s *sheet) valueStyle(v *pipeline.Value, first bool) (int, error) {
	l := look{kind: kindCentre, fill: toneFill(v.Tone)}
	switch v.Kind {
	case pipeline.ValueCount, pipeline.ValueMoney:
		l.kind = kindInt
	case pipeline.ValueTenth:
		l.kind = kindTenth
	case pipeline.ValueShare:
		return s.shareStyle(l.fill)
	}
	if first {
		l.kind = kindText
	}
	return s.w.style(l)
}

// shareStyle is that of other figures with per cent; excelize makes equal styles
// once.
func (s *sheet) shareStyle(fill string) (int, error) {
	style, format := look{kindInt, fill}.style(), formatShare
	style.CustomNumFmt = &format
	id, err := s.w.file.NewStyle(&style)
	if err != nil {
		return 0, fmt.Errorf("make style: %w", err)
	}
	return id, nil
}

// toneFill is pale: what is short of the plan is seen, and print stays readable.
func toneFill(t pipeline.Tone) string {
	switch t {
	case pipeline.ToneGood:
		return fillNew
	case pipeline.ToneShort:
		return fillOverdue
	}
	return fillNone
}

// planHeight is what a table takes, in points.
func (s *sheet) planHeight(t *pipeline.Table) float64 {
	sum := sectionHeight + s.noteHeight(t)
	if len(t.Rows) == 0 {
		return sum
	}
	heads := make([]cell, len(t.Head))
	for i, h := range t.Head {
		heads[i] = cell{h, look{kind: kindHeader}}
	}
	sum += max(headHeight, rowHeight(s.cols, heads))
	for _, row := range t.Rows {
		sum += rowHeight(s.cols, planCells(row))
	}
	return sum
}
