package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

// BenchmarkExport writes whole books: the rows are those of one priority's
// sheet (24 columns), the other sheets are as in a usual book. Beside it in
// the same run: as many rows of 31 columns through excelize's stream writer, and
// the limit, the deflate of the finished sheets alone. Processes of their own write the same
// (export-alone), as many rows of the call list with all that the contract
// asks of it (calls-alone), and a part of them cell by cell.
func BenchmarkExport(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		book := exporttest.Wide(n)
		b.Run(fmt.Sprintf("rows=%d/export", n), func(b *testing.B) { benchExport(b, book, n) })
		b.Run(fmt.Sprintf("rows=%d/excelize-stream", n), func(b *testing.B) { benchStream(b, book, n) })
		b.Run(fmt.Sprintf("rows=%d/limit-deflate", n), func(b *testing.B) { benchDeflate(b, book, n) })
	}
	for _, c := range []struct {
		way  string
		rows int
	}{{"export", 100_000}, {"calls", 100_000}, {"setcellvalue", 10_000}} {
		b.Run(fmt.Sprintf("rows=%d/%s-alone", c.rows, c.way), func(b *testing.B) { benchAlone(b, c.way, c.rows) })
	}
}

// gauge is a context that notes the heap whenever the export looks at it.
type gauge struct {
	context.Context
	peak uint64
}

func (g *gauge) Err() error {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g.peak = max(g.peak, m.HeapInuse)
	return g.Context.Err()
}

func rate(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func benchExport(b *testing.B, book *pipeline.Book, n int) {
	b.ReportAllocs()
	e := New("xlsx", b.TempDir())
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	g := &gauge{Context: b.Context()}
	for b.Loop() {
		if _, err := e.Export(g, book); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, n)
	b.ReportMetric(float64(g.peak-min(g.peak, before.HeapInuse))/1e6, "peak-MB")
}

// benchStream writes the cells of the long sheet through excelize's stream
// writer and its own zip: one style, no links, all rows of one height.
func benchStream(b *testing.B, book *pipeline.Book, n int) {
	b.ReportAllocs()
	for b.Loop() {
		f := excelize.NewFile(excelize.Options{TmpDir: b.TempDir()})
		stream, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Size: 10}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
		if err != nil {
			b.Fatal(err)
		}
		columns := callColumns()
		cells := make([]any, len(columns))
		for i := range book.Tiers[0].Rows {
			for k, c := range columns {
				cells[k] = excelize.Cell{StyleID: style}
				if c.value != nil {
					cells[k] = excelize.Cell{StyleID: style, Value: cleanValue(c.value(&book.Tiers[0].Rows[i]))}
				}
			}
			if err := stream.SetRow(at(1, i+1), cells, excelize.RowOpts{Height: lineHeight}); err != nil {
				b.Fatal(err)
			}
		}
		if err := stream.Flush(); err != nil {
			b.Fatal(err)
		}
		if _, err := f.WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, n)
}

func benchDeflate(b *testing.B, book *pipeline.Book, n int) {
	var file bytes.Buffer
	if err := writeBook(b.Context(), &file, plan{whole: true, book: book}); err != nil {
		b.Fatal(err)
	}
	sheets := plainSheets(b, file.Bytes())
	b.ReportAllocs()
	b.SetBytes(int64(len(sheets)))
	b.ResetTimer()
	for b.Loop() {
		fw, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fw.Write(sheets); err != nil {
			b.Fatal(err)
		}
		if err := fw.Close(); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, n)
}

func plainSheets(b *testing.B, file []byte) []byte {
	b.Helper()
	zr, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	for _, m := range zr.File {
		if !strings.HasPrefix(m.Name, sheetFolder) {
			continue
		}
		r, err := m.Open()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil {
			b.Fatal(err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return out.Bytes()
}
