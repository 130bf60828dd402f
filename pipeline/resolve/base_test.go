package resolve

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// testConfig has the thresholds of the embedded config and one word for each
// list, so that the tests tell config from what is built in.
func testConfig() config.Resolve {
	return config.Resolve{SharedNames: 3, FreeMail: []string{"pochta.example.ru"}, SharedHosts: []string{"builder.ru"}}
}

// validINN makes the nth invented ИНН of a legal entity.
func validINN(n int) company.INN {
	body := fmt.Sprintf("59%07d", n)
	for d := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("%s%d", body, d)); err == nil {
			return inn
		}
	}
	panic("no control digit") // each body has exactly one
}

// obs builds an observation from pairs of field and value.
func obs(source, key string, inn company.INN, pairs ...string) company.Observation {
	o := company.Observation{Source: source, Key: key, INN: inn, Date: 20000}
	for i := 0; i+1 < len(pairs); i += 2 {
		o.Add(company.Field(pairs[i]), pairs[i+1])
	}
	o.Sort()
	return o
}

// open fills a store with the observations, in the order given.
func open(t testing.TB, all ...company.Observation) *memory.Store {
	t.Helper()
	s := memory.New()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	commit(t, s, all...)
	return s
}

// commit writes the observations one by one.
func commit(t testing.TB, s *memory.Store, all ...company.Observation) {
	t.Helper()
	for _, o := range all {
		n := int64(1)
		b := pipeline.Batch{Observations: []company.Observation{o}, Counts: pipeline.Counts{Declared: n, Read: n, Taken: n}}
		if _, err := s.Commit(t.Context(), store.Commit{Source: o.Source, Day: 20000, Batch: b}); err != nil {
			t.Fatal(err)
		}
	}
}

func run(t testing.TB, s Store) Report {
	t.Helper()
	rep, err := Run(t.Context(), s, NewExact(testConfig()), Options{ReviewAtMost: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// joins reads the store's joins as "source/key" → ИНН and evidence.
func joins(t testing.TB, s interface {
	Joins(ctx context.Context, after store.ObservationID, limit int) ([]store.Join, error)
},
) map[string]store.Join {
	t.Helper()
	page, err := s.Joins(t.Context(), store.ObservationID{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]store.Join{}
	for _, j := range page {
		out[j.ID.Source+"/"+j.ID.Key] = j
	}
	return out
}

func kinds(j store.Join) []string {
	var out []string
	for _, e := range j.Evidence {
		out = append(out, e.Kind)
	}
	return slices.Compact(out)
}

// reason finds why an observation was not joined.
func reason(rep Report, key string) (ReviewRow, bool) {
	i := slices.IndexFunc(rep.Review, func(r ReviewRow) bool { return r.ID.Key == key })
	if i < 0 {
		return ReviewRow{}, false
	}
	return rep.Review[i], true
}
