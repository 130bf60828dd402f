package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

const (
	rounds = 40
	firms  = 12
)

var concurrentTests = []test{
	{"readers see whole batches", func(t *testing.T, open Open) {
		s := open(t)
		ctx, done := context.WithCancel(t.Context())
		defer done()
		write := func(round int) error {
			var batch []company.Observation
			for n := range firms {
				batch = append(batch, firm("rsmp", n, fmt.Sprintf("city=город %d", round)))
			}
			return commitAll(t.Context(), s, batch)
		}
		if err := write(0); err != nil {
			t.Fatal(err)
		}
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for ctx.Err() == nil {
					if err := wholeBatch(t.Context(), s); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for round := 1; round <= rounds; round++ {
			if err := write(round); err != nil {
				t.Error(err)
			}
			replace(t, s, "egrul", tuesday, true, firm("egrul", round), observe("egrul", "z", ""))
			replaceJoins(t, s, store.Join{ID: store.ObservationID{Source: "egrul", Key: "z"}, INN: INN(round % firms)})
		}
		done()
		readers.Wait()
	}},
	{"writers of several sources", func(t *testing.T, open Open) {
		s := open(t)
		var writers sync.WaitGroup
		for w := range 4 {
			source := fmt.Sprintf("source%d", w)
			writers.Go(func() {
				for round := range rounds {
					if err := commitAll(t.Context(), s, []company.Observation{firm(source, round)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		writers.Wait()
		same(t, "companies", len(must(s.Dossiers(t.Context(), "", 1000))(t)), rounds)
		for w := range 4 {
			p := must(s.Pull(t.Context(), fmt.Sprintf("source%d", w)))(t)
			same(t, "delta", p.Delta, store.Delta{New: rounds})
		}
	}},
	{"closing while others work", func(t *testing.T, open Open) {
		s := open(t)
		fill(t, s, 5)
		var others sync.WaitGroup
		started := make(chan struct{}, 4)
		for w := range 4 {
			others.Go(func() {
				for n := 0; ; n++ {
					err := commitAll(t.Context(), s, []company.Observation{firm(fmt.Sprintf("source%d", w), n)})
					if err == nil {
						_, err = s.Dossiers(t.Context(), "", 3)
					}
					if errors.Is(err, store.ErrClosed) {
						return
					}
					if err != nil {
						t.Errorf("error %v, want ErrClosed", err)
						return
					}
					if n == 0 {
						started <- struct{}{}
					}
				}
			})
		}
		for range 4 {
			<-started
		}
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		others.Wait()
	}},
}

func commitAll(ctx context.Context, s store.Store, batch []company.Observation) error {
	c := store.Commit{Source: batch[0].Source, Day: tuesday}
	c.Batch.Observations = batch
	_, err := s.Commit(ctx, c)
	return err
}

// wholeBatch reads one page and checks that all of it is of one round.
func wholeBatch(ctx context.Context, s store.Store) error {
	page, err := s.Dossiers(ctx, "", firms)
	if err != nil {
		return err
	}
	cities := map[string]bool{}
	for _, d := range page {
		for i := range d.Observations {
			if o := &d.Observations[i]; o.Source == "rsmp" {
				cities[o.First(company.FieldCity)] = true
			}
		}
	}
	if len(page) != firms || len(cities) != 1 {
		return fmt.Errorf("a page of %d companies with the cities %v, want %d and one city", len(page), cities, firms)
	}
	_, err = s.Events(ctx, 0, store.Event{}, 5)
	return err
}
