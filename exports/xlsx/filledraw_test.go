package xlsx_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
)

// raw is a workbook of one sheet put together by hand, as other editors write
// it. An empty part takes the usual one.
type raw struct {
	book, sheet, strings, styles, core string
	wall                               time.Time // of the parts, as a clock shows it; zero = the packer knows no time
	more                               map[string]string
}

const (
	rawBook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<workbookPr/><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	rawStyles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0\ &quot;дней&quot;"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="4"/></cellXfs></styleSheet>`
	rawRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/one.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/texts.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	rawRoot = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	rawHead = `<row r="1"><c r="A1" t="inlineStr"><is><t>ИНН</t></is></c><c r="B1" t="inlineStr"><is><t>Комментарий</t></is></c></row>`
)

func (r raw) bytes(t testing.TB) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels": rawRoot, "xl/_rels/workbook.xml.rels": rawRels, "xl/workbook.xml": cmp.Or(r.book, rawBook),
		"xl/worksheets/one.xml": r.sheet, "xl/styles.xml": cmp.Or(r.styles, rawStyles),
	}
	if r.strings != "" {
		parts["xl/texts.xml"] = r.strings
	}
	if r.core != "" {
		parts["docProps/core.xml"] = r.core
	}
	for name, body := range r.more {
		parts[name] = body
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if !r.wall.IsZero() {
			h.SetModTime(r.wall) //nolint:staticcheck // the new way tells the zone too, which most packers do not
			h.Modified = time.Time{}
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sortedKeys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func readBytes(data []byte) (*xlsx.Returned, error) {
	return xlsx.Read(xlsx.Input{Name: "a.xlsx", Content: bytes.NewReader(data), Size: int64(len(data))})
}

// sheetOf is a sheet whose second row has an ИНН and the cell.
func sheetOf(cell string) string {
	return `<worksheet><sheetData>` + rawHead + `<row r="2"><c r="A2"><v>7707083893</v></c>` + cell + `</row></sheetData></worksheet>`
}

// TestCells: the forms in which editors write a cell.
func TestCells(t *testing.T) {
	texts := `<sst><si><t>просто</t></si><si><r><t>из </t></r><r><rPr><b/></rPr><t>кусков</t></r><rPh sb="0" eb="1"><t>чтение</t></rPh></si>` +
		`<si><t xml:space="preserve"> края </t></si><si><t>строка_x000D_
вторая</t></si><si><t>_x005F_x0041_ и _xD83D__xDE00_</t></si><si/></sst>`
	tests := []struct {
		name, cell, want string
		date             bool
	}{
		{"shared", `<c r="B2" t="s"><v>0</v></c>`, "просто", false},
		{"rich text", `<c r="B2" t="s"><v>1</v></c>`, "из кусков", false},
		{"edges", `<c r="B2" t="s"><v>2</v></c>`, " края ", false},
		{"line ends", `<c r="B2" t="s"><v>3</v></c>`, "строка\nвторая", false},
		{"codes", `<c r="B2" t="s"><v>4</v></c>`, "_x0041_ и 😀", false},
		{"an empty string", `<c r="B2" t="s"><v>5</v></c>`, "", false},
		{"in place", `<c r="B2" t="inlineStr"><is><r><t>а</t></r><r><t>б</t></r></is></c>`, "аб", false},
		{"in place, as a value", `<c r="B2" t="inlineStr"><v>в</v></c>`, "в", false},
		{"formula of text", `<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>`, "ab", false},
		{"shared formula", `<c r="B2" s="2"><f t="shared" si="0">A1+1</f><v>46349</v></c>`, "46349", true},
		{"formula never counted", `<c r="B2"><f>1+1</f></c>`, "", false},
		{"an error", `<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "", false},
		{"yes", `<c r="B2" t="b"><v>1</v></c>`, "ИСТИНА", false},
		{"no", `<c r="B2" t="b"><v>0</v></c>`, "ЛОЖЬ", false},
		{"a number", `<c r="B2"><v>12.5</v></c>`, "12.5", false},
		{"with an exponent", `<c r="B2" t="n"><v>7.707083893E9</v></c>`, "7707083893", false},
		{"digits too many", `<c r="B2"><v>92.133000000000010</v></c>`, "92.133", false},
		{"huge", `<c r="B2"><v>1e300</v></c>`, "1E+300", false},
		{"no number", `<c r="B2"><v>1e999</v></c>`, "1e999", false},
		{"date without a style of ours", `<c r="B2" s="1"><v>46349</v></c>`, "46349", true},
		{"date in our style", `<c r="B2" s="2"><v>46349</v></c>`, "46349", true},
		{"date and time", `<c r="B2" s="4"><v>46085.604166666664</v></c>`, "46085.6041666667", true},
		{"a number of days", `<c r="B2" s="3"><v>46349</v></c>`, "46349", false},
		{"money", `<c r="B2" s="5"><v>46349</v></c>`, "46349", false},
		{"no date before the calendar", `<c r="B2" s="1"><v>-5</v></c>`, "-5", false},
		{"no such style", `<c r="B2" s="77"><v>46349</v></c>`, "46349", false},
		{"text in a date's style", `<c r="B2" s="1" t="inlineStr"><is><t>в четверг</t></is></c>`, "в четверг", false},
		{"ISO date", `<c r="B2" t="d"><v>2026-11-23</v></c>`, "46349", true},
		{"ISO moment", `<c r="B2" t="d"><v>2026-11-23T12:00:00</v></c>`, "46349.5", true},
		{"ISO time", `<c r="B2" t="d"><v>06:00:00</v></c>`, "0.25", true},
		{"no address", `<c t="inlineStr"><is><t>следующая</t></is></c>`, "следующая", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readBytes(raw{sheet: sheetOf(tt.cell), strings: texts}.bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Sheet.Rows) != 1 || len(got.Unread) != 0 {
				t.Fatalf("rows %+v, unread %+v", got.Sheet.Rows, got.Unread)
			}
			row := got.Sheet.Rows[0]
			if row.Row != 2 || row.Cells["ИНН"] != "7707083893" || row.Cells["Комментарий"] != tt.want || row.Dates["Комментарий"] != tt.date {
				t.Errorf("row %+v", row)
			}
		})
	}
}

// TestEditors: how other editors write the book around the cells.
func TestEditors(t *testing.T) {
	tests := map[string]raw{
		"prefixed names": {
			sheet: `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>` +
				`<x:row><x:c t="inlineStr"><x:is><x:t>ИНН</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>Дата</x:t></x:is></x:c></x:row>` +
				`<x:row><x:c><x:v>7707083893</x:v></x:c><x:c s="2"><x:v>46349</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		},
		"strict form": {
			book: strings.ReplaceAll(rawBook, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
			sheet: `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>ИНН</v></c><c r="B1" t="str"><v>Дата</v></c></row>` +
				`<row r="2"><c r="A2"><v>7707083893</v></c><c r="B2" t="d"><v>2026-11-23</v></c></row></sheetData></worksheet>`,
		},
		"days from 1904": {
			book: strings.Replace(rawBook, "<workbookPr/>", `<workbookPr date1904="true"/>`, 1),
			sheet: `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>ИНН</v></c><c r="B1" t="str"><v>Дата</v></c></row>` +
				`<row r="2"><c r="A2"><v>7707083893</v></c><c r="B2" s="2"><v>44887</v></c></row></sheetData></worksheet>`,
		},
		"cells out of order, far below, hidden": {
			sheet: `<worksheet><sheetData><row r="3"><c r="C3" t="str"><v>Дата</v></c><c r="B3" t="str"><v> инн </v></c></row>` +
				`<row r="4"/><row r="9" hidden="1"><c r="C9" s="2"><v>46349</v></c><c r="B9"><v>7707083893</v></c></row>` +
				`<row r="1048576"><c r="A1048576" s="1"/></row></sheetData><mergeCells/></worksheet>`,
		},
	}
	for name, r := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := readBytes(r.bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			want := pipeline.ReturnedRow{Row: 2, Cells: map[string]string{"ИНН": "7707083893", "Дата": "46349"}, Dates: map[string]bool{"Дата": true}}
			if strings.Contains(name, "far below") {
				want.Row = 9
			}
			if len(got.Sheet.Rows) != 1 || !equalRows(got.Sheet.Rows[0], want) {
				t.Errorf("rows %+v, want %+v", got.Sheet.Rows, want)
			}
		})
	}
}

func TestFormatCodes(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "0.00E+00": false, "@": false, "#,##0.00": false, `[Red]0`: false, `[$-419]0`: false, `0" дн. h"`: false, `0\d`: false,
		`_-* #,##0\ [$₽-419]_-`: false, `0%`: false, "[>100]0": false, "[Magenta]0;[Red]d": false,
		"dd/mm/yyyy": true, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy;@`: true, "[h]:mm": true, "h:mm AM/PM": true, "[ss]": true, "MM.YY": true,
	} {
		styles := `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="` + strings.ReplaceAll(strings.ReplaceAll(code, "&", "&amp;"), `"`, "&quot;") + `"/></numFmts>` +
			`<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`
		styles = strings.ReplaceAll(styles, "[>", "[&gt;")
		got, err := readBytes(raw{sheet: sheetOf(`<c r="B2" s="0"><v>5</v></c>`), styles: styles}.bytes(t))
		if err != nil {
			t.Fatal(err)
		}
		if row := got.Sheet.Rows[0]; row.Dates["Комментарий"] != want {
			t.Errorf("%s: a date %v, want %v", code, row.Dates["Комментарий"], want)
		}
	}
}
