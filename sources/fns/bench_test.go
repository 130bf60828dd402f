package fns

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/record"
	"obzvon/pipeline/sourcetest"
)

// BenchmarkPull reads a generated release of each set (900 documents a member
// as in the published ones) and gives documents and bytes of XML a second, and
// how many bytes a record has on its way to the store: its content and, beside
// it, with key and date.
func BenchmarkPull(b *testing.B) {
	const members, rows = 16, 900
	for i := range sets {
		var pairs []string
		total := 0
		for m := range members {
			text := synthetic(sets[i].id, uint64(m), rows)
			total += len(text)
			pairs = append(pairs, fmt.Sprintf("%02d.xml", m), text)
		}
		in := files.FromBytes("r.zip", sourcetest.Zip(b, pairs...))
		b.Run(sets[i].id, func(b *testing.B) { benchmarkPull(b, sets[i].id, in, int64(total), members*rows) })
	}
}

// BenchmarkSample reads the real files.
func BenchmarkSample(b *testing.B) {
	for _, g := range goldens() {
		b.Run(g.path, func(b *testing.B) { benchmarkPull(b, g.set, sample(b, g.path)[0], 0, g.counts.Read) })
	}
}

func benchmarkPull(b *testing.B, set string, in files.Input, size, rows int64) {
	b.Helper()
	s := source(b, Options{Set: set}, in)
	var n pipeline.Counts
	var packed, sorting, records int
	b.ReportAllocs()
	b.SetBytes(size)
	for b.Loop() {
		n, packed, sorting, records = pipeline.Counts{}, 0, 0, 0
		var content, whole []byte
		for batch, err := range s.Pull(b.Context(), pipeline.Request{}) {
			if err != nil {
				b.Fatal(err)
			}
			n = n.Add(batch.Counts)
			for i := range batch.Observations {
				p := record.Pack(content[:0], &batch.Observations[i])
				content = p.Content
				whole = record.AppendSorting(whole[:0], &p)
				packed, sorting, records = packed+len(content), sorting+len(whole), records+1
			}
		}
		if n.Read != rows {
			b.Fatalf("counts %+v", n)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(packed)/float64(records), "B/content")
	b.ReportMetric(float64(sorting)/float64(records), "B/record")
}

// BenchmarkParser reads members one after the other, bare and as a set, so
// that it can be seen what the set costs beside the parser under it.
func BenchmarkParser(b *testing.B) {
	for _, id := range []string{"sshr2019", "paytax"} {
		text := synthetic(id, 1, 900)
		b.Run(id+"/encoding-xml alone", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if err := drain(xml.NewDecoder(strings.NewReader(text))); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(id+"/one worker", func(b *testing.B) {
			s := source(b, Options{Set: id, Workers: 1}, input("a.xml", text))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for batch, err := range s.Pull(b.Context(), pipeline.Request{}) {
					if err != nil || batch.Counts.Taken != 900 {
						b.Fatal(err, batch.Counts)
					}
				}
			}
		})
	}
}

// drain reads all tokens.
func drain(d *xml.Decoder) error {
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
