package xlsx_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/exporttest"
)

func equalRows(a, b pipeline.ReturnedRow) bool {
	return a.Row == b.Row && maps.Equal(a.Cells, b.Cells) && maps.Equal(a.Dates, b.Dates)
}

// TestUntouchedBook: what comes back as it went out is what was issued, cell by
// cell, for every file of the list.
func TestUntouchedBook(t *testing.T) {
	book := exporttest.Book()
	book.Sample = true
	for _, a := range write(t, book) {
		data, err := os.ReadFile(a.Path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readBytes(data)
		if err != nil {
			t.Fatalf("%s: %v", a.Path, err)
		}
		l := got.Sheet.List
		if l.ID != book.ListID || l.Day != book.Date || l.Manager != a.Manager || !l.Sample || l.Version != book.Version {
			t.Errorf("%s: list %+v", a.Path, l)
		}
		sum := sha256.Sum256(data)
		if got.Sheet.Name != "a.xlsx" || got.Sheet.Digest != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: named %q, digest %s", a.Path, got.Sheet.Name, got.Sheet.Digest)
		}
		if len(got.Sheet.Rows) != a.Rows || len(l.Issued) != a.Rows || len(got.Unread) != 0 {
			t.Fatalf("%s: %d rows, %d issued, %d wanted, unread %+v", a.Path, len(got.Sheet.Rows), len(l.Issued), a.Rows, got.Unread)
		}
		for i, r := range got.Sheet.Rows {
			if r.Row != i+2 || !maps.Equal(r.Cells, l.Issued[company.INN(r.Cells["ИНН"])]) {
				t.Fatalf("%s: row %+v, issued %v", a.Path, r, l.Issued[company.INN(r.Cells["ИНН"])])
			}
			if !r.Dates["Обновлено"] || len(r.Dates) != 1 {
				t.Fatalf("%s, row %d: dates %v", a.Path, r.Row, r.Dates)
			}
		}
	}
}

// TestHostileTextsComeBack: no text of a row is read as anything else.
func TestHostileTextsComeBack(t *testing.T) {
	book := short(false)
	texts := exporttest.Hostile()
	for i := range book.Calls {
		book.Calls[i].Hook = texts[i%len(texts)]
		book.Calls[i].Why = texts[(i+5)%len(texts)]
	}
	got, err := returned(t, write(t, book)[0].Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got.Sheet.Rows {
		if !maps.Equal(r.Cells, got.Sheet.List.Issued[company.INN(r.Cells["ИНН"])]) {
			t.Errorf("row %d: %v", r.Row, r.Cells)
		}
	}
}

// edit is what a manager does with the first sheet.
type edit func(t *testing.T, f *excelize.File, set func(title string, row int, value any))

func edited(t *testing.T, path string, do edit) (*xlsx.Returned, error) {
	t.Helper()
	return readBytes(editedBytes(t, path, do))
}

func editedBytes(t *testing.T, path string, do edit) []byte {
	t.Helper()
	f := open(t, path)
	head := rows(t, f, xlsx.SheetCalls)[0]
	do(t, f, func(title string, row int, value any) {
		cell, err := excelize.CoordinatesToCellName(slices.Index(head, title)+1, row)
		must(t, err, f.SetCellValue(xlsx.SheetCalls, cell, value))
	})
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestFilledBook: whatever a manager does to the sheet, each row comes back with
// its company and its result.
func TestFilledBook(t *testing.T) {
	fill := func(set func(string, int, any)) {
		set("Результат", 3, " недозвон ")
		set("Комментарий", 4, "занято\nзвонить после обеда")
		set("Следующий контакт", 4, 46350)
		set("Сумма (₽)", 5, 150000.5)
		set("Телефон", 5, "8 907 000-11-22")
	}
	tests := map[string]edit{
		"filled": func(t *testing.T, f *excelize.File, set func(string, int, any)) { fill(set) },
		"rows and columns put above and beside": func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			fill(set)
			must(t, f.InsertRows(xlsx.SheetCalls, 1, 3), f.InsertCols(xlsx.SheetCalls, "A", 2), f.InsertCols(xlsx.SheetCalls, "G", 1),
				f.SetCellStr(xlsx.SheetCalls, "A1", "Мой список на понедельник"), f.SetCellStr(xlsx.SheetCalls, "G4", "Мои пометки"), f.SetCellStr(xlsx.SheetCalls, "G7", "важно"))
		},
		"titles written otherwise": func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			fill(set)
			set("Результат", 1, "  РЕЗУЛЬТАТ\n")
			set("ИНН", 1, "инн")
			set("Сумма (₽)", 1, "Сумма, руб.")
			set("Следующий контакт", 1, "следующий  контакт:")
		},
		"hidden and filtered": func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			fill(set)
			must(t, f.SetRowVisible(xlsx.SheetCalls, 4, false), f.SetColVisible(xlsx.SheetCalls, "S", false))
		},
		"rows taken away": func(t *testing.T, f *excelize.File, set func(string, int, any)) {
			fill(set)
			must(t, f.RemoveRow(xlsx.SheetCalls, 2))
		},
	}
	path := write(t, short(false))[1].Path
	plain, err := edited(t, path, func(*testing.T, *excelize.File, func(string, int, any)) {})
	must(t, err)
	inn := func(row int) string { return plain.Sheet.Rows[row-2].Cells["ИНН"] }
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := edited(t, path, do)
			if err != nil {
				t.Fatal(err)
			}
			by := map[string]pipeline.ReturnedRow{}
			for _, r := range got.Sheet.Rows {
				by[r.Cells["ИНН"]] = r
			}
			for _, want := range []struct {
				row          int
				title, value string
			}{
				{3, "Результат", " недозвон "},
				{4, "Комментарий", "занято\nзвонить после обеда"},
				{4, "Следующий контакт", "46350"},
				{5, "Сумма (₽)", "150000.5"},
				{5, "Телефон", "8 907 000-11-22"},
				{6, "Результат", ""},
			} {
				if r := by[inn(want.row)]; r.Cells[want.title] != want.value {
					t.Errorf("row %d, %s: %q, want %q", want.row, want.title, r.Cells[want.title], want.value)
				}
			}
			if !by[inn(4)].Dates["Следующий контакт"] {
				t.Error("the date of the next contact is no date")
			}
			if len(got.Unread) != 0 || got.Sheet.List.Issued[company.INN(inn(5))]["Телефон"] == "8 907 000-11-22" {
				t.Errorf("unread %+v, issued %v", got.Unread, got.Sheet.List.Issued[company.INN(inn(5))])
			}
			if name == "rows and columns put above and beside" && by[inn(4)].Cells["Мои пометки"] != "важно" {
				t.Errorf("own column: %v", by[inn(4)].Cells)
			}
		})
	}
}

// TestRowByHand: a row that a manager types below comes back, whatever it lacks.
func TestRowByHand(t *testing.T) {
	got, err := edited(t, write(t, short(false))[2].Path, func(t *testing.T, f *excelize.File, set func(string, int, any)) {
		set("Компания", 9, "ООО «Новая»")
		set("Результат", 9, "Интерес")
		set("ИНН", 11, 5902000008)
		must(t, f.SetCellStr(xlsx.SheetCalls, "AN12", "без заголовка"))
	})
	must(t, err)
	last := got.Sheet.Rows[len(got.Sheet.Rows)-3:]
	want := []pipeline.ReturnedRow{
		{Row: 9, Cells: map[string]string{"Компания": "ООО «Новая»", "Результат": "Интерес"}},
		{Row: 11, Cells: map[string]string{"ИНН": "5902000008"}},
		{Row: 12, Cells: map[string]string{"столбец AN": "без заголовка"}},
	}
	if !slices.EqualFunc(last, want, equalRows) {
		t.Errorf("rows %+v, want %+v", last, want)
	}
}

// TestUnread: what is left aside is named.
func TestUnread(t *testing.T) {
	got, err := edited(t, write(t, short(false))[1].Path, func(t *testing.T, f *excelize.File, set func(string, int, any)) {
		at, err := f.NewSheet("Обзвон (2)")
		must(t, err)
		from, err := f.GetSheetIndex(xlsx.SheetCalls)
		must(t, err, f.CopySheet(from, at), f.SetCellStr(xlsx.SheetCalls, "AG1", "Результат"))
	})
	must(t, err)
	if len(got.Unread) != 2 || !strings.Contains(got.Unread[0].Text, "«Результат» есть дважды") || !strings.Contains(got.Unread[1].Text, "«Обзвон (2)»") {
		t.Errorf("unread %+v", got.Unread)
	}
}
