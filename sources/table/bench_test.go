package table

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

const benchRows = 10_000

// benchGIS is an export of many different firms, as 2ГИС gives them.
func benchGIS() [][]string {
	rows := gisRows()[:1]
	model := gisRows()[1]
	for i := range benchRows {
		row := slices.Clone(model)
		row[0] = "Мнимый сервис " + strconv.Itoa(i)
		row[12] = fmt.Sprintf("8907%07d (отдел продаж)", i)
		row[14] = fmt.Sprintf("info%d@mnimy.example.ru", i)
		row[17] = fmt.Sprintf("https://2gis.com/firm/7000000%010d", i)
		rows = append(rows, row)
	}
	return rows
}

func benchKompas(b *testing.B) [][]string {
	all := kompasRows(b)
	rows := all[:1:1]
	for i := range benchRows {
		row := slices.Clone(all[1])
		row[0] = innOf(b, 599000000+i)
		row[1] = fmt.Sprintf("ООО \"ВЫДУМКА %d\"", i)
		row[5] = fmt.Sprintf("+7 907 %07d", i)
		rows = append(rows, row)
	}
	return rows
}

func benchPull(b *testing.B, data []byte) {
	src := mustNew(b, Options{}, files.FromBytes("bench", data))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		p := pullAll(b, src, pipeline.Request{})
		if p.err != nil || len(p.obs) != benchRows {
			b.Fatalf("%d observations, %v", len(p.obs), p.err)
		}
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkPull(b *testing.B) {
	b.Run("2gis/csv", func(b *testing.B) { benchPull(b, encodeCSV(b, benchGIS(), ',', true)) })
	b.Run("2gis/xlsx", func(b *testing.B) { benchPull(b, encodeXLSX(b, benchGIS(), nil)) })
	b.Run("kompas/csv1251", func(b *testing.B) { benchPull(b, to1251(b, encodeCSV(b, benchKompas(b), ';', true))) })
	b.Run("kompas/xlsx", func(b *testing.B) { benchPull(b, encodeXLSX(b, benchKompas(b), nil)) })
}

// BenchmarkRows reads rows and gives them no meaning: the limit for a pull,
// which reads them twice.
func BenchmarkRows(b *testing.B) {
	for _, form := range []struct {
		name string
		data []byte
	}{
		{"csv", encodeCSV(b, benchGIS(), ',', true)},
		{"xlsx", encodeXLSX(b, benchGIS(), nil)},
	} {
		b.Run(form.name, func(b *testing.B) {
			src := mustNew(b, Options{}, files.FromBytes("bench", form.data))
			b.ReportAllocs()
			for b.Loop() {
				sh, err := src.open(src.inputs[0])
				if err != nil {
					b.Fatal(err)
				}
				r, err := sh.grid.rows(sh.name, len(sh.layout.header))
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for ; err == nil; n++ {
					_, err = r.next()
				}
				if n != benchRows+2 {
					b.Fatalf("%d rows", n)
				}
				r.Close()
				sh.grid.Close()
			}
			b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkHeader(b *testing.B) {
	header := kompasRows(b)[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := recognise(header, settings{}); !ok {
			b.Fatal("not recognised")
		}
	}
}

// BenchmarkLinks compares the one pass over a sheet's bytes with asking
// excelize for the link of each cell.
func BenchmarkLinks(b *testing.B) {
	const rows = 2000
	var links, rels strings.Builder
	for i := range rows {
		fmt.Fprintf(&links, `<hyperlink ref="C%d" r:id="rId%d"/>`, i+2, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://site%d.example.ru/" TargetMode="External"/>`, i+1, i)
	}
	data := encodeXLSX(b, benchKompas(b)[:rows+1], func(f *excelize.File) {
		if err := f.SetCellHyperLink("Sheet1", "C1", "https://example.ru", "External"); err != nil {
			b.Fatal(err)
		}
	})
	data = rezip(b, data, func(name string, content []byte) []byte {
		s := string(content)
		switch name {
		case "xl/worksheets/sheet1.xml":
			return []byte(strings.Replace(s, "<hyperlinks>", "<hyperlinks>"+links.String(), 1))
		case "xl/worksheets/_rels/sheet1.xml.rels":
			return []byte(strings.Replace(s, "<Relationship ", rels.String()+"<Relationship ", 1))
		}
		return content
	})
	in := files.FromBytes("bench", data)
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			g, err := openGrid(in, settings{})
			if err != nil {
				b.Fatal(err)
			}
			scan, err := g.(*workbook).scan("Sheet1")
			if err != nil || scan.links[cellID(rows+1, 2)] == "" {
				b.Fatalf("%d links, %v", len(scan.links), err)
			}
			g.Close()
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			for i := range rows {
				if ok, _, err := f.GetCellHyperLink("Sheet1", "C"+strconv.Itoa(i+2)); err != nil || !ok {
					b.Fatalf("row %d: %v, %v", i, ok, err)
				}
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
