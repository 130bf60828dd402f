package storetest

import (
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

// Days of the tests.
var (
	monday  = company.NewDate(2026, time.November, 16)
	tuesday = monday + 1
	friday  = monday + 4
	noon    = time.Date(2026, time.November, 16, 12, 0, 0, 0, time.UTC)
)

// INN returns the n-th invented ИНН of a legal entity; greater n are greater.
func INN(n int) company.INN {
	stem := fmt.Sprintf("59%07d", n)
	for check := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("%s%d", stem, check)); err == nil {
			return inn
		}
	}
	panic("no control digit fits " + stem)
}

// observe makes an observation of facts written "field=value" or
// "field:key=value", sorted.
func observe(source, key string, inn company.INN, facts ...string) company.Observation {
	o := company.Observation{Source: source, Key: key, INN: inn, Date: monday - 30, Origin: "file.zip/1"}
	for _, f := range facts {
		name, value, _ := strings.Cut(f, "=")
		field, factKey, _ := strings.Cut(name, ":")
		o.Facts = append(o.Facts, company.Fact{Field: company.Field(field), Key: factKey, Value: value})
	}
	o.Sort()
	return o
}

// firm is an observation whose key is its ИНН, as registries have it.
func firm(source string, n int, facts ...string) company.Observation {
	return observe(source, string(INN(n)), INN(n), facts...)
}

func idOf(o company.Observation) store.ObservationID {
	return store.ObservationID{Source: o.Source, Key: o.Key}
}

func commit(t *testing.T, s store.Store, day company.Date, obs ...company.Observation) store.Delta {
	t.Helper()
	c := store.Commit{Source: obs[0].Source, Day: day, Batch: pipeline.Batch{Observations: obs}}
	d, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	return d
}

func replace(t *testing.T, s store.Store, source string, day company.Date, whole bool, obs ...company.Observation) store.Delta {
	t.Helper()
	r := store.Replacement{Source: source, Day: day, Release: pipeline.Release{ID: "r", Whole: whole}}
	d, err := s.Replace(t.Context(), r, packed(each(obs...)))
	if err != nil {
		t.Fatalf("replace: %v", err)
	}
	return d
}

// each yields values without error.
func each[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// packed packs what a sequence yields. The memory of one record is used again
// for the next.
func packed(seq iter.Seq2[company.Observation, error]) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		var content []byte
		for o, err := range seq {
			p := record.Pack(content[:0], &o)
			content = p.Content
			if !yield(p, err) {
				return
			}
		}
	}
}

// failing yields values, then an error.
func failing[T any](err error, values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
		var zero T
		yield(zero, err)
	}
}

// same compares by what is printed: times of equal zone and nil and empty
// slices are equal then.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want)
	if g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func events(t *testing.T, s store.Store, since company.Date) []store.Event {
	t.Helper()
	return must(s.Events(t.Context(), since, store.Event{}, 1000))(t)
}

// eventLines renders events as "day kind source/key inn changes".
func eventLines(t *testing.T, s store.Store) []string {
	t.Helper()
	var out []string
	for _, e := range events(t, s, 0) {
		var line strings.Builder
		fmt.Fprintf(&line, "%v %s %s/%s %s", e.Day, e.Kind, e.ID.Source, e.ID.Key, e.INN)
		for _, c := range e.Changes {
			fmt.Fprintf(&line, " %s:%s %q→%q", c.Field, c.Key, c.From, c.To)
		}
		out = append(out, line.String())
	}
	return out
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
