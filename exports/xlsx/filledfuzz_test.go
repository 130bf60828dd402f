package xlsx_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/intake/heading"
)

// FuzzRead: whatever the bytes, there is an answer or a refusal in words.
func FuzzRead(f *testing.F) {
	f.Add(raw{sheet: sheetOf(`<c r="B2" t="s"><v>0</v></c>`), strings: "<sst><si><t>а</t></si></sst>"}.bytes(f))
	f.Add([]byte("ИНН;Комментарий\n7707083893;\"а\nб\"\n"))
	f.Add([]byte("PK\x03\x04"))
	data, err := os.ReadFile(write(f, short(true))[2].Path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readBytes(data)
		var r *heading.Refusal
		if err != nil {
			if !errors.As(err, &r) || r.Advice == "" {
				t.Fatalf("refused without advice: %v", err)
			}
			return
		}
		sound(t, got)
	})
}

// sound asserts what holds for all that was read.
func sound(t *testing.T, got *xlsx.Returned) {
	t.Helper()
	if n := len(got.Sheet.Rows); n > heading.Rows || len(got.Sheet.Digest) != 64 {
		t.Errorf("%d rows, digest %q", n, got.Sheet.Digest)
	}
	for _, r := range got.Sheet.Rows {
		if r.Row < 1 || len(r.Cells) == 0 {
			t.Errorf("row %+v", r)
		}
		for title, text := range r.Cells {
			if title == "" || heading.Blank(text) || len([]rune(text)) > heading.CellRunes {
				t.Errorf("row %d: cell %q is %q", r.Row, title, text)
			}
		}
		for title := range r.Dates {
			if r.Cells[title] == "" {
				t.Errorf("row %d: a date in %q, which is empty", r.Row, title)
			}
		}
	}
}

// plainSheet is a second reading of a sheet, the shortest that there is: of cells
// whose text stands in them.
type plainSheet struct {
	Rows []struct {
		Number *int `xml:"r,attr"`
		Cells  []struct {
			Kind  string `xml:"t,attr"`
			Value string `xml:"v"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

// FuzzSheet: each row with content below the header is given or named.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="2"><c r="A2" t="str"><v>7707083893</v></c><c r="B2" s="2"><v>46349</v></c></row>`, "dd.mm.yyyy")
	f.Add(`<row><c t="str"><v>а</v></c><c t="b"><v>1</v></c></row><row r="9"/><row><c t="s"><v>7</v></c></row>`, "h:mm")
	f.Add(`<row r="3"><c r="ZZ3" t="inlineStr"><is><r><t>а</t></r></is></c></row>`, "[$-419]0")
	// No other row can be a better header.
	head := `<c t="str"><v>` + strings.Join(heading.Titles(), `</v></c><c t="str"><v>`) + `</v></c>`
	f.Fuzz(func(t *testing.T, body, code string) {
		var format bytes.Buffer
		if err := xml.EscapeText(&format, []byte(code)); err != nil {
			t.Fatal(err)
		}
		sheet := `<worksheet><sheetData><row r="1">` + head + `</row><row r="2"><c r="A2" t="str"><v>5902000008</v></c></row>` + body + `</sheetData></worksheet>`
		got, err := readBytes(raw{
			sheet: sheet, styles: `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="` + format.String() + `"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`,
		}.bytes(t))
		if err != nil {
			if !errors.Is(err, pipeline.ErrDamaged) && !errors.Is(err, pipeline.ErrTooLarge) {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		sound(t, got)
		var plain plainSheet
		if strings.Count(body, "sheetData") > 0 || xml.Unmarshal([]byte(sheet), &plain) != nil {
			return
		}
		number := 0
		for i, row := range plain.Rows {
			if number++; row.Number != nil {
				number = *row.Number
			}
			for _, c := range row.Cells {
				if i > 0 && c.Kind == "str" && !heading.Blank(c.Value) && !named(got, number) {
					t.Fatalf("row %d (%q) is lost", number, c.Value)
				}
			}
		}
	})
}

func named(got *xlsx.Returned, row int) bool {
	return slices.ContainsFunc(got.Sheet.Rows, func(r pipeline.ReturnedRow) bool { return r.Row == row }) ||
		slices.ContainsFunc(got.Unread, func(p xlsx.Problem) bool { return p.Row == row })
}

// FuzzText: a text comes back as it was written, in each form of a cell.
func FuzzText(f *testing.F) {
	f.Add("=1+1")
	f.Add(" строка\nещё \u202e_x0041_ ]]> &amp;")
	f.Fuzz(func(t *testing.T, text string) {
		text = asKept(text)
		var b bytes.Buffer
		if err := xml.EscapeText(&b, []byte(strings.ReplaceAll(text, "_x", "_x005F_x"))); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"ИНН": "7707083893"}
		if !heading.Blank(text) {
			want["Комментарий"] = text
		}
		for _, cell := range []string{
			`<c r="B2" t="str"><v>` + b.String() + `</v></c>`,
			`<c r="B2" t="inlineStr"><is><t>` + b.String() + `</t></is></c>`,
			`<c r="B2" t="s"><v>0</v></c>`,
		} {
			got, err := readBytes(raw{sheet: sheetOf(cell), strings: `<sst><si><t>` + b.String() + `</t></si></sst>`}.bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			if rows := got.Sheet.Rows; len(rows) != 1 || !maps.Equal(rows[0].Cells, want) {
				t.Errorf("%s: rows %+v, want %q", cell, rows, text)
			}
		}
	})
}

// asKept is a text as a cell holds it: without what XML has not, and not too long.
func asKept(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0xfffe || r == 0xffff || r == 0xfffd {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return string([]rune(s)[:min(len([]rune(s)), heading.CellRunes)])
}
