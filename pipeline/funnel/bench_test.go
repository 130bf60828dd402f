package funnel

import (
	"strconv"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// BenchmarkFold folds companies of three results each.
func BenchmarkFold(b *testing.B) {
	const companies = 100_000
	c := byTheBook(b)
	all := make([][]store.Result, companies)
	outcomes := Outcomes()
	for i := range all {
		for n := range 3 {
			r := call(monday+company.Date(i%60+n*7), outcomes[(i+n*5)%len(outcomes)])
			r.INN = company.INN(strconv.Itoa(7_700_000_000 + i))
			all[i] = append(all[i], r)
		}
	}
	b.ReportAllocs()
	due := 0
	for b.Loop() {
		due = 0
		for i := range all {
			p := c.Fold(all[i][0].INN, all[i])
			if p.DueOn(monday + 60) {
				due++
			}
		}
	}
	if due == 0 || due == companies {
		b.Fatalf("%d of %d are due", due, companies)
	}
	b.ReportMetric(float64(companies)*float64(b.N)/b.Elapsed().Seconds(), "companies/s")
}
