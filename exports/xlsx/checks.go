package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// outcomeList makes the drop-down of «Результат», which refuses other values.
// A list too long to stand in the rule, or with a comma in a value, is taken
// from the hidden sheet.
func (w *workbook) outcomeList(sheet, cells string) error {
	if len(w.book.Outcomes) == 0 {
		return nil
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(cells)
	if inline(w.book.Outcomes) {
		if err := dv.SetDropList(w.book.Outcomes); err != nil {
			return fmt.Errorf("list of results: %w", err)
		}
	} else {
		first := issuedOutcomesRow
		dv.SetSqrefDropList(fmt.Sprintf("'%s'!$B$%d:$B$%d", SheetIssued, first, first+len(w.book.Outcomes)-1))
	}
	return w.refuse(sheet, dv, "Такого результата нет",
		"Выберите результат из списка. Подробности пишите в «Комментарий».")
}

// inlineLimit is the length of a list inside a rule, in UTF-16 units.
const inlineLimit = 255

func inline(values []string) bool {
	for _, v := range values {
		if v == "" || v != clean(v) || strings.ContainsAny(v, ",\"\n") || v[0] == '=' || v != strings.TrimSpace(v) {
			return false
		}
	}
	return len(utf16.Encode([]rune(strings.Join(values, ",")))) <= inlineLimit
}

// dateCheck takes a day, with or without an hour, from the list's own day on.
func (w *workbook) dateCheck(sheet, cells string) error {
	from, err := excelDay(w.book)
	if err != nil {
		return err
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(cells)
	const years = 2
	err = dv.SetRange(from, from+years*366, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	if err != nil {
		return fmt.Errorf("check of dates: %w", err)
	}
	return w.refuse(sheet, dv, "Нужна дата",
		"Введите дату не раньше "+w.book.Date.Russian()+", например "+(w.book.Date+1).Russian()+
			" или "+(w.book.Date+1).Russian()+" 15:00.")
}

func (w *workbook) yesNo(sheet, cells string) error {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(cells)
	if err := dv.SetDropList([]string{"да", "нет"}); err != nil {
		return fmt.Errorf("list of yes and no: %w", err)
	}
	return w.refuse(sheet, dv, "Только «да» или «нет»", "Выберите «да» или «нет» из списка.")
}

func (w *workbook) amountCheck(sheet, cells string) error {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(cells)
	err := dv.SetRange(0, 0, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorGreaterThanOrEqual)
	if err != nil {
		return fmt.Errorf("check of amounts: %w", err)
	}
	dv.Formula2 = ""
	return w.refuse(sheet, dv, "Нужно число", "Введите сумму в рублях числом, без «руб.» и букв.")
}

// refuse adds a rule that lets no other value in. Without SetError a rule
// only offers its list.
func (w *workbook) refuse(sheet string, dv *excelize.DataValidation, title, text string) error {
	dv.SetError(excelize.DataValidationErrorStyleStop, title, text)
	if err := w.file.AddDataValidation(sheet, dv); err != nil {
		return fmt.Errorf("check cells of sheet %q: %w", sheet, err)
	}
	return nil
}

// excelDay is the list's day as Excel counts: days since 1899-12-30.
func excelDay(book *pipeline.Book) (int, error) {
	if !book.Date.Known() {
		return 0, ErrNoDate
	}
	const epoch = 25569 // 1970-01-01
	return int(book.Date) + epoch, nil
}
