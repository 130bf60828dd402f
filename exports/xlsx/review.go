package xlsx

import (
	"context"

	"obzvon/pipeline"
)

// writeReview makes «На проверку»: listings whose company could not be told,
// with the one that comes nearest and a place to decide.
func (w *workbook) writeReview(ctx context.Context) error {
	field := func(title string, width float64, get func(*pipeline.Review) string) column[pipeline.Review] {
		return column[pipeline.Review]{title: title, width: width, value: func(r *pipeline.Review) any { return get(r) }}
	}
	inn := field(colTitleCandidateINN, 14, func(r *pipeline.Review) string { return string(r.CandidateINN) }).of(kindID)
	inn.notDigit = true
	phone := field("Телефон", 18, func(r *pipeline.Review) string { return r.Phone }).of(kindID)
	phone.notDigit = true
	t := table[pipeline.Review]{
		name: SheetReview, tab: tabWork, frozen: 1, printed: 10, high: 36,
		columns: []column[pipeline.Review]{
			field("Название", 28, func(r *pipeline.Review) string { return r.Name }).of(kindBold),
			field("Город", 15, func(r *pipeline.Review) string { return r.City }),
			field("Адрес", 26, func(r *pipeline.Review) string { return r.Address }),
			phone,
			field("Сайт", 20, func(r *pipeline.Review) string { return r.Site }),
			field("Почему не решено", 48, func(r *pipeline.Review) string { return r.Why }),
			field(colTitleCandidates, 42, func(r *pipeline.Review) string { return r.Candidates }),
			inn,
			{title: colTitleDecision, width: 11, kind: kindCentre, head: kindAsk, ask: true},
			field("Источник", 16, func(r *pipeline.Review) string { return r.SourceTitle }),
			field(colTitleKey, 22, func(r *pipeline.Review) string { return r.Source + " " + r.Key }).of(kindID),
		},
	}
	t.finish = func(s *sheet) error {
		decision := t.column(colTitleDecision)
		return w.yesNo(s.name, area(decision, 2, decision, max(s.row, 2)))
	}
	return t.write(ctx, w, len(w.book.Review), func(i int, r *pipeline.Review) { *r = w.book.Review[i] })
}

// Columns that ReadReturned reads. «да» in «Решение» makes the listing part of
// the candidate for ever, «нет» never joins them.
const (
	colTitleDecision     = "Решение"
	colTitleCandidateINN = "ИНН кандидата"
	colTitleCandidates   = "Возможная компания"
	colTitleKey          = "Ключ записи"
)
