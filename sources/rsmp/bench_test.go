package rsmp

import (
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// BenchmarkPull reads a generated release (900 documents a member as in the
// published ones, an eighth of them wanted) and gives documents and megabytes
// of XML a second.
func BenchmarkPull(b *testing.B) {
	const members, rows = 16, 900
	var pairs []string
	xml := 0
	for i := range members {
		text := synthetic(uint64(i), rows)
		xml += len(text)
		pairs = append(pairs, strings.Repeat("0", 3)+string(rune('a'+i))+".xml", text)
	}
	data := zipped(b, pairs...)
	for _, c := range []struct {
		name    string
		workers int
	}{{"one worker", 1}, {"a worker per processor", 0}} {
		b.Run(c.name, func(b *testing.B) {
			source := New("мсп", []files.Input{files.FromBytes("r.zip", data)}, Options{Workers: c.workers})
			b.ReportAllocs()
			b.SetBytes(int64(xml))
			for b.Loop() {
				var n pipeline.Counts
				for batch, err := range source.Pull(b.Context(), pipeline.Request{Wanted: wantCars()}) {
					if err != nil {
						b.Fatal(err)
					}
					n = n.Add(batch.Counts)
				}
				if n.Read != members*rows || n.Taken == 0 || n.NotWanted == 0 {
					b.Fatalf("counts %+v", n)
				}
			}
			b.ReportMetric(float64(members*rows)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}
