package xlsx

import (
	"context"
	"fmt"

	"obzvon/pipeline"
)

// summaryWidths: a name and figures beside it.
var summaryWidths = [...]float64{46, 12, 12, 12, 12, 12, 12, 12, 44}

// tableColumns of «Сводка» hold tables; the charts stand to the right. Only
// the table of sources, below, is wider.
const tableColumns = 6

// writeSummary makes «Сводка».
func (w *workbook) writeSummary(ctx context.Context) error {
	s, err := w.begin(SheetSummary, tabAbout)
	if err != nil {
		return err
	}
	if err := s.widths(summaryWidths[:]...); err != nil {
		return err
	}
	if err := s.head("Сводка", w.title(), tableColumns); err != nil {
		return err
	}
	parts := []func() error{
		s.aboutList, s.figures, s.sheetCounts, s.segments, s.scores, s.skipped, s.belowCharts, s.sources, s.plan,
	}
	for _, part := range parts {
		if err := part(); err != nil {
			return err
		}
	}
	if err := s.paper(landscape); err != nil {
		return err
	}
	return s.end(ctx)
}

// aboutList tells what made this list, so that it can be told again.
func (s *sheet) aboutList() error {
	b := s.w.book
	lines := [][2]string{
		{"Кто звонит", b.Seller},
		{"Список составлен", b.Issued},
		{"Номер списка", b.ListID},
		{"Настройки сегментов (хеш)", b.ConfigHash},
	}
	if b.BaseHash != "" && b.BaseHash != b.ConfigHash {
		// The list is frozen, the rest follows today's file.
		lines = append(lines, [2]string{"Остальные листы по настройкам", b.BaseHash})
	}
	s.row++
	for _, l := range lines {
		if err := s.add([]cell{{l[0], look{kind: kindBold}}, {l[1], look{kind: kindNote}}}); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) figures() error {
	return s.figureTable("День в цифрах", "Показатель", s.w.book.Summary.Figures)
}

func (s *sheet) skipped() error {
	return s.figureTable("Не попали в «"+SheetCalls+"»", "Причина", s.w.book.Summary.Skipped)
}

// figureTable lists named numbers; without any there is no table.
func (s *sheet) figureTable(title, head string, figures []pipeline.Figure) error {
	if len(figures) == 0 {
		return nil
	}
	if err := s.section(title, tableColumns); err != nil {
		return err
	}
	if err := s.heads(head, "Число"); err != nil {
		return err
	}
	for _, f := range figures {
		cells := []cell{{f.Title, look{}}, {f.Value, look{kind: kindInt}}, {f.Note, look{kind: kindProse}}}
		if err := s.addWide(cells, 3, tableColumns); err != nil {
			return err
		}
	}
	return nil
}

// sheetCounts says of the sheets that are cut how much of the whole they show.
func (s *sheet) sheetCounts() error {
	if err := s.section("Листы этой книги", tableColumns); err != nil {
		return err
	}
	if err := s.heads("Лист", "Показано", "Всего"); err != nil {
		return err
	}
	b := s.w.book
	type count struct {
		name       string
		shown, all int
	}
	counts := []count{{SheetCalls, len(b.Calls), len(b.Calls)}}
	for priority := 1; priority <= 3; priority++ {
		t := s.w.tier(priority)
		name := tierName(priority)
		if t.Title != "" && t.Title != name {
			name += ": " + t.Title
		}
		counts = append(counts, count{name, len(t.Rows), max(t.Total, len(t.Rows))})
	}
	counts = append(counts,
		count{SheetTargets, len(b.Targets), len(b.Targets)},
		count{SheetFresh, len(b.Fresh), max(b.FreshAll, len(b.Fresh))},
		count{SheetReview, len(b.Review), max(b.ReviewAll, len(b.Review))})
	for _, c := range counts {
		cells := []cell{{c.name, look{}}, {c.shown, look{kind: kindInt}}, {c.all, look{kind: kindInt}}}
		if err := s.add(cells); err != nil {
			return err
		}
	}
	return nil
}

// segments lists leads by segment, each under its priority, with the chart.
func (s *sheet) segments() error {
	lines := s.w.book.Summary.Segments
	if len(lines) == 0 {
		return nil
	}
	if err := s.section("Компании по сегментам", tableColumns); err != nil {
		return err
	}
	if err := s.heads("Сегмент", "Приоритет 1", "Приоритет 2", "Приоритет 3", "Можно звонить", "Сегодня в списке"); err != nil {
		return err
	}
	first := s.row + 1
	for _, l := range lines {
		cells := []cell{{l.Segment, look{}}}
		for priority := 1; priority <= 3; priority++ {
			c := cell{nil, look{kind: kindInt}}
			if l.Priority == priority {
				c.value = l.Leads
			}
			cells = append(cells, c)
		}
		cells = append(cells, cell{l.Dialable, look{kind: kindInt}}, cell{l.Listed, look{kind: kindInt}})
		if err := s.add(cells); err != nil {
			return err
		}
	}
	return s.chart(segmentChart(s.name, first, s.row), 0)
}

// scores lists how the points are spread, with the chart.
func (s *sheet) scores() error {
	bands := s.w.book.Summary.Scores
	if len(bands) == 0 {
		return nil
	}
	if err := s.section("Распределение баллов", tableColumns); err != nil {
		return err
	}
	if err := s.heads("Балл", "Приоритет 1", "Приоритет 2", "Приоритет 3", "Всего"); err != nil {
		return err
	}
	first := s.row + 1
	for _, b := range bands {
		cells := []cell{{fmt.Sprintf("%d–%d", b.From, b.To), look{}}}
		var sum int64
		for _, n := range b.ByPriority {
			cells = append(cells, cell{n, look{kind: kindInt}})
			sum += n
		}
		if err := s.add(append(cells, cell{sum, look{kind: kindInt}})); err != nil {
			return err
		}
	}
	return s.chart(scoreChart(s.name, first, s.row), 1)
}

// sources shows for each source that no row was lost: declared = read +
// unread, read = taken + not wanted + quarantined.
func (s *sheet) sources() error {
	lines := s.w.book.Summary.Sources
	if len(lines) == 0 {
		return nil
	}
	if err := s.section("Источники", len(summaryWidths)); err != nil {
		return err
	}
	err := s.add([]cell{{"Заявлено = прочитано + не прочитано; прочитано = взято + не подошло + отложено с ошибкой.", look{kind: kindNote}}})
	if err != nil {
		return err
	}
	if err := s.heads("Источник", "Данные от", "Заявлено", "Прочитано", "Не прочитано", "Взято", "Не подошло", "Отложено", "Состояние"); err != nil {
		return err
	}
	for i := range lines {
		if err := s.add(sourceCells(&lines[i])); err != nil {
			return err
		}
	}
	return nil
}

func sourceCells(l *pipeline.SourceLine) []cell {
	name := l.Title
	if name == "" {
		name = l.Name
	}
	state := l.State
	if l.Note != "" {
		state += ". " + l.Note
	}
	number := look{kind: kindInt}
	if l.Counts.Check() != nil {
		number.fill = fillMissing
		state = "СТРОКИ НЕ СХОДЯТСЯ. " + state
	}
	return []cell{
		{name, look{}},
		{day(l.Release), look{kind: kindDate}},
		{l.Counts.Declared, number},
		{l.Counts.Read, number},
		{l.Counts.Unread, number},
		{l.Counts.Taken, number},
		{l.Counts.NotWanted, number},
		{l.Counts.Quarantined, number},
		{state, look{}},
	}
}

// heads writes the header of a table on a page.
func (s *sheet) heads(titles ...string) error {
	cells := make([]cell, len(titles))
	for i, t := range titles {
		cells[i] = cell{t, look{kind: kindHeader}}
	}
	return s.addHigh(cells, 32)
}
