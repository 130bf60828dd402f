package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
)

// write exports a book into a new folder.
func write(t testing.TB, book *pipeline.Book) []pipeline.Artefact {
	t.Helper()
	made, err := xlsx.New("xlsx", t.TempDir()).Export(t.Context(), book)
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	return made
}

// open reads a workbook, raw cells unless other options are given.
func open(t testing.TB, path string, opts ...excelize.Options) *excelize.File {
	t.Helper()
	if len(opts) == 0 {
		opts = []excelize.Options{{RawCellValue: true}}
	}
	f, err := excelize.OpenFile(path, opts...)
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return f
}

// parts reads the members of a workbook.
func parts(t testing.TB, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, m := range zr.File {
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatalf("%s: %v", m.Name, err)
		}
		out[m.Name] = string(body)
	}
	return out
}

// sheetXML finds the part of a sheet by its name.
func sheetXML(t testing.TB, path, sheet string) string {
	t.Helper()
	f := open(t, path)
	i := slices.Index(f.GetSheetList(), sheet)
	if i < 0 {
		t.Fatalf("no sheet %q in %v", sheet, f.GetSheetList())
	}
	return parts(t, path)[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)]
}

var (
	rootTag   = regexp.MustCompile(`<worksheet [^>]*>`)
	sheetData = regexp.MustCompile(`(?s)<sheetData>.*</sheetData>`)
	rowTag    = regexp.MustCompile(`<row [^>]*>`)
)

// dump writes what a workbook says and how it is set up, one fact per line:
// raw cells, heights, the settings of each sheet, names, links, properties.
func dump(t testing.TB, path string) string {
	t.Helper()
	f := open(t, path)
	members := parts(t, path)
	var b strings.Builder
	for i, sheet := range f.GetSheetList() {
		body := members[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)]
		fmt.Fprintf(&b, "\n=== %s\n", sheet)
		for n, row := range rows(t, f, sheet) {
			fmt.Fprintf(&b, "%d| %s\n", n+1, strings.ReplaceAll(strings.Join(row, " | "), "\n", "\\n"))
		}
		fmt.Fprintf(&b, "--- rows: %s\n", strings.Join(rowTag.FindAllString(body, 4), " "))
		settings := sheetData.ReplaceAllString(rootTag.ReplaceAllString(body, ""), "")
		b.WriteString(lines(settings))
		b.WriteString(lines(members[fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", i+1)]))
		fmt.Fprintf(&b, "--- looks of row 2: %s\n", looks(t, f, sheet))
	}
	for _, name := range []string{"xl/workbook.xml", "docProps/core.xml", "docProps/app.xml"} {
		fmt.Fprintf(&b, "\n=== %s\n%s", name, lines(members[name]))
	}
	return b.String()
}

func rows(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	out, err := f.GetRows(sheet)
	if err != nil {
		t.Fatalf("read sheet %q: %v", sheet, err)
	}
	return out
}

// looks tells kinds of cells apart: number format, fill, bold.
func looks(t testing.TB, f *excelize.File, sheet string) string {
	t.Helper()
	var out []string
	for col := 1; col <= 31; col++ {
		cell, err := excelize.CoordinatesToCellName(col, 2)
		if err != nil {
			t.Fatal(err)
		}
		id, err := f.GetCellStyle(sheet, cell)
		if err != nil || id == 0 {
			continue
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		text := cell
		if s.NumFmt > 0 {
			text += fmt.Sprintf(" #%d", s.NumFmt) // 49 is text
		}
		if s.CustomNumFmt != nil {
			text += " " + *s.CustomNumFmt
		}
		if len(s.Fill.Color) > 0 {
			text += " " + s.Fill.Color[0]
		}
		if s.Font != nil && s.Font.Bold {
			text += " bold"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// lines writes XML one element per line, without its ends.
func lines(body string) string {
	var b strings.Builder
	for piece := range strings.SplitSeq(body, "<") {
		if piece == "" || strings.HasPrefix(piece, "/") || strings.HasPrefix(piece, "?xml") {
			continue
		}
		b.WriteString("<" + strings.TrimSpace(piece) + "\n")
	}
	return b.String()
}

// cellXML is a cell as it stands in the file.
type cellXML struct {
	Ref     string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Value   string  `xml:"v"`
	Inline  string  `xml:"is>t"`
	Formula *string `xml:"f"`
}

// cellsOf decodes the cells of a sheet.
func cellsOf(t testing.TB, path, sheet string) map[string]cellXML {
	t.Helper()
	var ws struct {
		Cells []cellXML `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal([]byte(sheetXML(t, path, sheet)), &ws); err != nil {
		t.Fatal(err)
	}
	out := make(map[string]cellXML, len(ws.Cells))
	for _, c := range ws.Cells {
		out[c.Ref] = c
	}
	return out
}
