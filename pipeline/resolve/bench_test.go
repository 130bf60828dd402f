package resolve

import (
	"fmt"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/memory"
)

// kinds of stores that are measured.
var benchStores = []struct {
	name string
	open func(b *testing.B) store.Store
}{
	{"memory", func(*testing.B) store.Store { return memory.New() }},
	{"bolt", func(b *testing.B) store.Store {
		s, err := bolt.Open(b.Context(), bolt.Options{Dir: b.TempDir(), Command: "bench"})
		if err != nil {
			b.Fatal(err)
		}
		return s
	}},
}

func benchStore(b *testing.B, open func(b *testing.B) store.Store, firms, cards int) store.Store {
	s := open(b)
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	replace(b, s, "rsmp", manyFirms(firms))
	replace(b, s, "gis", manyCards(cards, firms))
	return s
}

// BenchmarkFirst indexes all and matches all.
func BenchmarkFirst(b *testing.B) {
	const cards = 10_000
	for _, kind := range benchStores {
		for _, firms := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/firms=%d", kind.name, firms), func(b *testing.B) {
				s := benchStore(b, kind.open, firms, cards)
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					n++
					if rep := resolved(b, s, Options{Basis: strconv.Itoa(n)}); rep.Compared != cards {
						b.Fatalf("%d compared", rep.Compared)
					}
				}
				seconds := b.Elapsed().Seconds() / float64(n)
				b.ReportMetric(float64(firms+cards)/seconds, "owners/s")
			})
		}
	}
}

// BenchmarkMatch matches listings against registries of different sizes that
// are indexed already: what a listing costs must not grow with them.
func BenchmarkMatch(b *testing.B) {
	const cards = 10_000
	for _, kind := range benchStores {
		for _, firms := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/firms=%d", kind.name, firms), func(b *testing.B) {
				s := benchStore(b, kind.open, firms, cards)
				r, err := begin(b.Context(), s, testModel(), Options{})
				if err == nil {
					err = r.index(b.Context())
				}
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					r.firms, r.crowded = firmCache{}, map[uint64]carried{}
					r.compared, r.weighed = atomic.Int64{}, atomic.Int64{}
					if err := r.matchAll(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/cards*1e6, "µs/listing")
				b.ReportMetric(float64(r.weighed.Load())/cards, "weighed/listing")
			})
		}
	}
}

// BenchmarkChange is a night in which a hundred of ten thousand listings
// changed. The memory store is left out: it looks through all joins for each
// dossier.
func BenchmarkChange(b *testing.B) {
	const firms, cards, some = 50_000, 10_000, 100
	for _, kind := range benchStores[1:] {
		b.Run(kind.name, func(b *testing.B) {
			s := benchStore(b, kind.open, firms, cards)
			resolved(b, s, Options{})
			all := manyCards(cards, firms)
			b.ReportAllocs()
			n, compared := 0, int64(0)
			for b.Loop() {
				n++
				changed := make([]company.Observation, some)
				for i := range changed {
					o := all[(n*some+i)%cards]
					o.Facts = append([]company.Fact(nil), o.Facts...)
					o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", 2_000_000+n*some+i))
					o.Sort()
					changed[i] = o
				}
				commit(b, s, changed...)
				compared += resolved(b, s, Options{}).Compared
			}
			b.ReportMetric(some*float64(n)/b.Elapsed().Seconds(), "changes/s")
			b.ReportMetric(float64(compared)/float64(n), "compared")
		})
	}
}

// BenchmarkUnchanged is a night in which nothing has changed.
func BenchmarkUnchanged(b *testing.B) {
	for _, kind := range benchStores {
		b.Run(kind.name, func(b *testing.B) {
			s := benchStore(b, kind.open, 5000, 5000)
			resolved(b, s, Options{ReviewAtMost: 500})
			runtime.GC()
			b.ReportAllocs()
			for b.Loop() {
				if rep := resolved(b, s, Options{ReviewAtMost: 500}); !rep.Unchanged {
					b.Fatal("changed")
				}
			}
			b.ReportMetric(5000*float64(b.N)/b.Elapsed().Seconds(), "listings/s")
		})
	}
}
