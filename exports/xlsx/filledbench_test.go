package xlsx_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// BenchmarkRead reads a manager's list of a day, and a plain table as large as a
// CRM gives out.
func BenchmarkRead(b *testing.B) {
	list, err := os.ReadFile(write(b, short(false))[1].Path)
	if err != nil {
		b.Fatal(err)
	}
	const many = 50_000
	var sheet strings.Builder
	sheet.WriteString(`<worksheet><sheetData>` + rawHead)
	for i := range many {
		n := strconv.Itoa(i + 2)
		sheet.WriteString(`<row r="` + n + `"><c r="A` + n + `"><v>7707083893</v></c><c r="B` + n + `" t="s"><v>0</v></c><c r="C` + n + `" s="2"><v>46349</v></c></row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	table := raw{sheet: sheet.String(), strings: "<sst><si><t>звонить после обеда</t></si></sst>"}.bytes(b)
	for name, test := range map[string]struct {
		data []byte
		rows int
	}{"list": {list, 9}, "table": {table, many}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				got, err := readBytes(test.data)
				if err != nil || len(got.Sheet.Rows) != test.rows {
					b.Fatal(len(got.Sheet.Rows), err)
				}
			}
			b.ReportMetric(float64(test.rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
