package erasure

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// page is how many of anything are read, and written, at a time.
const page = 500

// observations calls do for every observation in the store, one at a time, with the
// ИНН whose dossier it stands in: its own, or that of an annex or a join; "" for a
// listing that is nobody's. Joined listings come with each. Pick says, in several
// goroutines, which are worth it.
func observations(ctx context.Context, s store.Observations, pick func(*company.Observation) bool, do func(inn company.INN, o company.Observation)) error {
	var mu sync.Mutex
	take := func(inn company.INN, o *company.Observation) {
		if pick(o) {
			mu.Lock()
			defer mu.Unlock()
			do(inn, *o)
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, span := range store.Spans() {
		g.Go(func() error {
			for dossiers, err := range span.Pages(ctx, s) {
				if err != nil {
					return err
				}
				for i := range dossiers {
					for j := range dossiers[i].Observations {
						take(dossiers[i].INN, &dossiers[i].Observations[j])
					}
				}
			}
			return nil
		})
	}
	g.Go(func() error { return listings(ctx, s, func(o *company.Observation) { take("", o) }) })
	return g.Wait()
}

// listings walks the observations without ИНН.
func listings(ctx context.Context, s store.Observations, do func(*company.Observation)) error {
	for after := (store.ObservationID{}); ; {
		some, err := s.WithoutINN(ctx, after, page)
		if err != nil {
			return err
		}
		for i := range some {
			do(&some[i])
		}
		if len(some) < page {
			return nil
		}
		after = idOf(&some[len(some)-1])
	}
}

func idOf(o *company.Observation) store.ObservationID {
	return store.ObservationID{Source: o.Source, Key: o.Key}
}
