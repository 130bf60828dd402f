package memory_test

import (
	"fmt"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
	"obzvon/pipeline/store/storetest"
)

// BenchmarkDossier reads one dossier at a time: the time must not grow with the
// number of joins.
func BenchmarkDossier(b *testing.B) {
	for _, joins := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("%d joins", joins), func(b *testing.B) {
			s := joined(b, joins)
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				if _, err := s.Dossier(b.Context(), storetest.INN(n%joins)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "dossiers/s")
		})
	}
}

// joined is a store of firms with one listing each.
func joined(b *testing.B, firms int) *memory.Store {
	b.Helper()
	s := memory.New()
	own, listings := store.Commit{Source: "rsmp"}, store.Commit{Source: "gis"}
	var joins []store.Join
	add := func(batch *pipeline.Batch, source, key string, inn company.INN) {
		batch.Observations = append(batch.Observations, company.Observation{Source: source, Key: key, INN: inn})
	}
	for n := range firms {
		inn := storetest.INN(n)
		add(&own.Batch, "rsmp", string(inn), inn)
		add(&listings.Batch, "gis", fmt.Sprintf("%09d", n), "")
		joins = append(joins, store.Join{ID: store.ObservationID{Source: "gis", Key: fmt.Sprintf("%09d", n)}, INN: inn})
	}
	for _, c := range []store.Commit{own, listings} {
		if _, err := s.Commit(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	err := s.ReplaceJoins(b.Context(), nil, func(yield func(store.Join, error) bool) {
		for _, j := range joins {
			if !yield(j, nil) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}
