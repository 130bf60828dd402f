package release

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func firm(n int, date company.Date, facts ...company.Fact) company.Observation {
	inn := company.INN(fmt.Sprintf("%010d", n))
	return company.Observation{Source: "мсп", Key: string(inn), INN: inn, Date: date, Facts: facts}
}

func city(name string) company.Fact { return company.Fact{Field: company.FieldCity, Value: name} }

func gather(t *testing.T, fold Fold, batches ...pipeline.Batch) ([]company.Observation, pipeline.Release) {
	t.Helper()
	g := New(t.Context(), Options{Source: "мсп", Dir: t.TempDir(), Workers: 2, Fold: fold})
	defer g.Close()
	for _, b := range batches {
		if err := g.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	var out []company.Observation
	for p, err := range g.Sorted() {
		if err != nil {
			t.Fatal(err)
		}
		o, err := p.Unpack()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out, g.Release()
}

// Several runs on disk give what sorting in memory gives, whatever the order
// of the batches, and nothing stays on disk.
func TestSortedOverManyRuns(t *testing.T) {
	const firms = 3*runRecords + 17
	dir := t.TempDir()
	order := rand.New(rand.NewPCG(1, 2)).Perm(firms)
	g := New(t.Context(), Options{Source: "мсп", Dir: dir, Workers: 3, Fold: Newest})
	for batch := range slices.Chunk(order, 900) {
		var b pipeline.Batch
		for _, n := range batch {
			b.Observations = append(b.Observations, firm(n, 100, city(strings.Repeat("а", n%50))))
		}
		if err := g.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for p, err := range g.Sorted() {
		if err != nil {
			t.Fatal(err)
		}
		want := firm(n, 100, city(strings.Repeat("а", n%50)))
		if got, err := p.Unpack(); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("record %d is %+v, want %+v (%v)", n, got, want, err)
		}
		n++
	}
	if n != firms {
		t.Errorf("%d records of %d", n, firms)
	}
	g.Close()
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("left on disk: %v (%v)", left, err)
	}
}

func TestNewestOfEachKey(t *testing.T) {
	got, _ := gather(t, Newest,
		pipeline.Batch{Observations: []company.Observation{firm(2, 100, city("Омск")), firm(1, 100, city("Пермь"))}},
		pipeline.Batch{Observations: []company.Observation{firm(1, 100, city("Тверь")), firm(2, 101, city("Томск"))}},
		pipeline.Batch{Observations: []company.Observation{firm(2, 99, city("Тула"))}},
	)
	want := []company.Observation{firm(1, 100, city("Пермь")), firm(2, 101, city("Томск"))}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestUnitedFacts(t *testing.T) {
	revenue := func(year, value string) company.Fact {
		return company.Fact{Field: company.FieldRevenue, Key: year, Value: value}
	}
	regime := func(value string) company.Fact {
		return company.Fact{Field: company.FieldRegime, Value: value}
	}
	got, _ := gather(t, United,
		pipeline.Batch{Observations: []company.Observation{firm(1, 200, revenue("2025", "7"), regime("УСН")), firm(2, 100, regime("ЕСХН"))}},
		pipeline.Batch{Observations: []company.Observation{firm(1, 100, revenue("2024", "0"), revenue("2025", "1"), regime("ПСН"))}},
		pipeline.Batch{Observations: []company.Observation{firm(1, 200, revenue("2025", "8"), regime("АУСН"))}},
	)
	want := []company.Observation{
		firm(1, 200, revenue("2024", "0"), revenue("2025", "8"), regime("АУСН"), regime("УСН")),
		firm(2, 100, regime("ЕСХН")),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestReleaseOfBatches(t *testing.T) {
	of := func(id string, date company.Date, whole bool, gaps ...pipeline.Gap) pipeline.Batch {
		return pipeline.Batch{Release: pipeline.Release{ID: id, Date: date, Whole: whole}, Gaps: gaps}
	}
	for name, c := range map[string]struct {
		batches []pipeline.Batch
		want    pipeline.Release
	}{
		"nothing":      {nil, pipeline.Release{}},
		"one":          {[]pipeline.Batch{of("a", 1, true), of("a", 1, true)}, pipeline.Release{ID: "a", Date: 1, Whole: true}},
		"two":          {[]pipeline.Batch{of("a", 1, true), of("b", 2, true)}, pipeline.Release{ID: "b", Date: 2}},
		"the older":    {[]pipeline.Batch{of("b", 2, true), of("a", 1, true)}, pipeline.Release{ID: "b", Date: 2}},
		"a part":       {[]pipeline.Batch{of("a", 1, true), of("a", 1, false), of("a", 1, true)}, pipeline.Release{ID: "a", Date: 1}},
		"with a gap":   {[]pipeline.Batch{of("a", 1, true, pipeline.Gap{Unit: "m"}), of("a", 1, true)}, pipeline.Release{ID: "a", Date: 1}},
		"back to one":  {[]pipeline.Batch{of("a", 1, true), of("b", 1, true), of("b", 1, true)}, pipeline.Release{ID: "b", Date: 1}},
		"never whole":  {[]pipeline.Batch{of("a", 3, false)}, pipeline.Release{ID: "a", Date: 3}},
		"later member": {[]pipeline.Batch{of("a", 1, true), of("a", 2, true)}, pipeline.Release{ID: "a", Date: 2, Whole: true}},
	} {
		if _, got := gather(t, Newest, c.batches...); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestBreakingOffAndFailing(t *testing.T) {
	many := pipeline.Batch{}
	for n := range 2*runRecords + waiting {
		many.Observations = append(many.Observations, firm(n, 1))
	}
	t.Run("never sorted", func(t *testing.T) {
		g := New(t.Context(), Options{Source: "мсп", Dir: t.TempDir(), Fold: Newest})
		if err := g.Add(many); err != nil {
			t.Error(err)
		}
		g.Close()
	})
	t.Run("broken off", func(t *testing.T) {
		g := New(t.Context(), Options{Source: "мсп", Dir: t.TempDir(), Fold: Newest})
		defer g.Close()
		if err := g.Add(many); err != nil {
			t.Error(err)
		}
		for _, err := range g.Sorted() {
			if err != nil {
				t.Error(err)
			}
			break
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		g := New(ctx, Options{Source: "мсп", Dir: t.TempDir(), Fold: Newest})
		defer g.Close()
		if err := g.Add(many); err != nil {
			t.Error(err)
		}
		var last error
		for _, err := range g.Sorted() {
			last = err
			cancel()
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("it ends with %v", last)
		}
	})
	t.Run("a record too large", func(t *testing.T) {
		g := New(t.Context(), Options{Source: "мсп", Dir: t.TempDir(), Fold: Newest})
		defer g.Close()
		err := g.Add(pipeline.Batch{Observations: []company.Observation{firm(1, 1, city(strings.Repeat("x", recordMax)))}})
		if !errors.Is(err, pipeline.ErrTooLarge) {
			t.Errorf("%v", err)
		}
	})
	t.Run("a fold that fails", func(t *testing.T) {
		broken := errors.New("broken")
		g := New(t.Context(), Options{Source: "мсп", Dir: t.TempDir(), Fold: func(a, _ record.Packed) (record.Packed, error) { return a, broken }})
		defer g.Close()
		twice := pipeline.Batch{Observations: []company.Observation{firm(1, 1), firm(1, 1)}}
		if err := g.Add(twice); err != nil {
			t.Error(err)
		}
		n := 0
		for _, err := range g.Sorted() {
			if n++; !errors.Is(err, broken) {
				t.Errorf("%v", err)
			}
		}
		if n != 1 {
			t.Errorf("%d things after an error", n-1)
		}
	})
}

func BenchmarkSorted(b *testing.B) {
	const firms = 300_000
	batch := pipeline.Batch{}
	for _, n := range rand.New(rand.NewPCG(1, 2)).Perm(firms) {
		batch.Observations = append(batch.Observations, firm(n, 1, city("Пермь"),
			company.Fact{Field: company.FieldNameFull, Value: strings.Repeat("ООО «ВЕГА» ", 15)}))
	}
	dir := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		g := New(b.Context(), Options{Source: "мсп", Dir: dir, Workers: 2, Fold: Newest})
		if err := g.Add(batch); err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range g.Sorted() {
			if n++; err != nil {
				b.Fatal(err)
			}
		}
		if g.Close(); n != firms {
			b.Fatal(n)
		}
	}
	b.ReportMetric(firms*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
