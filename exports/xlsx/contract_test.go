package xlsx_test

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// contractColumns is section 3 of the design, word for word.
const contractColumns = "№, Приоритет, Компания, Город, Звонить (МСК), Телефон, ЛПР, Должность ЛПР, Зацепка, Прошлый результат, " +
	"Результат, Следующий контакт, Комментарий, " +
	"Согласие, Сумма (₽), Балл, Сегмент, Почему в списке, ИНН, Регион, Время компании, Другие телефоны, E-mail, Сайт, " +
	"Сотрудники, Выручка (млн ₽), ОКВЭД, Попытка, Менеджер, Источники, Обновлено"

func TestSheets(t *testing.T) {
	made := write(t, exporttest.Book())
	want := map[string][]string{
		"call-list-2026-11-23.xlsx": {
			"Обзвон", "Приоритет 1", "Приоритет 2", "Приоритет 3", "ТОП-20", "Новые", "Сводка", "На проверку", "Как заполнять", "_obzvon",
		},
		"call-list-2026-11-23-anna.xlsx": {"Обзвон", "Как заполнять", "_obzvon"},
		"call-list-2026-11-23-oleg.xlsx": {"Обзвон", "Как заполнять", "_obzvon"},
	}
	if len(made) != len(want) {
		t.Fatalf("%d artefacts, want %d", len(made), len(want))
	}
	for _, a := range made {
		f := open(t, a.Path)
		if got := f.GetSheetList(); !slices.Equal(got, want[filepath.Base(a.Path)]) {
			t.Errorf("%s: sheets %q", filepath.Base(a.Path), got)
		}
		if head := rows(t, f, "Обзвон")[0]; strings.Join(head, ", ") != contractColumns {
			t.Errorf("%s: columns %q", filepath.Base(a.Path), head)
		}
		if i := f.GetActiveSheetIndex(); i != 0 {
			t.Errorf("%s opens on sheet %d", filepath.Base(a.Path), i)
		}
	}
}

func TestManagersGetTheirOwnCallsNumberedFromOne(t *testing.T) {
	book := exporttest.Book()
	made := write(t, book)
	total := 0
	for _, a := range made[1:] {
		got := rows(t, open(t, a.Path), "Обзвон")[1:]
		if len(got) != a.Rows {
			t.Errorf("%s: %d rows, artefact says %d", a.Manager, len(got), a.Rows)
		}
		total += len(got)
		for i, row := range got {
			if row[0] != strconv.Itoa(i+1) {
				t.Fatalf("%s: row %d has number %s", a.Manager, i+1, row[0])
			}
			at := slices.IndexFunc(book.Calls, func(r pipeline.Row) bool { return string(r.INN) == row[18] })
			if book.Calls[at].ManagerID != a.Manager {
				t.Fatalf("%s: row %d belongs to %s", a.Manager, i+1, book.Calls[at].ManagerID)
			}
		}
	}
	if total != len(book.Calls) {
		t.Errorf("managers have %d rows of %d", total, len(book.Calls))
	}
}

// validation is a rule on cells as it stands in the file.
type validation struct {
	Type       string `xml:"type,attr"`
	Style      string `xml:"errorStyle,attr"`
	ShowError  bool   `xml:"showErrorMessage,attr"`
	NoDropDown bool   `xml:"showDropDown,attr"` // yes: it hides the arrow
	Error      string `xml:"error,attr"`
	ErrorTitle string `xml:"errorTitle,attr"`
	Cells      string `xml:"sqref,attr"`
	Formula    string `xml:"formula1"`
}

func validations(t *testing.T, path, sheet string) map[string]validation {
	t.Helper()
	var ws struct {
		Rules []validation `xml:"dataValidations>dataValidation"`
	}
	if err := xml.Unmarshal([]byte(sheetXML(t, path, sheet)), &ws); err != nil {
		t.Fatal(err)
	}
	out := map[string]validation{}
	for _, r := range ws.Rules {
		out[strings.TrimRight(strings.Split(r.Cells, ":")[0], "0123456789")] = r
	}
	return out
}

func TestCellsRefuseOtherValues(t *testing.T) {
	made := write(t, exporttest.Book())
	list := `"` + strings.Join(exporttest.Outcomes(), ",") + `"`
	tests := []struct{ file, sheet, column, kind, formula string }{
		{made[0].Path, "Обзвон", "K", "list", list},
		{made[1].Path, "Обзвон", "K", "list", list},
		{made[1].Path, "Обзвон", "L", "date", "46349"}, // 23.11.2026
		{made[1].Path, "Обзвон", "N", "list", `"да,нет"`},
		{made[1].Path, "Обзвон", "O", "decimal", "0"},
		{made[0].Path, "На проверку", "J", "list", `"да,нет"`},
	}
	for _, test := range tests {
		v, ok := validations(t, test.file, test.sheet)[test.column]
		if !ok {
			t.Errorf("%s, column %s: no rule", test.sheet, test.column)
			continue
		}
		if !v.ShowError || v.Style != "" && v.Style != "stop" || v.NoDropDown {
			t.Errorf("%s, column %s does not refuse: %+v", test.sheet, test.column, v)
		}
		if v.Type != test.kind || v.Formula != test.formula {
			t.Errorf("%s, column %s: %s %s", test.sheet, test.column, v.Type, v.Formula)
		}
		if n := len([]rune(v.Error)); n == 0 || n > 225 || len([]rune(v.ErrorTitle)) > 32 {
			t.Errorf("%s, column %s: Excel takes no such message: %q, %q", test.sheet, test.column, v.ErrorTitle, v.Error)
		}
	}
}

func TestLongListOfResultsStandsOnTheHiddenSheet(t *testing.T) {
	for name, extra := range map[string]string{"too long": strings.Repeat("д", 200), "comma": "да, но нет"} {
		t.Run(name, func(t *testing.T) {
			book := exporttest.Book()
			book.Outcomes = append(book.Outcomes, extra)
			path := write(t, book)[1].Path
			n := len(book.Outcomes)
			if got, want := validations(t, path, "Обзвон")["K"].Formula, fmt.Sprintf("'_obzvon'!$B$8:$B$%d", 7+n); got != want {
				t.Fatalf("list %s, want %s", got, want)
			}
			for i, row := range rows(t, open(t, path), xlsx.SheetIssued)[7 : 7+n] {
				if row[1] != book.Outcomes[i] {
					t.Errorf("value %d: %q, want %q", i, row[1], book.Outcomes[i])
				}
			}
		})
	}
}

// TestNumbersOfFormats: one number never stands for two formats.
func TestNumbersOfFormats(t *testing.T) {
	type format struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	}
	var styles struct {
		Cells []format `xml:"numFmts>numFmt"`
		Rules []format `xml:"dxfs>dxf>numFmt"`
	}
	body := parts(t, write(t, exporttest.Book())[0].Path)["xl/styles.xml"]
	if err := xml.Unmarshal([]byte(body), &styles); err != nil {
		t.Fatal(err)
	}
	if len(styles.Rules) == 0 {
		t.Fatal("no rule has a format")
	}
	codes := map[int]string{}
	for _, f := range append(styles.Cells, styles.Rules...) {
		if code, ok := codes[f.ID]; ok && code != f.Code {
			t.Errorf("format %d is %q and %q", f.ID, code, f.Code)
		}
		codes[f.ID] = f.Code
	}
}

// TestIssuedValues: the hidden sheet repeats each cell of «Обзвон».
func TestIssuedValues(t *testing.T) {
	book := exporttest.Book()
	book.Sample = true
	for _, a := range write(t, book) {
		f := open(t, a.Path)
		if !strings.Contains(parts(t, a.Path)["xl/workbook.xml"], `name="_obzvon"`) {
			t.Fatal("no hidden sheet")
		}
		if visible, err := f.GetSheetVisible(xlsx.SheetIssued); err != nil || visible {
			t.Errorf("hidden sheet: visible %v, %v", visible, err)
		}
		if !strings.Contains(parts(t, a.Path)["xl/workbook.xml"], `state="veryHidden"`) {
			t.Error("the sheet can be shown from the menu")
		}
		issued, calls := rows(t, f, xlsx.SheetIssued), rows(t, f, "Обзвон")
		facts := [][]string{
			{"layout", "1"},
			{"list", book.ListID},
			{"date", "2026-11-23"},
			{"issued", book.Issued},
			{"manager"},
			{"sample", "1"},
			{"config", book.ConfigHash},
		}
		if a.Manager != "" {
			facts[4] = append(facts[4], a.Manager)
		}
		for i, want := range facts {
			if !slices.Equal(trim(issued[i]), want) {
				t.Errorf("%s: %q, want %q", a.Manager, issued[i], want)
			}
		}
		table := issued[len(facts)+len(book.Outcomes):]
		if len(table) != len(calls) {
			t.Fatalf("%d rows issued, %d on the sheet", len(table), len(calls))
		}
		for i := range calls {
			if table[i][0] != calls[i][18] || !slices.Equal(trim(table[i][1:]), trim(calls[i])) {
				t.Fatalf("row %d: issued %q, on the sheet %q", i+1, table[i], calls[i])
			}
		}
	}
}

func trim(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// TestTypes: ИНН and phones are text, numbers numbers, dates dates.
func TestTypes(t *testing.T) {
	book := exporttest.Book()
	book.Calls[1].INN = "0105012345" // its zero must stay; the exporter does not check it
	path := write(t, book)[0].Path
	cells := cellsOf(t, path, "Обзвон")
	for ref, want := range map[string]cellXML{
		"S3":  {Type: "inlineStr", Inline: "0105012345"},
		"F3":  {Type: "inlineStr", Inline: "+7 907 000-00-01"},
		"A3":  {Value: "2"},
		"B3":  {Value: "1"},
		"P3":  {Value: "92.133"},
		"Y3":  {Value: "20"},
		"Z3":  {Value: "11.227"},
		"AE3": {Value: "46328"}, // 02.11.2026
	} {
		got := cells[ref]
		got.Ref = ""
		if got != want {
			t.Errorf("%s: %+v, want %+v", ref, got, want)
		}
	}
	if c := cells["Y2"]; c.Value != "" || c.Inline != "" {
		t.Errorf("unknown headcount became %+v", c)
	}
	f := open(t, path, excelize.Options{}) // with formats applied
	for ref, want := range map[string]string{"AE3": "02.11.2026", "P3": "92.1", "Z3": "11.2"} {
		if got, err := f.GetCellValue("Обзвон", ref); err != nil || strings.ReplaceAll(got, ",", ".") != want {
			t.Errorf("%s reads %q, %v; want %q", ref, got, err, want)
		}
	}
	for ref, c := range cells {
		if c.Formula != nil {
			t.Errorf("%s is a formula", ref)
		}
	}
}
