package xlsx_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/exporttest"
)

// throughOffice saves a workbook by LibreOffice, as a manager would.
func throughOffice(t *testing.T, data []byte) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skipf("LibreOffice is not installed: %v", err)
	}
	dir := t.TempDir()
	from, to := filepath.Join(dir, "list.xlsx"), filepath.Join(dir, "saved")
	must(t, os.WriteFile(from, data, 0o600))
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", to, from)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(to, "list.xlsx"))
	must(t, err)
	return saved
}

// TestThroughLibreOffice: a filled list that LibreOffice has saved says the same
// as before, cell by cell, and so does what was issued.
func TestThroughLibreOffice(t *testing.T) {
	book := exporttest.Book()
	book.Calls[1].Hook = "строка\nвторая; \"кавычки\", 'апостроф', =1+1, _x0041_"
	data := editedBytes(t, write(t, book)[0].Path, func(t *testing.T, f *excelize.File, set func(string, int, any)) {
		for i, outcome := range exporttest.Outcomes() {
			set("Результат", 2+2*i, outcome)
		}
		set("Результат", 3, " недозвон ")
		set("Следующий контакт", 4, 46350)
		set("Следующий контакт", 5, "25.11.2026")
		set("Следующий контакт", 6, "в четверг после обеда")
		set("Комментарий", 4, "занято\nзвонить после обеда")
		set("Комментарий", 5, "=1+1")
		set("Комментарий", 6, "-")
		set("Сумма (₽)", 7, 150000.5)
		set("Согласие", 7, "да")
		set("Телефон", 8, "8 907 000-11-22")
		set("Компания", 70, "ООО «Новая»")
		set("ИНН", 71, 5902000008)
		must(t, f.InsertCols(xlsx.SheetCalls, "C", 1), f.SetCellStr(xlsx.SheetCalls, "C1", "Моё"), f.SetCellStr(xlsx.SheetCalls, "C9", "пометка"),
			f.InsertRows(xlsx.SheetCalls, 1, 1), f.SetRowVisible(xlsx.SheetCalls, 12, false))
		head := rows(t, f, xlsx.SheetReview)[0]
		cell, err := excelize.CoordinatesToCellName(slices.Index(head, "Решение")+1, 2)
		must(t, err, f.SetCellStr(xlsx.SheetReview, cell, "да"))
	})
	before, err := readBytes(data)
	must(t, err)
	after, err := readBytes(throughOffice(t, data))
	must(t, err)
	if !slices.EqualFunc(before.Sheet.Rows, after.Sheet.Rows, equalRows) {
		for i, r := range before.Sheet.Rows {
			if i < len(after.Sheet.Rows) && !equalRows(r, after.Sheet.Rows[i]) {
				t.Errorf("row\n%+v, LibreOffice has\n%+v", r, after.Sheet.Rows[i])
			}
		}
		t.Errorf("%d rows, LibreOffice has %d", len(before.Sheet.Rows), len(after.Sheet.Rows))
	}
	same := func(a, b map[string]string) bool { return maps.Equal(a, b) }
	if a, b := before.Sheet.List, after.Sheet.List; a.ID != b.ID || a.Day != b.Day || !maps.EqualFunc(a.Issued, b.Issued, same) {
		t.Errorf("issued otherwise: %+v, %+v", a.ID, b.ID)
	}
	if len(after.Unread) != 0 || len(before.Decisions) != 1 || len(after.Decisions) != 1 || after.Decisions[0].Key != before.Decisions[0].Key {
		t.Errorf("unread %v, decisions %v, %v", after.Unread, before.Decisions, after.Decisions)
	}
	changed(t, after)
}

// changed asserts which rows differ from what was issued.
func changed(t *testing.T, r *xlsx.Returned) {
	t.Helper()
	differs := map[string]int{}
	for _, row := range r.Sheet.Rows {
		issued, ok := r.Sheet.List.Issued[company.INN(row.Cells["ИНН"])]
		if !ok {
			differs["new"]++
			continue
		}
		count(differs, row, issued)
	}
	want := map[string]int{
		"new": 2, "Результат": 13, "Следующий контакт": 3, "Комментарий": 3, "Сумма (₽)": 1, "Согласие": 1, "Телефон": 1, "Моё": 1,
	}
	if !maps.Equal(differs, want) {
		t.Errorf("edits %v, want %v", differs, want)
	}
}

func count(differs map[string]int, row pipeline.ReturnedRow, issued map[string]string) {
	for title, text := range row.Cells {
		if text != issued[title] {
			differs[title]++
		}
	}
}
