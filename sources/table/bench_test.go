package table

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

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
