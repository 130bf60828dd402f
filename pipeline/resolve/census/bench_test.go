package census

import "testing"

// BenchmarkRegistry makes companies as they are loaded.
func BenchmarkRegistry(b *testing.B) {
	w := world(b, Spec{Seed: 1, Companies: 100_000, Listings: 1000})
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for range w.Registry() {
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "companies/s")
}

// BenchmarkListings makes listings and their truth, the counting of rivals
// apart.
func BenchmarkListings(b *testing.B) {
	w := world(b, Spec{Seed: 1, Companies: 100_000, Listings: 10_000})
	w.rivals()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for range w.Listings() {
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "listings/s")
}
