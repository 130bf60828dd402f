package xlsx_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/exporttest"
)

// office runs LibreOffice with a profile of its own in dir, in a zone that is not
// the seller's.
func office(t *testing.T, dir string, args ...string) {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skipf("LibreOffice is not installed: %v", err)
	}
	args = append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore"}, args...)
	cmd := exec.CommandContext(t.Context(), soffice, args...)
	cmd.Env = append(os.Environ(), "TZ=Asia/Yekaterinburg")
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

// throughOffice saves a workbook by LibreOffice, as a manager would.
func throughOffice(t *testing.T, data []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	from, to := filepath.Join(dir, "list.xlsx"), filepath.Join(dir, "saved")
	must(t, os.WriteFile(from, data, 0o600))
	office(t, dir, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", to, from)
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

// typing is a program for LibreOffice that types into the first sheet as hands
// do: what is typed is understood as a date, a number or a text.
const typing = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Fill
 Dim a(0) As New com.sun.star.beans.PropertyValue
 Dim d As Object
 a(0).Name = &quot;Hidden&quot;
 a(0).Value = True
 d = StarDesktop.loadComponentFromURL(&quot;FILE&quot;, &quot;_blank&quot;, 0, a())
 With d.Sheets.getByName(&quot;Обзвон&quot;)
CELLS
 .Rows.removeByIndex(1, 1)
 .Columns.insertByIndex(2, 1)
 End With
 d.store()
 d.close(True)
End Sub
</script:module>`

// TestFilledInLibreOffice: a list that is filled in and saved in LibreOffice comes
// back whole, dates as dates, and with the time when it was saved.
func TestFilledInLibreOffice(t *testing.T) {
	book := short(false)
	yesterday := time.Now().Add(-24 * time.Hour).UTC().Truncate(time.Minute)
	book.Issued = yesterday.Add(3*time.Hour).Format("2006-01-02 15:04") + " МСК"
	path := write(t, book)[1].Path
	before, err := os.ReadFile(path)
	must(t, err)
	plain, err := readBytes(before)
	must(t, err)
	head := rows(t, open(t, path), xlsx.SheetCalls)[0]
	typed := []struct {
		row               int
		title, text, want string
		date              bool
	}{
		{3, "Результат", "Перезвонить", "Перезвонить", false},
		{3, "Следующий контакт", "2026-11-25", "46351", true},
		{4, "Следующий контакт", "2026-11-25 14:30", "46351.6041666667", true},
		{4, "Комментарий", "занято, потом", "занято, потом", false},
		{5, "Следующий контакт", "в четверг", "в четверг", false},
		{5, "Сумма (₽)", "150000", "150000", false},
		{6, "Комментарий", "=1+2", "3", false},
		{7, "Результат", "недозвон", "недозвон", false},
		{7, "Согласие", "да", "да", false},
		{8, "Комментарий", "=1/0", "", false},
	}
	var cells strings.Builder
	for _, c := range typed {
		fmt.Fprintf(&cells, " .getCellByPosition(%d, %d).FormulaLocal = &quot;%s&quot;\n", slices.Index(head, c.title), c.row-1, c.text)
	}
	dir := t.TempDir()
	office(t, dir, "--terminate_after_init") // makes the profile
	program := strings.NewReplacer("FILE", "file://"+path, "CELLS", cells.String()).Replace(typing)
	must(t, os.WriteFile(filepath.Join(dir, "profile", "user", "basic", "Standard", "Module1.xba"), []byte(program), 0o600))
	office(t, dir, "macro:///Standard.Module1.Fill")
	after, err := os.ReadFile(path)
	must(t, err)
	if bytes.Equal(before, after) {
		t.Skip("LibreOffice runs no macros here")
	}
	got, err := readBytes(after)
	must(t, err)
	if age := time.Since(got.Saved); age < -time.Minute || age > time.Hour {
		t.Errorf("saved %v, %v ago", got.Saved, age)
	}
	want := map[string]pipeline.ReturnedRow{}
	for _, r := range plain.Sheet.Rows[1:] { // the first was taken out
		want[r.Cells["ИНН"]] = r
	}
	for _, c := range typed {
		r := plain.Sheet.Rows[c.row-2]
		if c.want != "" {
			r.Cells[c.title] = c.want
		}
		if c.date {
			r.Dates[c.title] = true
		}
	}
	if len(got.Sheet.Rows) != len(want) {
		t.Errorf("%d rows, want %d", len(got.Sheet.Rows), len(want))
	}
	for _, r := range got.Sheet.Rows {
		w := want[r.Cells["ИНН"]]
		if w.Row--; !equalRows(r, w) {
			t.Errorf("row\n%+v, want\n%+v", r, w)
		}
	}
}
