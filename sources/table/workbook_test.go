package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// rezip writes a zip anew, its members changed or left out (nil).
func rezip(t testing.TB, data []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Close()
		if content = change(f.Name, content); content == nil {
			continue
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// changeSheet edits the XML of the first sheet.
func changeSheet(t testing.TB, data []byte, edit func(string) string) []byte {
	t.Helper()
	return rezip(t, data, func(name string, content []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" {
			return []byte(edit(string(content)))
		}
		return content
	})
}

func zipOf(t testing.TB, members map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range members {
		out, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLinkCells(t *testing.T) {
	inn := innOf(t, 599900020)
	rows := [][]string{
		{"ИНН", "Наименование", "Ссылка на сайт", "Карточка в Фокусе", "Электронная почта"},
		{inn, "ООО Ромашка", "Сайт", "Открыть", "написать"},
	}
	data := encodeXLSX(t, rows, func(f *excelize.File) {
		for cell, link := range map[string]string{
			"C2": "https://romashka.example.ru/about?a=1&b=2", "D2": "https://focus.example.ru/entity?query=" + inn, "E2": "mailto:info@romashka.example.ru",
		} {
			if err := f.SetCellHyperLink("Sheet1", cell, link, "External"); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellHyperLink("Sheet1", "B2", "Sheet1!A1", "Location"); err != nil {
			t.Fatal(err)
		}
	})
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", data)), requestNow)
	if p.err != nil || len(p.obs) != 1 {
		t.Fatalf("%+v", p)
	}
	for field, want := range map[company.Field]string{
		company.FieldSite: "https://romashka.example.ru/about?a=1&b=2", company.FieldEmail: "info@romashka.example.ru",
		company.FieldCard: "https://focus.example.ru/entity?query=" + inn,
	} {
		if got := p.obs[0].First(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
}

// Numbers where text should be: a spreadsheet drops zeros and counts days.
func TestNumberCells(t *testing.T) {
	inn := innOf(t, 10501235) // begins with a zero
	data := encodeXLSX(t, [][]string{{"ИНН", "Наименование", "Номер телефона", "Дата регистрации", "Выручка, тыс. руб", "Количество сотрудников", "Регион по адресу"}}, func(f *excelize.File) {
		for cell, v := range map[string]any{"A2": int64(atoi(t, inn)), "B2": "ООО Ромашка", "C2": int64(79070000001), "D2": 41234, "E2": 1250.5, "F2": 12, "G2": 1} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", "D2", "D2", style); err != nil {
			t.Fatal(err)
		}
	})
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", data)), requestNow)
	if len(p.obs) != 1 {
		t.Fatalf("%+v", p)
	}
	o := p.obs[0]
	for field, want := range map[company.Field]string{
		company.FieldPhone: "+79070000001", company.FieldRegistered: "2012-11-21", company.FieldRevenue: "1250500",
		company.FieldHeadcount: "12", company.FieldRegion: "01",
	} {
		if got := o.First(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	if string(o.INN) != inn {
		t.Errorf("ИНН %s, want %s", o.INN, inn)
	}
}

func atoi(t testing.TB, s string) (n int) {
	t.Helper()
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func TestSheets(t *testing.T) {
	rows := kompasRows(t)
	second := encodeXLSX(t, [][]string{{"О выгрузке"}, {"Сделано 20.11.2026"}}, func(f *excelize.File) {
		for _, name := range []string{"Данные", "Ещё"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		for i, row := range rows {
			if err := f.SetSheetRow("Данные", cellName(t, 1, i+4), &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetRow("Ещё", "A1", &[]string{"Компания", "Телефон"}); err != nil {
			t.Fatal(err)
		}
	})
	tests := []struct {
		sheet string
		taken int64
		err   string
	}{
		{"", 5, ""},
		{"данные", 5, ""},
		{"Ещё", 0, ""},
		{"Sheet1", 0, "the header is not recognised"},
		{"Нет такого", 0, `no sheet "Нет такого", there are "Sheet1", "Данные", "Ещё"`},
	}
	for _, tt := range tests {
		p := pullAll(t, mustNew(t, Options{Sheet: tt.sheet}, files.FromBytes("a.xlsx", second)), requestNow)
		if p.counts.Taken != tt.taken || (p.err != nil) != (tt.err != "") || p.err != nil && !strings.Contains(p.err.Error(), tt.err) {
			t.Errorf("sheet %q: %+v, %v", tt.sheet, p.counts, p.err)
		}
	}
}

func cellName(t testing.TB, col, row int) string {
	t.Helper()
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDateOfExport(t *testing.T) {
	made := func(day string) []byte {
		return encodeXLSX(t, kompasRows(t), func(f *excelize.File) {
			if err := f.SetDocProps(&excelize.DocProperties{Created: day + "T10:00:00Z"}); err != nil {
				t.Fatal(err)
			}
		})
	}
	for _, tt := range []struct {
		name string
		data []byte
		opt  Options
		want string
	}{
		{"a.xlsx", made("2026-10-05"), Options{}, "2026-10-05"},
		{"a.xlsx", made("2006-09-16"), Options{}, ""},
		{"a-2026-11-01.xlsx", made("2026-10-05"), Options{}, "2026-11-01"},
		{"a-2026-11-01.xlsx", made("2026-10-05"), Options{Date: "2026-11-02"}, "2026-11-02"},
	} {
		p := pullAll(t, mustNew(t, tt.opt, files.FromBytes(tt.name, tt.data)), requestNow)
		if got := p.obs[0].Date.String(); got != tt.want || p.batches[0].Release.Date.String() != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestBadWorkbooks(t *testing.T) {
	good := encodeXLSX(t, kompasRows(t), nil)
	tests := []struct {
		name string
		data []byte
		is   error
		says string
	}{
		{"zip without a workbook", zipOf(t, map[string]string{"list.csv": "a;b"}), pipeline.ErrUnknownForm, "without a workbook in it"},
		{"Word", zipOf(t, map[string]string{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), pipeline.ErrUnknownForm, "Word document"},
		{"xlsb", zipOf(t, map[string]string{"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}), pipeline.ErrUnknownForm, ".xlsb"},
		{"ods", zipOf(t, map[string]string{"content.xml": "<x/>"}), pipeline.ErrUnknownForm, ".ods"},
		{"xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)), pipeline.ErrUnknownForm, "old Excel workbook"},
		{"truncated", good[:len(good)/2], pipeline.ErrDamaged, "a.xlsx"},
		{"one byte changed", flipped(t, good), pipeline.ErrDamaged, "a.xlsx"},
		{"sheet missing", rezip(t, good, func(name string, c []byte) []byte {
			if strings.Contains(name, "sheet1") {
				return nil
			}
			return c
		}), pipeline.ErrDamaged, "sheet1.xml"},
		{"empty workbook", encodeXLSX(t, nil, nil), pipeline.ErrEmpty, "no rows"},
		{"large part", declaring(t, maxPart+1), pipeline.ErrTooLarge, "theme1.xml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", tt.data)), requestNow)
			if !errors.Is(p.err, tt.is) || !strings.Contains(p.err.Error(), tt.says) {
				t.Errorf("%v, want %v that says %q", p.err, tt.is, tt.says)
			}
		})
	}
}

// declaring makes a workbook one of whose parts declares a size.
func declaring(t testing.TB, size uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, declared := range map[string]uint64{"xl/workbook.xml": 2, "xl/theme/theme1.xml": size} {
		out, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: 2, UncompressedSize64: declared})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, "xx"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// flipped damages the packed bytes of the sheet.
func flipped(t testing.TB, data []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(data)
	for _, f := range r.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			out[at+int64(f.CompressedSize64)/2] ^= 0x55
		}
	}
	return out
}

// A sheet that breaks off gives its rows before the break, and a gap that
// counts the rows after it.
func TestCutSheets(t *testing.T) {
	good := encodeXLSX(t, kompasRows(t), nil)
	third := func(s string) int { return strings.Index(s, `<row r="4"`) }
	tests := []struct {
		name   string
		edit   func(string) string
		taken  int64
		unread int64
	}{
		{"cut between rows", func(s string) string { return s[:third(s)] }, 2, 0},
		{"cut inside a row", func(s string) string { return s[:third(s)+60] }, 2, 1},
		{"cut inside a tag", func(s string) string { return s[:third(s)+3] }, 2, 0},
		{"wrong XML between rows", func(s string) string { return s[:third(s)] + "<a></b>" + s[third(s):] }, 1, 4},
		{"wrong entity", func(s string) string { return s[:third(s)] + "&nonsense;" + s[third(s):] }, 1, 4},
		{"no end of the sheet", func(s string) string { return s[:strings.Index(s, "</sheetData>")] }, 5, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := changeSheet(t, good, tt.edit)
			src := func() pipeline.Source { return mustNew(t, Options{}, files.FromBytes("a.xlsx", data)) }
			p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", data)), requestNow)
			if p.err != nil || p.counts.Taken != tt.taken || p.counts.Unread != tt.unread || len(p.gaps) != 1 {
				t.Errorf("%+v, gaps %+v, %v", p.counts, p.gaps, p.err)
			}
			sourcetest.Run(t, sourcetest.Case{New: src, Request: requestNow})
		})
	}
}

func TestSheetWithPrefixes(t *testing.T) {
	data := changeSheet(t, encodeXLSX(t, kompasRows(t), nil), func(s string) string {
		s = strings.Replace(s, `<worksheet `, `<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `, 1)
		return strings.NewReplacer("<sheetData", "<x:sheetData", "</sheetData", "</x:sheetData", "<row ", "<x:row ", "</row", "</x:row").Replace(s)
	})
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", data)), requestNow)
	if p.err != nil || len(p.gaps) > 0 || p.counts.Taken != 5 {
		t.Errorf("%+v %+v %v", p.counts, p.gaps, p.err)
	}
}

// Cells beside the header mean nothing on a sheet, where they cannot shift
// the others.
func TestRemarksBesideTheTable(t *testing.T) {
	rows := kompasRows(t)
	rows[1] = append(rows[1], "", "проверить!")
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", encodeXLSX(t, rows, nil))), requestNow)
	if p.counts.Taken != 5 {
		t.Errorf("%+v %+v", p.counts, p.rejects)
	}
}

func TestLongRowOfASheet(t *testing.T) {
	rows := kompasRows(t)
	for range 40 {
		rows[1] = append(rows[1], strings.Repeat("щ", 16000))
	}
	p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.xlsx", encodeXLSX(t, rows, nil))), requestNow)
	if p.counts.Quarantined != 1 || p.rejects[0].Reason != pipeline.ReasonLimit || len(p.rejects[0].Raw) > pipeline.RawLimit {
		t.Errorf("%+v", p.counts)
	}
}

// FuzzWorkbook puts any XML into a sheet: no panic, and the equation holds.
func FuzzWorkbook(f *testing.F) {
	base := encodeXLSX(f, kompasRows(f), nil)
	sheet := ""
	changeSheet(f, base, func(s string) string { sheet = s; return s })
	f.Add(sheet)
	f.Add(sheet[:len(sheet)/2])
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ИНН</t></is></c><c r="B1" t="str"><v>Имя</v></c></row><row r="9"/></sheetData><hyperlinks><hyperlink ref="A1:B2" r:id="rId1"/></hyperlinks></worksheet>`)
	f.Fuzz(func(t *testing.T, xml string) {
		data := changeSheet(t, base, func(string) string { return xml })
		p := pullAll(t, mustNew(t, Options{Columns: map[string]string{"name": "Имя"}}, files.FromBytes("a.xlsx", data)), requestNow)
		for i := range p.obs {
			if err := sourcetest.CheckObservation(&p.obs[i], false); err != nil {
				t.Fatal(err)
			}
		}
	})
}
