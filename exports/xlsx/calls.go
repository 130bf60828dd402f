package xlsx

import (
	"context"

	"obzvon/pipeline"
)

// Columns of «Обзвон» that are referred to by name.
const (
	colTitleResult  = "Результат"
	colTitleNext    = "Следующий контакт"
	colTitleConsent = "Согласие"
	colTitleAmount  = "Сумма (₽)"
	outcomeCallback = "Перезвонить" // needs a date
)

// printedColumns of «Обзвон»: what a caller needs.
const printedColumns = 13

// callColumns are the columns of «Обзвон»: a contract, in this order.
func callColumns() []rowColumn {
	return []rowColumn{
		colNumber(), colPriority(), colCompany(), colCity(), colWindow(), colPhone(), colPerson(), colPost(),
		colHook(), colLastResult(),
		asked(colTitleResult, 13.5, kindBold), asked(colTitleNext, 12, kindDate), asked("Комментарий", 20, kindText),
		asked(colTitleConsent, 10.5, kindCentre), asked(colTitleAmount, 12, kindInt),
		colScore(), colSegment(), colWhy(), colINN(), colRegion(), colLocalTime(), colOtherPhones(),
		colEmail(), colSite(), colHeadcount(), colRevenue(), colOKVED(), colAttempt(), colManager(),
		colSources(), colUpdated(),
	}
}

// writeCalls makes «Обзвон».
func (w *workbook) writeCalls(ctx context.Context) error {
	t := table[pipeline.Row]{
		name: SheetCalls, tab: tabWork, columns: callColumns(),
		frozen: 3, printed: printedColumns, links: true, high: 60, tint: stateFill,
	}
	t.finish = func(s *sheet) error { return w.finishCalls(s, &t) }
	return t.write(ctx, w, len(w.book.Calls), func(i int, r *pipeline.Row) { *r = w.book.Calls[i] })
}

// finishCalls sets what is refused in the cells to fill in, and the colours
// that answer what is filled in.
func (w *workbook) finishCalls(s *sheet, t *table[pipeline.Row]) error {
	last := s.row + spareRows
	result, next := t.column(colTitleResult), t.column(colTitleNext)
	if err := w.outcomeList(s.name, area(result, 2, result, last)); err != nil {
		return err
	}
	if err := w.dateCheck(s.name, area(next, 2, next, last)); err != nil {
		return err
	}
	consent, amount := t.column(colTitleConsent), t.column(colTitleAmount)
	if err := w.yesNo(s.name, area(consent, 2, consent, last)); err != nil {
		return err
	}
	if err := w.amountCheck(s.name, area(amount, 2, amount, last)); err != nil {
		return err
	}
	return w.callColours(s.name, result, next, len(t.columns), last)
}
