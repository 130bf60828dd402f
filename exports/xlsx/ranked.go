package xlsx

import (
	"context"
	"fmt"

	"obzvon/pipeline"
)

// rankedRow is a row with its place on the sheet.
type rankedRow struct {
	pipeline.Row
	place int
	what  string // «Новые»: what changed

	target *pipeline.Target // «ТОП-20»: what more is known; nil elsewhere
}

// from lets a sheet of ranked rows use a column of companies.
func from(c rowColumn) column[rankedRow] {
	out := column[rankedRow]{
		title: c.title, width: c.width, kind: c.kind, head: c.head, tinted: c.tinted, notDigit: c.notDigit,
		value: func(r *rankedRow) any { return c.value(&r.Row) },
	}
	if c.link != nil {
		out.link = func(r *rankedRow) string { return c.link(&r.Row) }
	}
	return out
}

func colPlace() column[rankedRow] {
	return column[rankedRow]{title: "№", width: 6, kind: kindCentre, value: func(r *rankedRow) any { return r.place }}
}

func colWhat() column[rankedRow] {
	return column[rankedRow]{title: "Что нового", width: 34, value: func(r *rankedRow) any { return r.what }}
}

func fromAll(columns ...rowColumn) []column[rankedRow] {
	out := make([]column[rankedRow], len(columns))
	for i, c := range columns {
		out[i] = from(c)
	}
	return out
}

// tierName is the sheet of one priority.
func tierName(priority int) string { return fmt.Sprintf(sheetPriority, priority) }

// writeTiers makes the sheets of the priorities: the ranked base, without
// links, which would cost minutes there.
func (w *workbook) writeTiers(ctx context.Context) error {
	for priority := 1; priority <= 3; priority++ {
		t := table[rankedRow]{
			name: tierName(priority), tab: tabBase, frozen: 2, printed: 8, high: 36,
			columns: append([]column[rankedRow]{colPlace()}, fromAll(
				colCompany().wide(32), colScore(), colCity().wide(16), colSegment().wide(22), colPhone(),
				colWhy(), colLastResult().wide(18),
				colWindow(), colPerson().wide(18), colPost().wide(18), colHook().wide(110), colINN(), colRegion(), colLocalTime(),
				colOtherPhones(), colEmail(), colSite(), colHeadcount(), colRevenue(), colOKVED(), colManager(),
				colSources(), colUpdated(),
			)...),
		}
		rows := w.tier(priority).Rows
		if err := w.writeRanked(ctx, &t, rows); err != nil {
			return err
		}
	}
	return nil
}

// tier is the base of a priority; an empty one when the book has none.
func (w *workbook) tier(priority int) pipeline.Tier {
	for _, t := range w.book.Tiers {
		if t.Priority == priority {
			return t
		}
	}
	return pipeline.Tier{Priority: priority}
}

// known is a column of what «ТОП-20» tells beyond a row.
func known(title string, width float64, get func(*pipeline.Target) string) column[rankedRow] {
	return column[rankedRow]{title: title, width: width, value: func(r *rankedRow) any { return get(r.target) }}
}

// writeTargets makes «ТОП-20».
func (w *workbook) writeTargets(ctx context.Context) error {
	t := table[rankedRow]{
		name: SheetTargets, tab: tabBase, frozen: 2, printed: 9, links: true, high: 60,
		columns: append([]column[rankedRow]{colPlace()}, fromAll(
			colCompany().wide(26), colPriority(), colScore(), colCity(), colPhone(),
		)...),
	}
	t.columns = append(t.columns,
		known("Контакты", 40, func(t *pipeline.Target) string { return t.Contacts }),
		known("Вероятное оборудование, подшипники (ГОСТ)", 46, func(t *pipeline.Target) string { return t.Equipment }),
		known("Последний разговор", 28, func(t *pipeline.Target) string { return t.LastTalk }),
	)
	t.columns = append(t.columns, fromAll(
		colHook(), colWhy().wide(56), colLastResult(), colPerson(), colPost().wide(18), colWindow(), colSegment(),
		colINN(), colRegion(), colLocalTime(), colOtherPhones(), colEmail(), colSite(), colHeadcount(), colRevenue(),
		colOKVED(), colAttempt(), colManager(), colSources(), colUpdated(),
	)...)
	return t.write(ctx, w, len(w.book.Targets), func(i int, r *rankedRow) {
		target := &w.book.Targets[i]
		*r = rankedRow{Row: target.Row, place: i + 1, target: target}
	})
}

// writeFresh makes «Новые».
func (w *workbook) writeFresh(ctx context.Context) error {
	t := table[rankedRow]{
		name: SheetFresh, tab: tabBase, frozen: 2, printed: 9, high: 60,
		columns: append([]column[rankedRow]{colPlace()}, fromAll(
			colCompany().wide(32), colPriority(), colScore(), colCity(), colSegment(), colPhone())...),
	}
	t.columns = append(t.columns, colWhat())
	t.columns = append(t.columns, fromAll(
		colWhy().wide(56),
		colWindow(), colPerson(), colPost(), colINN(), colRegion(), colOtherPhones(), colEmail(), colSite(),
		colHeadcount(), colRevenue(), colOKVED(), colManager(), colSources(), colUpdated(),
	)...)
	return t.write(ctx, w, len(w.book.Fresh), func(i int, r *rankedRow) {
		*r = rankedRow{Row: w.book.Fresh[i].Row, place: i + 1, what: w.book.Fresh[i].What}
	})
}

func (w *workbook) writeRanked(ctx context.Context, t *table[rankedRow], rows []pipeline.Row) error {
	return t.write(ctx, w, len(rows), func(i int, r *rankedRow) { *r = rankedRow{Row: rows[i], place: i + 1} })
}
