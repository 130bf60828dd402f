package night_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// revenue is what a set of the tax service says of one firm.
func revenue(n int, year, roubles string) company.Observation {
	return company.Observation{
		Key: string(inn(n)), INN: inn(n), Date: company.NewDate(2025, 12, 31),
		Facts: []company.Fact{{Field: company.FieldRevenue, Key: year, Value: roubles}},
	}
}

// addSet puts a set beside the world's sources.
func (w *world) addSet(s *source) {
	w.night.Sources = append(w.night.Sources, night.Source{Section: config.Section{Name: s.name, Enabled: true, Trust: 90}, Source: s})
}

// A set adds to companies that others know, makes none, and is not read again
// for a company or a code that is wanted later.
func TestSetAddsAndNeverCreates(t *testing.T) {
	w := newWorld(t)
	set := &source{name: "revexp", kind: pipeline.KindSet, print: "a"}
	for n := range 80 { // twenty of them nobody knows
		set.all = append(set.all, revenue(n, "2025", strconv.Itoa(1_000_000*(n+1))))
	}
	set.all = append(set.all, revenue(3, "2024", "0")) // the same ИНН in another member
	w.addSet(set)
	r := w.run(t)
	if r.Companies != 60 {
		t.Errorf("%d companies, want the registry's 60", r.Companies)
	}
	row := callOf(t, w, inn(3))
	if row.Revenue == nil || *row.Revenue != 4_000_000 || !strings.Contains(row.Sources, "revexp") {
		t.Errorf("revenue %v from %q", row.Revenue, row.Sources)
	}
	if got := w.shelf.last(t).FreshAll; got != 60 {
		t.Errorf("%d companies are fresh, want 60", got)
	}

	w.now = w.now.AddDate(0, 0, 3)
	w.directory.all, w.directory.print = append(w.directory.all, firm(70, "45.20.1", "77", "Москва")), "b"
	w.registry.print = "b"
	pulls := set.pulls
	w.run(t)
	if set.pulls != pulls {
		t.Error("the set was read again for one more company")
	}
	d, err := w.store.Dossier(t.Context(), inn(70))
	if err != nil || !slices.ContainsFunc(d.Observations, func(o company.Observation) bool { return o.Source == "revexp" }) {
		t.Errorf("dossier of the new company: %+v, %v", d, err)
	}
	if got := w.shelf.last(t).FreshAll; got != 1 {
		t.Errorf("%d companies are fresh, want the new one", got)
	}
}

func callOf(t *testing.T, w *world, inn company.INN) pipeline.Row {
	t.Helper()
	for _, tier := range w.shelf.last(t).Tiers {
		for _, row := range tier.Rows {
			if row.INN == inn {
				return row
			}
		}
	}
	t.Fatalf("%s stands on no sheet", inn)
	return pipeline.Row{}
}

// What next year's release of a set says of a company is told with both values.
func TestChangeInASetIsNews(t *testing.T) {
	w := newWorld(t)
	set := &source{name: "revexp", kind: pipeline.KindSet, print: "a", all: []company.Observation{revenue(3, "2025", "1000000"), revenue(90, "2025", "5")}}
	w.addSet(set)
	w.run(t)
	w.now = w.now.AddDate(0, 0, 3)
	set.all, set.print = []company.Observation{revenue(3, "2025", "2000000"), revenue(90, "2025", "6")}, "b"
	w.run(t)
	fresh := w.shelf.last(t).Fresh
	if len(fresh) != 1 || fresh[0].INN != inn(3) || !strings.Contains(fresh[0].What, "за 2025") || !strings.Contains(fresh[0].What, "→") {
		t.Errorf("fresh %+v", fresh)
	}
}

// fetched is a source whose input must be brought.
type fetched struct {
	*source

	err      error
	prepared int
}

func (f *fetched) Prepare(_ context.Context, progress func(pipeline.Progress)) error {
	f.prepared++
	progress(pipeline.Progress{Unit: "release.zip", Done: 1, Total: 2})
	return f.err
}

var errNoNetwork = errors.New("no route to the registry")

// A release that cannot be brought costs neither the older one nor the list.
func TestReleaseThatCannotBeBrought(t *testing.T) {
	w := newWorld(t)
	f := &fetched{source: w.registry}
	w.night.Sources[0].Source = f
	if r := w.run(t); f.prepared != 1 || r.Exit() != 0 {
		t.Errorf("prepared %d times, exit %d: %v", f.prepared, r.Exit(), r.Short)
	}
	f.err = errNoNetwork
	r := w.run(t)
	if s := r.Sources[1]; r.Exit() != 3 || s.State != night.StateStale || !strings.Contains(s.Note, errNoNetwork.Error()) || s.Counts.Taken != 60 {
		t.Errorf("exit %d, %+v", r.Exit(), s)
	}
	if len(w.shelf.last(t).Calls) == 0 {
		t.Error("there is no list")
	}
}

// Rows that are brought up to date night by night are those that are made anew
// from everything.
func TestPatchedRowsAreThoseMadeAnew(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	w := newWorld(t)
	set := &source{name: "revexp", kind: pipeline.KindSet, print: "a"}
	for n := range 40 {
		set.all = append(set.all, revenue(n, "2025", strconv.Itoa(n*1_000_000)))
	}
	w.addSet(set)
	listing := company.Observation{Key: "70000001", Date: company.NewDate(2026, 11, 12)}
	listing.Add(company.FieldNameBrand, "Пример-7")
	listing.Add(company.FieldPhone, "+79070000007")
	listing.Sort()
	for round := range 12 {
		w.now = w.now.AddDate(0, 0, 1)
		w.change(random, set, round, listing)
		w.run(t)
		patched := w.rows(t)
		state, err := w.store.RowState(t.Context())
		if err != nil || state.All {
			t.Fatalf("round %d: %+v, %v", round, state, err)
		}
		if err := w.store.ReplaceRows(t.Context(), "other", state.Mark, nothing); err != nil {
			t.Fatal(err)
		}
		w.run(t)
		if anew := w.rows(t); !reflect.DeepEqual(patched, anew) {
			t.Fatalf("round %d: %d rows patched, %d made anew, and they differ", round, len(patched), len(anew))
		}
	}
}

func nothing(func(store.ScoreRow, error) bool) {}

var _ iter.Seq2[store.ScoreRow, error] = nothing

// change does one thing to what the sources say.
func (w *world) change(random *rand.Rand, set *source, round int, listing company.Observation) {
	print := fmt.Sprint("round ", round)
	switch round % 6 {
	case 0: // a code and a town change
		i := random.IntN(len(w.registry.all))
		w.registry.all[i] = firm(i, "45.31.2", "66", "Екатеринбург")
		w.registry.print = print
	case 1: // a firm goes, another comes
		i := random.IntN(len(w.registry.all))
		w.registry.all = append(slices.Delete(slices.Clone(w.registry.all), i, i+1), firm(200+round, "33.12", "59", "Пермь"))
		w.registry.print = print
	case 2: // a phone
		i := random.IntN(len(w.directory.all))
		w.directory.all[i] = contact(random.IntN(60), "+74950000001")
		slices.SortFunc(w.directory.all, func(a, b company.Observation) int { return strings.Compare(a.Key, b.Key) })
		w.directory.all = slices.CompactFunc(w.directory.all, func(a, b company.Observation) bool { return a.Key == b.Key })
		w.directory.print = print
	case 3: // revenue
		i := random.IntN(len(set.all))
		set.all[i].Facts = []company.Fact{{Field: company.FieldRevenue, Key: "2025", Value: strconv.Itoa(random.IntN(1e9))}}
		set.print = print
	case 4: // a listing that is joined by its phone
		w.directory.all = append(w.directory.all, listing)
		w.directory.print = print
	default: // nothing
	}
}

func (w *world) rows(t *testing.T) []store.ScoreRow {
	t.Helper()
	rows, err := w.store.Rows(t.Context(), "", 100_000)
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	return rows
}

// What differs because it is read otherwise is no news: another decoder,
// another switch for named people, a source that was off.
func TestReadingOtherwiseIsNoNews(t *testing.T) {
	named := func(w *world) {
		for i := range w.registry.all {
			o := &w.registry.all[i]
			o.Facts = append(slices.Clone(o.Facts), company.Fact{Field: company.FieldHeadName, Value: "Петров Пётр", Subject: company.SubjectPerson})
			o.Sort()
		}
	}
	for name, c := range map[string]struct{ before, after func(*world) }{
		"decoder": {func(*world) {}, func(w *world) {
			for i := range w.registry.all {
				o := &w.registry.all[i]
				o.Facts = slices.Clone(o.Facts)
				o.Add(company.FieldSME, "1")
				o.Sort()
			}
			w.registry.decoder, w.registry.print = 2, "b"
		}},
		"named people": {func(w *world) {
			named(w)
			w.night.Config.PersonalData.NamedPeople = true
		}, func(w *world) {
			for i := range w.registry.all {
				o := &w.registry.all[i]
				o.Facts = slices.DeleteFunc(slices.Clone(o.Facts), func(f company.Fact) bool { return f.Field == company.FieldHeadName })
			}
			w.night.Config.PersonalData.NamedPeople = false
		}},
		"a first release in parts": {func(w *world) {
			w.registry.gaps = []pipeline.Gap{{Unit: "m", Detail: "cut"}}
			w.registry.all = w.registry.all[:40]
		}, func(w *world) {
			w.registry.gaps, w.registry.print = nil, "b"
			for i := 40; i < 60; i++ {
				if i%5 != 0 { // those that the directory knows
					w.registry.all = append(w.registry.all, firm(i, "45.20.1", "77", "Москва"))
				}
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.before(w)
			w.run(t)
			w.now = w.now.AddDate(0, 0, 3)
			c.after(w)
			w.run(t)
			if got := w.shelf.last(t); got.FreshAll != 0 {
				t.Errorf("%d companies are fresh, the first: %q", got.FreshAll, got.Fresh[0].What)
			}
		})
	}
}

// Names that are stored from a time when they were allowed are shown no more.
func TestNamesAreNotShownWhenTheyMayNot(t *testing.T) {
	w := newWorld(t)
	w.directory.all[0].Facts = append(w.directory.all[0].Facts, company.Fact{Field: company.FieldHeadName, Value: "Петров Пётр", Subject: company.SubjectPerson})
	w.directory.all[0].Sort()
	inn := w.directory.all[0].INN
	w.night.Config.PersonalData.NamedPeople = true
	w.run(t)
	tells := func() bool {
		all, err := w.night.Explain(t.Context(), string(inn), 0)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(all[0].Facts, func(f night.FactLine) bool { return f.Field == company.FieldHeadName })
	}
	if !tells() {
		t.Fatal("the name is not told though it may be")
	}
	w.night.Config.PersonalData.NamedPeople = false
	if tells() {
		t.Error("the name is told though it may not be")
	}
}

// A folder that cannot be sorted in costs a source, not the list.
func TestNoRoomToSort(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	w.night.Scratch = "/dev/null/scratch"
	w.registry.print = "b"
	r := w.run(t)
	if s := r.Sources[1]; s.State != night.StateFailed || !strings.Contains(s.Note, "scratch") || r.Exit() != 3 {
		t.Errorf("exit %d, %+v", r.Exit(), s)
	}
	if len(w.shelf.last(t).Calls) == 0 {
		t.Error("there is no list")
	}
}
