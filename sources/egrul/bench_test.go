package egrul

import (
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// BenchmarkPull reads a generated archive (200 companies a file as in the
// exchange, an eighth of them wanted) and gives documents and megabytes of XML
// a second.
func BenchmarkPull(b *testing.B) {
	const members, rows = 8, 200
	xml := 0
	for i := range members {
		xml += len(synthetic(b, uint64(i), rows))
	}
	inputs := []files.Input{input("r.zip", release(b, members, rows))}
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
			b.SetBytes(int64(xml))
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
