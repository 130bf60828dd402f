package resolve

import (
	"fmt"
	"runtime"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// BenchmarkExact matches the listings of a region's directories against the
// companies of all Russia. Of the companies' memory and time only what is
// spent beyond making them (BenchmarkPages) is the matcher's.
func BenchmarkExact(b *testing.B) {
	const listings = 20_000
	for _, companies := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("companies=%d", companies), func(b *testing.B) {
			base := newRegistry(companies, listings)
			m := NewExact(testConfig())
			before := liveHeap()
			b.ReportAllocs()
			joined := 0
			for b.Loop() {
				base.heapPeak = 0
				res, err := m.Match(b.Context(), base, nil)
				if err != nil {
					b.Fatal(err)
				}
				if joined = len(res.Joins); joined < listings/100 || joined+len(res.Unresolved) != listings {
					b.Fatalf("%d joined, %d not", joined, len(res.Unresolved))
				}
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(float64(companies)/seconds, "companies/s")
			b.ReportMetric(float64(joined), "joined")
			b.ReportMetric(float64(base.heapPeak-before)/(1<<20), "peak-MB")
		})
	}
}

// BenchmarkPages is what the base alone costs.
func BenchmarkPages(b *testing.B) {
	const companies = 1_000_000
	base := newRegistry(companies, 0)
	b.ReportAllocs()
	for b.Loop() {
		if n := countCompanies(b, base); n != companies {
			b.Fatalf("%d companies", n)
		}
	}
	b.ReportMetric(companies/(b.Elapsed().Seconds()/float64(b.N)), "companies/s")
}

func countCompanies(tb testing.TB, base Base) int {
	tb.Helper()
	n := 0
	for after := company.INN(""); ; {
		page, err := base.Dossiers(tb.Context(), after, pageSize)
		if err != nil {
			tb.Fatal(err)
		}
		if len(page) == 0 {
			return n
		}
		n += len(page)
		after = page[len(page)-1].INN
	}
}

// BenchmarkLook is what one worker does, without the base.
func BenchmarkLook(b *testing.B) {
	const companies = 50_000
	base := newRegistry(1_000_000, 20_000)
	m := newMatching(NewExact(testConfig()), nil)
	if err := m.readListings(b.Context(), base); err != nil {
		b.Fatal(err)
	}
	var pages [][]store.Dossier
	for after := company.INN(""); len(pages) < companies/pageSize; {
		page, err := base.Dossiers(b.Context(), after, pageSize)
		if err != nil {
			b.Fatal(err)
		}
		pages, after = append(pages, page), page[len(page)-1].INN
	}
	m.closed = newMarks(m.tokens.len())
	l := newLooker(m, newSieve(m.tokens, m.closed))
	found := 0
	for _, page := range pages { // closes what a scan closes at its beginning
		f := l.page(page)
		m.merge(f)
	}
	b.ReportAllocs()
	for b.Loop() {
		found = 0
		for _, page := range pages {
			found += len(l.page(page).found)
		}
	}
	b.ReportMetric(companies/(b.Elapsed().Seconds()/float64(b.N)), "companies/s")
	b.ReportMetric(float64(found)/companies, "found")
}

// BenchmarkListings tells what is kept of a listing.
func BenchmarkListings(b *testing.B) {
	const listings = 100_000
	base := newRegistry(1_000_000, listings)
	e := NewExact(testConfig())
	b.ReportAllocs()
	kept := uint64(0)
	for b.Loop() {
		before := liveHeap()
		m := newMatching(e, nil)
		if err := m.readListings(b.Context(), base); err != nil {
			b.Fatal(err)
		}
		kept = liveHeap() - before
		runtime.KeepAlive(m)
	}
	b.ReportMetric(float64(kept)/listings, "bytes/listing")
	b.ReportMetric(listings/(b.Elapsed().Seconds()/float64(b.N)), "listings/s")
}
