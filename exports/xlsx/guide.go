package xlsx

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline"
)

// writeGuide makes «Как заполнять»: the colours, which only this package knows,
// then topics on the left and what to do on the right.
func (w *workbook) writeGuide(ctx context.Context) error {
	s, err := w.begin(SheetGuide, tabAbout)
	if err != nil {
		return err
	}
	if err := s.widths(24, 110); err != nil {
		return err
	}
	if err := s.head("Как заполнять список", w.title(), 2); err != nil {
		return err
	}
	if err := s.legend(); err != nil {
		return err
	}
	sections := w.book.Guide
	if w.plan.whole {
		sections = append(slices.Clone(sections), decisions())
	}
	left := guidePage - legendHeight
	for i := range sections {
		if left, err = s.guideSection(&sections[i], left); err != nil {
			return err
		}
	}
	if err := s.paper(portrait); err != nil {
		return err
	}
	return s.end(ctx)
}

// legend tells what the colours of «Обзвон» mean.
func (s *sheet) legend() error {
	if err := s.section("Цвета на листе «"+SheetCalls+"»", 2); err != nil {
		return err
	}
	lines := []struct{ fill, name, text string }{
		{fillOverdue, "Просрочено", "Звонок был обещан на более ранний день. Начните с этих строк."},
		{fillToday, "Обещано на сегодня", "О звонке договорились на этот день."},
		{fillAgain, "Повторный звонок", "Не дозвонились раньше или пора спросить об интересе, КП, тестовой партии."},
		{fillClient, "Клиент", "Первые недели после договора: узнать, всё ли в порядке."},
		{fillNew, "Новая компания", "Ещё ни разу не была в списке."},
		{fillAsk, "Заполнить", "Сюда пишете вы: результат, следующий контакт, комментарий, согласие, сумма."},
		{fillDone, "Готово", "Вся строка сереет, когда выбран результат."},
		{fillMissing, "Нет даты", "Выбрано «" + outcomeCallback + "», а день следующего контакта не указан."},
	}
	for _, l := range lines {
		if err := s.add([]cell{{l.name, look{kind: kindText, fill: l.fill}}, {l.text, look{}}}); err != nil {
			return err
		}
	}
	return nil
}

// guidePage is how much of the sheet stands on a page, in points of row height:
// A4 less its margins, at the scale at which the columns fit its width.
const guidePage = 960.0

// legendHeight is what stands above the first section.
const legendHeight = 220.0

// sectionGap is the free line before a section and its heading.
const sectionGap = lineHeight + 20

// guideSection writes a section. One that fits a page is not torn: left is what
// is left of the page, before and after.
func (s *sheet) guideSection(g *pipeline.GuideSection, left float64) (float64, error) {
	high := s.guideHeight(g)
	if high > left && high <= guidePage {
		if err := s.w.file.InsertPageBreak(s.name, at(1, s.row+2)); err != nil {
			return 0, fmt.Errorf("break page of sheet %q: %w", s.name, err)
		}
		left = guidePage
	}
	for high > left {
		left += guidePage
	}
	if err := s.section(g.Title, 2); err != nil {
		return 0, err
	}
	for _, line := range g.Lines {
		if err := s.addWide([]cell{{line, look{kind: kindProse}}}, 1, 2); err != nil {
			return 0, err
		}
	}
	for _, pair := range g.Table {
		if err := s.add(guideRow(pair)); err != nil {
			return 0, err
		}
	}
	return left - high, nil
}

func guideRow(pair [2]string) []cell {
	return []cell{{pair[0], look{kind: kindBold}}, {pair[1], look{}}}
}

// guideHeight is how high a section will be.
func (s *sheet) guideHeight(g *pipeline.GuideSection) float64 {
	high := sectionGap
	for _, line := range g.Lines {
		high += lineHeight * float64(linesOf(line, s.cols[0]+s.cols[1]-padding, kindProse))
	}
	for _, pair := range g.Table {
		high += rowHeight(s.cols, guideRow(pair))
	}
	return high
}

// decisions tells what to do with «На проверку», which the whole book alone has.
func decisions() pipeline.GuideSection {
	return pipeline.GuideSection{
		Title: "Столбец «" + colTitleDecision + "» на листе «" + SheetReview + "»",
		Table: [][2]string{
			{"Что там", "Карточки справочников и сайты, у которых компания не определилась: «Почему не решено» говорит, чего не хватило. У карточки до трёх строк, по одной на возможную компанию."},
			{"да", "Карточка принадлежит компании этой строки, навсегда. Достаточно одной строки карточки. В «" + colTitleCandidateINN + "» можно вписать другой ИНН."},
			{"нет", "Не принадлежит ей, навсегда."},
			{"пусто", "Вопрос открыт, строка придёт снова."},
			{"Источник «Звонки»", "Не карточка: звонить некуда или решать руководителю. Что сделать, сказано в «Почему не решено»."},
			{"Как отдать", "Сохраните книгу и загрузите её: obzvon outcomes import ФАЙЛ. Решение учтёт следующий запуск. Столбец «" + colTitleKey + "» не меняйте."},
		},
	}
}

// head writes a page's title, under the banner when there is one.
func (s *sheet) head(title, note string, columns int) error {
	if banner := s.w.banner(); banner != "" {
		if err := s.addHigh(across(banner, kindBanner, columns), 22); err != nil {
			return err
		}
	}
	if err := s.addHigh([]cell{{title, look{kind: kindTitle}}}, 26); err != nil {
		return err
	}
	if err := s.add([]cell{{note, look{kind: kindNote}}}); err != nil {
		return err
	}
	s.top = s.row
	return nil
}

// section leaves a line free and writes a heading over some columns.
func (s *sheet) section(title string, columns int) error {
	s.row++
	return s.addHigh(across(title, kindSection, columns), 20)
}

// across is a text whose look goes on over some columns.
func across(text string, k kind, columns int) []cell {
	cells := make([]cell, columns)
	for i := range cells {
		cells[i].look.kind = k
	}
	cells[0].value = text
	return cells
}
