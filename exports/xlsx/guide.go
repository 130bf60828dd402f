package xlsx

import "context"

// writeGuide makes «Как заполнять»: topics on the left, what to do on the
// right, and the colours, which only this package knows.
func (w *workbook) writeGuide(ctx context.Context) error {
	s, err := w.begin(SheetGuide, tabAbout)
	if err != nil {
		return err
	}
	if err := s.widths(30, 96); err != nil {
		return err
	}
	if err := s.head("Как заполнять список", w.title(), 2); err != nil {
		return err
	}
	for _, section := range w.book.Guide {
		if err := s.section(section.Title, 2); err != nil {
			return err
		}
		for _, line := range section.Lines {
			if err := s.addWide([]cell{{line, look{kind: kindProse}}}, 1, 2); err != nil {
				return err
			}
		}
		for _, pair := range section.Table {
			if err := s.add([]cell{{pair[0], look{kind: kindBold}}, {pair[1], look{}}}); err != nil {
				return err
			}
		}
	}
	if err := s.legend(); err != nil {
		return err
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
