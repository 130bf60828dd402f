package halfyear

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// book is a manager's workbook as it lies on his table.
type book struct {
	path    string
	columns map[string]int // by title, from 1
	rows    []bookRow
}

type bookRow struct {
	number int // of the sheet, from 1
	inn    company.INN
}

func openBook(path string) (_ *book, err error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return nil, fmt.Errorf("open the list: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	rows, err := f.GetRows(xlsx.SheetCalls)
	if err != nil {
		return nil, fmt.Errorf("read the list: %w", err)
	}
	b := &book{path: path, columns: map[string]int{}}
	for i, title := range rows[0] {
		b.columns[title] = i + 1
	}
	for n, cells := range rows[1:] {
		if i := b.columns["ИНН"] - 1; i < len(cells) {
			if inn, err := company.ParseINN(cells[i]); err == nil {
				b.rows = append(b.rows, bookRow{n + 2, inn})
			}
		}
	}
	return b, nil
}

// habits are how a manager writes.
type habits struct {
	lower    bool // results in small letters
	textDate bool // dates as text
	column   bool // puts a column of her own in front
}

func (w *world) habits(manager string) habits {
	switch manager {
	case "boris":
		return habits{lower: true, textDate: true}
	case "vera":
		return habits{column: true}
	}
	return habits{}
}

// fill writes what came of the calls and saves the file under another name. Where
// slip says so the result is misspelt.
func (b *book) fill(path string, dials []dial, h habits, slip func(dial) bool, saved time.Time) (err error) {
	f, err := excelize.OpenFile(b.path)
	if err != nil {
		return fmt.Errorf("open the list: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	rows := map[company.INN]int{}
	for _, r := range b.rows {
		rows[r.inn] = r.number
	}
	for _, d := range dials {
		if err := b.write(f, rows[d.inn], d, h, slip(d)); err != nil {
			return fmt.Errorf("fill in row %d: %w", rows[d.inn], err)
		}
	}
	if h.column {
		if err := f.InsertCols(xlsx.SheetCalls, "C", 1); err != nil {
			return fmt.Errorf("put in a column: %w", err)
		}
	}
	stamp := saved.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Modified: stamp, Created: stamp}); err != nil {
		return fmt.Errorf("date the file: %w", err)
	}
	if err := f.SaveAs(path); err != nil {
		return fmt.Errorf("save the filled list: %w", err)
	}
	return nil
}

func (b *book) write(f *excelize.File, row int, d dial, h habits, slip bool) error {
	t := d.talk
	set := func(title string, value any) error {
		cell, err := excelize.CoordinatesToCellName(b.columns[title], row)
		if err != nil {
			return err
		}
		return f.SetCellValue(xlsx.SheetCalls, cell, value)
	}
	outcome := t.outcome
	switch {
	case slip:
		outcome = "перезвонть может быть"
	case h.lower:
		outcome = " " + strings.ToLower(outcome)
	}
	err := set("Результат", outcome)
	if d.next.Known() {
		err = errors.Join(err, set("Следующий контакт", nextCell(d, h)))
	}
	if t.comment != "" {
		err = errors.Join(err, set("Комментарий", t.comment))
	}
	if t.consent != "" {
		err = errors.Join(err, set("Согласие", t.consent))
	}
	if t.amount > 0 {
		err = errors.Join(err, set("Сумма (₽)", t.amount))
	}
	if t.phone != "" {
		err = errors.Join(err, set("Телефон", t.phone))
	}
	if t.person != "" {
		err = errors.Join(err, set("ЛПР", t.person))
	}
	return err
}

func nextCell(d dial, h habits) any {
	at := d.next.Time().Add(time.Duration(d.talk.hour) * time.Minute)
	switch {
	case h.textDate && d.talk.hour > 0:
		return at.Format("02.01.2006 15:04")
	case h.textDate:
		return at.Format("02.01.2006")
	}
	return at
}

// decided tells whether whoever decides has spoken.
func decided(outcome string) bool {
	rule, ok := funnel.RuleOf(outcome)
	return ok && rule.Decided
}
