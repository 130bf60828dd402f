package xlsx_test

import (
	"errors"
	"os"
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/realfiles"
)

func readReal(t *testing.T, name string) (*xlsx.Returned, error) {
	t.Helper()
	path := realfiles.Path(t, "call-list/"+name)
	data, err := os.ReadFile(path)
	must(t, err)
	return readBytes(data)
}

// TestSampleLists: lists of an earlier form, without the hidden sheet. They are
// read as plain tables, each row of them; the same file saved by LibreOffice
// says the same.
func TestSampleLists(t *testing.T) {
	empty, err := readReal(t, "1-empty-excelize.xlsx")
	must(t, err)
	if len(empty.Sheet.Rows) != 24 || empty.Sheet.List != nil || len(empty.Unread) != 0 {
		t.Errorf("empty: %d rows, list %v, unread %v", len(empty.Sheet.Rows), empty.Sheet.List, empty.Unread)
	}
	filled, err := readReal(t, "2-filled-excelize.xlsx")
	must(t, err)
	saved, err := readReal(t, "3-filled-saved-by-libreoffice.xlsx")
	must(t, err)
	if len(filled.Sheet.Rows) != 25 || len(saved.Sheet.Rows) != 25 || len(filled.Unread)+len(saved.Unread) != 0 {
		t.Fatalf("filled: %d rows, saved by LibreOffice %d, unread %v, %v", len(filled.Sheet.Rows), len(saved.Sheet.Rows), filled.Unread, saved.Unread)
	}
	for i, r := range filled.Sheet.Rows {
		if !equalRows(r, saved.Sheet.Rows[i]) {
			t.Errorf("row %+v, LibreOffice has %+v", r, saved.Sheet.Rows[i])
		}
	}
	wants := []struct {
		at                         int
		row                        int
		inn, result, next, comment string
		date                       bool
	}{
		{at: 0, row: 2, inn: "9998001014", result: "Недозвон", comment: "занято\nперезвонить после обеда"},
		{at: 1, row: 3, inn: "9998001381", result: "недозвон", next: "46082", date: true},
		{at: 2, row: 4, inn: "999800058336", result: " Перезвонить ", next: "46086", date: true, comment: "=1+1 сказал сам перезвонит"},
		{at: 3, row: 5, inn: "9998002120", result: "Интерес", next: "46085.6041666667", date: true, comment: "+7 907 000-99-99 – прямой номер снабжения"},
		{at: 4, row: 6, inn: "9998002498", result: "КП отправлено", next: "06.03.2026", comment: "@ivan просил КП на 6205-2RS «SKF», 22220; 32218"},
		{at: 5, row: 7, inn: "9998002868", result: "Не звонить", next: "в четверг"},
		{at: 6, row: 8, inn: "9998003237", result: "Нет такого номера", comment: "-"},
		{at: 10, row: 12, inn: "999800091157", result: "Отказ"},
		{at: 23, row: 26, inn: "", result: "Интерес"},
		{at: 24, row: 27, inn: "9998007778", result: "Перезвонить", next: "46086", date: true},
	}
	for _, w := range wants {
		r := filled.Sheet.Rows[w.at]
		if r.Row != w.row || r.Cells["ИНН"] != w.inn || r.Cells["Результат"] != w.result || r.Cells["Следующий контакт"] != w.next ||
			r.Cells["Комментарий"] != w.comment || r.Dates["Следующий контакт"] != w.date {
			t.Errorf("row %+v, want %+v", r, w)
		}
	}
}

func TestSampleListsRefused(t *testing.T) {
	for name, want := range map[string]error{
		"4-filled-saved-by-libreoffice.ods": xlsx.ErrODS, "5-filled-saved-by-libreoffice.xls": xlsx.ErrXLS,
	} {
		if _, err := readReal(t, name); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
