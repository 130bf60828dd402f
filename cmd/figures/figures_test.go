package main

import (
	"archive/zip"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/cmd/figures/dump"
	"obzvon/config"
	"obzvon/pipeline/company"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{
		{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1}, 5}, {[]float64{7, 1, 2}, 2}, {[]float64{4, 1, 3, 100}, 3.5},
	} {
		given := slices.Clone(c.values)
		if got := median(c.values); got != c.want {
			t.Errorf("median of %v is %g, want %g", c.values, got, c.want)
		}
		if !slices.Equal(given, c.values) {
			t.Errorf("the values were sorted: %v", c.values)
		}
	}
}

// A ratio is of one round: a slow hour that hits both readers does not change it.
func TestSummariseByRound(t *testing.T) {
	of := func(docs int64, took ...time.Duration) []sample {
		var out []sample
		for _, d := range took {
			out = append(out, sample{reading: reading{docs: docs, wanted: 5}, took: d, allocs: uint64(docs) * 2})
		}
		return out
	}
	const s = time.Second
	got := summarise([]reader{{name: "limit"}, {name: "ours"}}, [][]sample{of(100, s, 10*s, 2*s), of(100, 2*s, 20*s, 3*s)})
	ours := got[1]
	if ours.ratio != 2 || ours.ratioLeast != 1.5 || ours.ratioMost != 2 || ours.took != 3*s || ours.least != 2*s || ours.most != 20*s {
		t.Errorf("%+v", ours)
	}
	if ours.allocsPerDoc != 2 || ours.docsPerSecond != 100.0/3 || ours.wanted != 5 || got[0].ratio != 1 {
		t.Errorf("%+v", got)
	}
}

func TestRoundsRefuseReadersThatDisagree(t *testing.T) {
	found := func(r reading) reader {
		return timed("x", func(context.Context) (reading, error) { return r, nil })
	}
	if _, err := rounds(t.Context(), 2, found(reading{9, -1}), found(reading{9, 4}), found(reading{9, 4})); err != nil {
		t.Errorf("a reader that does not look at what is wanted: %v", err)
	}
	if _, err := rounds(t.Context(), 2, found(reading{9, 3}), found(reading{9, 4})); err == nil {
		t.Error("readers that find different things are compared")
	}
	broken := timed("y", func(context.Context) (reading, error) { return reading{}, errSum })
	if _, err := rounds(t.Context(), 1, broken); !errors.Is(err, errSum) {
		t.Errorf("%v", err)
	}
}

// small makes a release of a few members on disk.
func small(t *testing.T) (path string, stats dump.Stats, wanted []company.OKVED) {
	t.Helper()
	_, segments, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wanted = segments.WantedCodes()
	g, err := dump.New(dump.Options{Seed: seed, Docs: 3*dump.MemberDocs + 5, Share: 0.3, Wanted: wanted, Date: company.NewDate(2026, 10, 10)})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "data-10102026-structure-10062025.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if stats, err = g.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path, stats, wanted
}

// All readers find the same in the same release.
func TestReadersAgree(t *testing.T) {
	path, stats, wanted := small(t)
	all, err := rounds(t.Context(), 1, inflating(path, math.MaxInt, stats.Docs), pulling(path, wanted), decoding(path, math.MaxInt, wanted))
	if err != nil {
		t.Fatal(err)
	}
	want := reading{docs: stats.Docs, wanted: stats.Wanted}
	if all[1][0].reading != want || all[2][0].reading != want {
		t.Errorf("%+v and %+v, want %+v", all[1][0].reading, all[2][0].reading, want)
	}
	part, _, err := decoding(path, 2, wanted).read(t.Context())
	if err != nil || part.docs != 2*dump.MemberDocs {
		t.Errorf("of two members %+v, %v", part, err)
	}
}

func TestLxmlAgrees(t *testing.T) {
	if lxmlVersion(t.Context(), "python3") == "" {
		t.Skip("python3 with lxml is not installed here")
	}
	path, stats, wanted := small(t)
	got, _, err := parsing("python3", path, stats.Members, wanted).read(t.Context())
	if want := (reading{docs: stats.Docs, wanted: stats.Wanted}); err != nil || got != want {
		t.Errorf("%+v, want %+v (%v)", got, want, err)
	}
}

// The limit is one that also looks at the sum: a damaged release is no limit.
func TestInflateRefusesDamage(t *testing.T) {
	path, stats, _ := small(t)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	at, err := z.File[1].DataOffset()
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	data[at+200] ^= 0x40
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inflating(path, math.MaxInt, stats.Docs).read(t.Context()); err == nil {
		t.Error("a changed byte goes unnoticed")
	}
}

func TestSettings(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	s, err := readSettings(env())
	if err != nil || s.docs != fullDocs || s.rounds != 5 || s.slice != 200_000 || s.command != "make figures" || !s.does(partNights) {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = readSettings(env("FIGURES_DOCS", "100000", "FIGURES_PARTS", "scan,store"))
	if err != nil || s.docs != 100_000 || s.slice != 100_000 || s.does(partNights) || !s.does(partStore) ||
		s.command != "FIGURES_DOCS=100000 FIGURES_PARTS=scan,store make figures" {
		t.Errorf("%+v, %v", s, err)
	}
	for _, bad := range [][]string{{"FIGURES_DOCS", "many"}, {"FIGURES_DOCS", "10"}, {"FIGURES_ROUNDS", "0"}, {"FIGURES_PARTS", "scan,all"}} {
		if _, err := readSettings(env(bad...)); !errors.Is(err, errSettings) || !strings.Contains(err.Error(), bad[0]) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	dir := t.TempDir()
	scratch, remove, err := settings{dir: filepath.Join(dir, "new")}.scratch()
	if err != nil || filepath.Dir(scratch) != filepath.Join(dir, "new") {
		t.Fatalf("%s, %v", scratch, err)
	}
	if err := remove(); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "new", "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Both releases are of the past, a month apart, and none is stale (75 days).
func TestDates(t *testing.T) {
	for day := company.NewDate(2026, 1, 1); day < company.NewDate(2027, 6, 1); day++ {
		first, next := dates(day)
		if next > day || first >= next || next-first > 31 || next-first < 28 || day-first > 65 || first.Time().Day() != 10 || next.Time().Day() != 10 {
			t.Errorf("on %s: %s and %s", day, first, next)
		}
	}
}
