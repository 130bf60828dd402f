package resolve

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const (
	fFull    = string(company.FieldNameFull)
	fShort   = string(company.FieldNameShort)
	fBrand   = string(company.FieldNameBrand)
	fPhone   = string(company.FieldPhone)
	fSite    = string(company.FieldSite)
	fEmail   = string(company.FieldEmail)
	fCity    = string(company.FieldCity)
	fRegion  = string(company.FieldRegion)
	fAddress = string(company.FieldAddress)
	fOGRN    = string(company.FieldOGRN)
	fPrinted = string(company.FieldPrintedINN)
)

func testConfig() config.Resolve {
	return config.Resolve{MatchFrom: 0.9, ReviewFrom: 0.5, FreeMail: []string{"pochta.example"}, SharedHosts: []string{"builder.example"}}
}

func testModel() *evidence.Model { return evidence.New(testConfig()) }

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

// validOGRN makes the nth invented ОГРН of a legal entity.
func validOGRN(n int) string {
	body := 102590000000 + int64(n)
	return fmt.Sprintf("%d%d", body, body%11%10)
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

// firmOf is the nth company as a registry tells it.
func firmOf(n int, pairs ...string) company.Observation {
	return obs("rsmp", string(validINN(n)), validINN(n), pairs...)
}

// card is a listing of a directory.
func card(key string, pairs ...string) company.Observation { return obs("gis", key, "", pairs...) }

func cardID(key string) store.ObservationID { return store.ObservationID{Source: "gis", Key: key} }

// newStore fills a store with the observations, in the order given.
func newStore(t testing.TB, all ...company.Observation) *memory.Store {
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
func commit(t testing.TB, s store.Store, all ...company.Observation) {
	t.Helper()
	for _, o := range all {
		b := pipeline.Batch{Observations: []company.Observation{o}, Counts: pipeline.Counts{Declared: 1, Read: 1, Taken: 1}}
		if _, err := s.Commit(t.Context(), store.Commit{Source: o.Source, Day: 20000, Batch: b}); err != nil {
			t.Fatal(err)
		}
	}
}

// replace makes a source hold exactly these, whose keys rise.
func replace(t testing.TB, s store.Store, source string, all []company.Observation) {
	t.Helper()
	r := store.Replacement{Source: source, Day: 20000, Release: pipeline.Release{ID: "r", Whole: true, Date: 20000}}
	_, err := s.Replace(t.Context(), r, func(yield func(record.Packed, error) bool) {
		for i := range all {
			if !yield(record.Pack(nil, &all[i]), nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func decide(t testing.TB, s store.Store, id store.ObservationID, inn company.INN, same bool) {
	t.Helper()
	d := store.Decision{ID: id, INN: inn, Same: same, By: "analyst", At: time.Unix(1_800_000_000, 0).UTC()}
	if err := s.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func resolved(t testing.TB, s Store, o Options) Report {
	t.Helper()
	rep, err := Run(t.Context(), s, testModel(), o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func once(t testing.TB, s Store) Report {
	t.Helper()
	return resolved(t, s, Options{ReviewAtMost: 1000})
}

// joinsOf reads the store's joins by the keys of the listings.
func joinsOf(t testing.TB, s interface {
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
		out[j.ID.Key] = j
	}
	return out
}

// rowOf finds why a listing was not joined.
func rowOf(rep Report, key string) (ReviewRow, bool) {
	i := slices.IndexFunc(rep.Review, func(r ReviewRow) bool { return r.ID.Key == key })
	if i < 0 {
		return ReviewRow{}, false
	}
	return rep.Review[i], true
}

// state is all that a run leaves behind and tells but for how it came to it.
type state struct {
	report  Report
	joins   map[string]store.Join
	entries []store.Entry
}

func stateOf(t testing.TB, s store.Store, view Store, o Options) state {
	t.Helper()
	rep := resolved(t, view, o)
	rep.Compared, rep.Weighed, rep.Unchanged = 0, 0, false
	if len(rep.Review) == 0 {
		rep.Review = nil
	}
	entries, err := s.ListingEntries(t.Context(), store.ObservationID{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return state{rep, joinsOf(t, s), entries}
}

// differ says in what two states differ, "" if in nothing.
func differ(got, want state) string {
	for key, j := range want.joins {
		if !reflect.DeepEqual(got.joins[key], j) {
			return fmt.Sprintf("join %s is\n%+v, want\n%+v", key, got.joins[key], j)
		}
	}
	for key, j := range got.joins {
		if _, ok := want.joins[key]; !ok {
			return fmt.Sprintf("join %+v too much", j)
		}
	}
	if !reflect.DeepEqual(got.report, want.report) {
		return fmt.Sprintf("report is\n%+v, want\n%+v", got.report, want.report)
	}
	if len(got.entries) != len(want.entries) {
		return fmt.Sprintf("%d entries, want %d", len(got.entries), len(want.entries))
	}
	for i := range want.entries {
		if !reflect.DeepEqual(got.entries[i], want.entries[i]) {
			return fmt.Sprintf("entry is\n%+v, want\n%+v", shown(got.entries[i]), shown(want.entries[i]))
		}
	}
	return ""
}

func shown(e store.Entry) string {
	n, err := read(&e)
	if err != nil || n == nil {
		return fmt.Sprint(e, err)
	}
	return fmt.Sprintf("%v tokens %x, %+v, outcome %+v", e.Owner, e.Tokens, *n, n.Outcome)
}

// seen is a store of which some sources are switched off, as the night's view.
type seen struct {
	store.Store
	off map[string]bool
}

func (s seen) basis() string { return fmt.Sprint(s.off) }

func (s seen) filter(d store.Dossier) (store.Dossier, bool) {
	d.Observations = slices.DeleteFunc(d.Observations, func(o company.Observation) bool { return s.off[o.Source] })
	return d, slices.ContainsFunc(d.Observations, func(o company.Observation) bool { return o.INN == d.INN })
}

func (s seen) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	d, err := s.Store.Dossier(ctx, inn)
	if err != nil {
		return d, err
	}
	d, ok := s.filter(d)
	if !ok {
		return d, store.ErrNotFound
	}
	return d, nil
}

func (s seen) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	var out []store.Dossier
	for len(out) < limit {
		page, err := s.Store.Dossiers(ctx, after, 1)
		if err != nil || len(page) == 0 {
			return out, err
		}
		after = page[0].INN
		if d, ok := s.filter(page[0]); ok {
			out = append(out, d)
		}
	}
	return out, nil
}

func (s seen) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	var out []company.Observation
	for len(out) < limit {
		page, err := s.Store.WithoutINN(ctx, after, 1)
		if err != nil || len(page) == 0 {
			return out, err
		}
		after = idOf(&page[0])
		if !s.off[page[0].Source] {
			out = append(out, page[0])
		}
	}
	return out, nil
}

func (s seen) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	if s.off[id.Source] {
		return company.Observation{}, store.ErrNotFound
	}
	return s.Store.Get(ctx, id)
}

func sequence[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, one := range all {
			if !yield(one, nil) {
				return
			}
		}
	}
}
