package egrul

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// BenchmarkPull reads a generated archive (200 companies a file as in the
// exchange, an eighth of them wanted) and gives documents and megabytes of XML
// a second. Beside it stands encoding/xml alone, which only walks the tokens.
func BenchmarkPull(b *testing.B) {
	const members, rows = 8, 200
	size := 0
	for i := range members {
		size += len(synthetic(b, uint64(i), rows))
	}
	data := release(b, members, rows)
	inputs := []files.Input{input("r.zip", data)}
	b.Run("encoding xml alone, one worker", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(size))
		for b.Loop() {
			walk(b, data)
		}
		b.ReportMetric(float64(members*rows)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	})
	for _, c := range []struct {
		name    string
		workers int
		wanted  pipeline.Wanted
	}{
		{"one worker", 1, wantCars()},
		{"a worker per processor", 0, wantCars()},
		{"all wanted", 0, pipeline.Wanted{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			source := New("егрюл", inputs, Options{Workers: c.workers})
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				var n pipeline.Counts
				for batch, err := range source.Pull(b.Context(), pipeline.Request{Wanted: c.wanted}) {
					if err != nil {
						b.Fatal(err)
					}
					n = n.Add(batch.Counts)
				}
				if n.Read != members*rows || n.Taken == 0 {
					b.Fatalf("counts %+v", n)
				}
			}
			b.ReportMetric(float64(members*rows)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

// walk inflates, decodes and reads every token of a zip.
func walk(b *testing.B, data string) {
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			b.Fatal(err)
		}
		d := xml.NewDecoder(charmap.Windows1251.NewDecoder().Reader(r))
		d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
