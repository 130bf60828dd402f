package xlsx_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/intake/heading"
)

// refusal asserts that the file is refused with the error and with words.
func refusal(t *testing.T, data []byte, want error, words string) {
	t.Helper()
	got, err := readBytes(data)
	if !errors.Is(err, want) {
		t.Fatalf("read %+v, error %v; want %v", got, err, want)
	}
	var r *heading.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Advice, words) || strings.Contains(r.Advice, "%!") {
		t.Errorf("advice of %v: want %q", err, words)
	}
}

// TestOtherForms: what a file is shows in its bytes; its name says nothing.
func TestOtherForms(t *testing.T) {
	ods := raw{sheet: "<a/>", more: map[string]string{"content.xml": "<a/>"}}
	locked := excelize.NewFile()
	defer closed(t, locked)
	path := filepath.Join(t.TempDir(), "locked.xlsx")
	must(t, locked.SaveAs(path, excelize.Options{Password: "тайна"}))
	encrypted, err := os.ReadFile(path)
	must(t, err)
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 200_000)...)
	tests := []struct {
		name  string
		data  []byte
		want  error
		words string
	}{
		{"xls", ole, xlsx.ErrXLS, "сохраните как «Книга Excel (.xlsx)»"},
		{"under a password", encrypted, xlsx.ErrEncrypted, "закрыт паролем"},
		{"name of the locked stream between two reads", append(ole[:64<<10-17:64<<10-17], encodedName()...), xlsx.ErrEncrypted, "закрыт паролем"},
		{"ods", []byte("PK\x03\x04" + strings.Repeat("\x00", 26) + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), xlsx.ErrODS, ".xlsx"},
		{"ods without its mark", ods.bytes(t), xlsx.ErrODS, ".xlsx"},
		{"xlsb", raw{sheet: "<a/>", more: map[string]string{"xl/workbook.bin": "x"}}.bytes(t), xlsx.ErrXLSB, ".xlsx"},
		{"docx", raw{sheet: "<a/>", more: map[string]string{"word/document.xml": "x"}}.bytes(t), xlsx.ErrNoTable, "не таблица"},
		{"html as xls", []byte("\xef\xbb\xbf<html><table><tr><td>ИНН"), xlsx.ErrHTML, ".xlsx"},
		{"Excel 2003 XML", []byte(`<?xml version="1.0"?><Workbook/>`), xlsx.ErrXML, ".xlsx"},
		{"pdf", []byte("%PDF-1.7"), xlsx.ErrNoTable, "не таблица"},
		{"empty", nil, pipeline.ErrEmpty, "пуст"},
		{"spaces", []byte("  \r\n"), pipeline.ErrEmpty, "пуст"},
		{"a text without companies", []byte("Имя;Возраст\nа;б\n"), heading.ErrNoColumns, "«ИНН» или «Телефон»"},
		{"a workbook without companies", raw{sheet: `<worksheet><sheetData><row><c t="str"><v>Имя</v></c></row></sheetData></worksheet>`}.bytes(t), xlsx.ErrNotOurs, "Найдены"},
		{"a header alone", raw{sheet: `<worksheet><sheetData>` + rawHead + `</sheetData></worksheet>`}.bytes(t), xlsx.ErrNotOurs, "ни одной строки"},
		{"an empty workbook", raw{sheet: `<worksheet><sheetData/></worksheet>`}.bytes(t), xlsx.ErrNotOurs, "«ИНН» или «Телефон»"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refusal(t, tt.data, tt.want, tt.words) })
	}
}

// encodedName is "EncryptedPackage" in UTF-16.
func encodedName() (out []byte) {
	for _, r := range "EncryptedPackage" {
		out = append(out, byte(r), 0)
	}
	return out
}

// TestHostileWorkbooks: what was made to hurt is refused by name, and soon.
func TestHostileWorkbooks(t *testing.T) {
	row := `<row><c t="str"><v>a</v></c></row>`
	many := func(n int, s string) string { return strings.Repeat(s, n) }
	of := func(rows string) string {
		return `<worksheet><sheetData>` + rawHead + rows + `</sheetData></worksheet>`
	}
	tests := []struct {
		name string
		book raw
		want error
	}{
		{"a bomb", raw{sheet: of("<!--" + many(64<<20, " ") + "-->")}, pipeline.ErrTooLarge},
		{"too many rows", raw{sheet: of(many(heading.Rows+1, row))}, pipeline.ErrTooLarge},
		{"a row beyond the sheet", raw{sheet: of(`<row r="1048577"><c t="str"><v>a</v></c></row>`)}, pipeline.ErrDamaged},
		{"a row before the sheet", raw{sheet: of(`<row r="-1"/>`)}, pipeline.ErrDamaged},
		{"a column beyond the sheet", raw{sheet: of(`<row r="2"><c r="XFE2"/></row>`)}, pipeline.ErrDamaged},
		{"columns beyond the sheet", raw{sheet: of(`<row r="2">` + many(heading.Columns+1, "<c/>") + `</row>`)}, pipeline.ErrDamaged},
		{"an entity of its own", raw{sheet: `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + of(`<row><c t="str"><v>&e;</v></c></row>`)}, pipeline.ErrDamaged},
		{"entities that multiply", raw{
			sheet: of(row), strings: `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>`,
		}, pipeline.ErrDamaged},
		{"XML cut off", raw{sheet: strings.TrimSuffix(of(row), "</sheetData></worksheet>")}, pipeline.ErrDamaged},
		{"a sheet outside the archive", raw{sheet: of(row), more: map[string]string{
			"xl/_rels/workbook.xml.rels": strings.Replace(rawRels, "worksheets/one.xml", "../../../etc/passwd", 1),
		}}, pipeline.ErrDamaged},
		{"a part that leads outside", raw{sheet: of(row), more: map[string]string{"../../evil.xml": "<a/>"}}, archive.ErrName},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refusal(t, tt.book.bytes(t), tt.want, "файл") })
	}
}

// TestManyEmptyRows: a sheet that somebody painted down to its end is read.
func TestManyEmptyRows(t *testing.T) {
	sheet := `<worksheet><sheetData>` + rawHead + `<row r="2"><c r="A2"><v>7707083893</v></c></row>` +
		strings.Repeat(`<row><c s="1"/></row>`, 400_000) + `<row r="900000"><c r="B900000" t="str"><v>внизу</v></c></row></sheetData></worksheet>`
	got, err := readBytes(raw{sheet: sheet}.bytes(t))
	must(t, err)
	if len(got.Sheet.Rows) != 2 || got.Sheet.Rows[1].Row != 900_000 {
		t.Errorf("rows %+v", got.Sheet.Rows)
	}
}

// TestRowsNamedAsUnread: a row that cannot be given is named.
func TestRowsNamedAsUnread(t *testing.T) {
	sheet := `<worksheet><sheetData>` + rawHead + `<row r="2"><c r="A2"><v>7707083893</v></c></row>` +
		`<row r="3"><c r="A3" t="s"><v>99</v></c></row>` +
		`<row r="4"><c r="B4" t="str"><v>` + strings.Repeat("я", heading.CellRunes+1) + `</v></c></row>` +
		`<row r="5"><c r="B5" t="str"><v>` + strings.Repeat("я", heading.CellRunes) + `</v></c></row></sheetData></worksheet>`
	got, err := readBytes(raw{sheet: sheet}.bytes(t))
	must(t, err)
	if len(got.Sheet.Rows) != 2 || len(got.Unread) != 2 || got.Unread[0].Row != 3 || got.Unread[1].Row != 4 ||
		!strings.Contains(got.Unread[0].Text, "столбце A повреждена") || !strings.Contains(got.Unread[1].Text, "больше 32767 знаков") {
		t.Errorf("%d rows, unread %+v", len(got.Sheet.Rows), got.Unread)
	}
}

// TestOursWithoutItsSheets: what is missing in a book of ours is said.
func TestOursWithoutItsSheets(t *testing.T) {
	path := write(t, short(false))[1].Path
	tests := []struct {
		name  string
		do    edit
		want  error
		words string
	}{
		{"no calls", func(t *testing.T, f *excelize.File, _ func(string, int, any)) {
			must(t, f.SetSheetName(xlsx.SheetCalls, "Звонки"))
		}, xlsx.ErrNoCalls, "нет листа «Обзвон»"},
		{"no column of results", func(_ *testing.T, _ *excelize.File, set func(string, int, any)) {
			set("Результат", 1, "Что вышло")
		}, heading.ErrNoColumns, "нет столбца «Результат»"},
		{"a day that is none", func(t *testing.T, f *excelize.File, _ func(string, int, any)) {
			must(t, f.SetCellStr(xlsx.SheetIssued, "B3", "вчера"))
		}, xlsx.ErrNotOurs, "скрытый лист"},
		{"no layout", func(t *testing.T, f *excelize.File, _ func(string, int, any)) {
			must(t, f.SetCellStr(xlsx.SheetIssued, "B1", "один"))
		}, xlsx.ErrNotOurs, "скрытый лист"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refusal(t, editedBytes(t, path, tt.do), tt.want, tt.words) })
	}
}

func TestReadFails(t *testing.T) {
	broken := errors.New("disk")
	_, err := xlsx.Read(xlsx.Input{Content: failing{broken}, Size: 10})
	var r *heading.Refusal
	if !errors.Is(err, broken) || errors.As(err, &r) {
		t.Errorf("error %v", err)
	}
	if _, err := xlsx.Read(xlsx.Input{Content: bytes.NewReader([]byte("ИНН")), Size: 100}); err == nil {
		t.Error("a file shorter than told was read")
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }
