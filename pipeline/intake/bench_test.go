package intake

import (
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
)

// BenchmarkTake takes a table of ten thousand clients, each time as a new file.
func BenchmarkTake(b *testing.B) {
	const rows = 10_000
	all := make([]map[string]string, rows)
	for i := range all {
		all[i] = cells{
			heading.TitleINN: string(innOf(i)), heading.TitlePhone: pretty(i), heading.TitleResult: funnel.Contract, heading.TitleDay: "14.05.2025",
			heading.TitleAmount: "12 500 ₽", heading.TitleComment: "платит вовремя",
		}
	}
	table := plainTable(b, 12, all...)
	o := newOffice(b)
	o.Journal = &notes{}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		table.Digest = decimal(n)
		r, err := o.Take(b.Context(), []pipeline.Returned{table})
		if err != nil || r.Files[0].New != rows {
			b.Fatal(err, r)
		}
	}
	b.ReportMetric(float64(n*rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkWhen reads days as people write them.
func BenchmarkWhen(b *testing.B) {
	r := whenReader{day(b, listDay), calendar()}
	texts := []string{"46350.6", "24.11.2026 15:00", "в четверг в 15:00", "через две недели", "после праздников"}
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			r.read(text, false)
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "cells/s")
}
