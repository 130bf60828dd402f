package xlsx

import (
	"context"

	"github.com/xuri/excelize/v2"

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
	for i := range calls {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		values := []any{string(calls[i].INN)}
		for _, c := range columns {
			values = append(values, issuedValue(&c, &calls[i], date))
		}
		if err := s.addRaw(values); err != nil {
			return err
		}
	}
	return nil
}

// issuedValue is the raw value of a cell of «Обзвон»; nil when it was empty.
func issuedValue(c *rowColumn, r *pipeline.Row, date int) any {
	if c.value == nil {
		return nil
	}
	v := cleanValue(c.value(r))
	if c.kind == kindDate && v != nil {
		return excelize.Cell{StyleID: date, Value: v}
	}
	return v
}
