package xlsx

import (
	"context"

	"obzvon/pipeline"
)

// issuedOutcomesRow is where the values of «Результат» begin on the hidden
// sheet: after the seven facts about the list.
const issuedOutcomesRow = 8

// writeIssued makes the hidden sheet; its form stands in the package comment.
func (w *workbook) writeIssued(ctx context.Context) error {
	s, err := w.begin(SheetIssued, tabAbout)
	if err != nil {
		return err
	}
	sample := 0
	if w.book.Sample {
		sample = 1
	}
	facts := [issuedOutcomesRow - 1][2]any{
		{"layout", w.book.Version},
		{"list", clean(w.book.ListID)},
		{"date", w.book.Date.String()},
		{"issued", clean(w.book.Issued)},
		{"manager", w.plan.manager.ID},
		{"sample", sample},
		{"config", clean(w.book.ConfigHash)},
	}
	for _, f := range facts {
		if err := s.addRaw(f[:]); err != nil {
			return err
		}
	}
	for _, outcome := range w.book.Outcomes {
		if err := s.addRaw([]any{"outcome", clean(outcome)}); err != nil {
			return err
		}
	}
	if err := s.issuedRows(ctx, w.book.Calls); err != nil {
		return err
	}
	if err := s.end(ctx); err != nil {
		return err
	}
	return w.file.SetSheetVisible(SheetIssued, false, true)
}

// issuedRows repeats «Обзвон» value for value, the ИНН in front.
func (s *sheet) issuedRows(ctx context.Context, calls []pipeline.Row) error {
	columns := callColumns()
	head := []any{"ИНН"}
	for _, c := range columns {
		head = append(head, c.title)
	}
	if err := s.addRaw(head); err != nil {
		return err
	}
	date, err := s.w.style(look{kind: kindDate})
	if err != nil {
		return err
	}
	letters, first := columnNames(len(head)), s.row+1
	write := func(dst []byte, i int) ([]byte, error) {
		row, r := first+i, &calls[i]
		dst = appendRow(dst, row, 0)
		dst, err := appendIssued(dst, letters[0], row, 0, string(r.INN))
		for n := range columns {
			c := &columns[n]
			if err != nil {
				return nil, err
			}
			if c.value == nil {
				continue
			}
			style := 0
			if c.kind == kindDate {
				style = date
			}
			dst, err = appendIssued(dst, letters[n+1], row, style, cleanValue(c.value(r)))
		}
		return append(dst, rowEnd...), err
	}
	return s.bulk(ctx, len(calls), func() rowWriter { return write })
}

// appendIssued writes the raw value of a cell of «Обзвон», nothing when it was
// empty.
func appendIssued(dst []byte, column string, row, style int, value any) ([]byte, error) {
	if value == nil {
		return dst, nil
	}
	return appendCell(dst, column, row, style, value)
}
