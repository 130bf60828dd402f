package plan_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/plan"
)

func TestComputeCounts(t *testing.T) {
	s := fill(t, []said{
		{1, 0, funnel.NoAnswer, "a", 0},
		{1, 1, funnel.Interest, "a", 0},
		{1, 4, funnel.OfferSent, "a", 0},
		{1, 9, funnel.OfferSent, "a", 0}, // asked what became of the offer: no second one
		{2, 0, funnel.NotInterested, "a", 0},
		{3, 7, funnel.Trial, "b", 5_000},
		{3, 14, funnel.Contract, "b", 45_000},
		{3, 31, funnel.RepeatOrder, "b", 50_000},
		{4, 31, funnel.CallBack, "a", 0},
		{5, 60, funnel.Contract, "a", 1}, // after the day that is asked for
	})
	r := compute(t, s, "2026-12-04")
	if r.Month != 2 || r.From.String() != "2026-12-02" || r.Empty {
		t.Errorf("month %d from %s, empty %v", r.Month, r.From, r.Empty)
	}
	first := r.Months[0]
	for id, want := range map[string]int{"contacts": 3, "qualified": 2, "offers": 2, "trials": 1, "contracts": 1, "repeats": 0} {
		if first.Counts[id] != want {
			t.Errorf("month 1: %d %s, want %d", first.Counts[id], id, want)
		}
	}
	if first.Dials != 7 || first.Revenue != 50_000 {
		t.Errorf("month 1: %d dials, %d roubles", first.Dials, first.Revenue)
	}
	m := r.Money
	if m.Clients != 1 || m.Won != 1 || m.Revenue != 100_000 || m.RevenueMonth != 50_000 || *m.AverageOrder != 33_333 || *m.RepeatShare != 1 || *m.LTV != 100_000 || *m.CAC != 100_000 {
		t.Errorf("money %+v", m)
	}
	var names []string
	for _, w := range r.Work {
		names = append(names, fmt.Sprint(w.Name, w.Days, w.Norm, w.Dials, w.Contacts))
	}
	if got, want := fmt.Sprint(names), "[Анна3 30 1 1 Борис3 30 1 1]"; got != want {
		t.Errorf("work %s, want %s", got, want)
	}
	if len(r.ByPool) != 2 || len(r.BySource) != 2 || r.BySource[0].Companies != 4 || r.BySegment[0].Name != "Автосервисные сети" {
		t.Errorf("groups %+v %+v %+v", r.ByPool, r.BySource, r.BySegment)
	}
	if got := r.Conversions[0]; got.Year != (plan.Pass{Of: 9, Got: 2}) || got.Month != (plan.Pass{Of: 2}) {
		t.Errorf("from dial to offer %+v", got)
	}
	if got := r.Conversions[4]; got.Year != (plan.Pass{Of: 1, Got: 1}) || got.Month != (plan.Pass{}) {
		t.Errorf("from trial to contract %+v", got)
	}
}

// Who was a client before is no success of the strategy, and what was before it
// belongs to none of its months.
func TestOldClientsSpoilNoMonth(t *testing.T) {
	won := []said{{1, 2, funnel.Interest, "a", 0}, {1, 8, funnel.Contract, "a", 10_000}}
	s := fill(t, append([]said{
		told(2, -300, funnel.Contract, 900_000), told(2, 3, funnel.RepeatOrder, 70_000), // orders on, as always
		told(3, 4, funnel.Contract, 0),                                 // a table without days is as old as its file
		told(4, -20, funnel.Interest, 0), {4, 5, funnel.Trial, "a", 0}, // of a fair before
		{5, -3, funnel.Interest, "a", 0}, {5, -3, funnel.NoAnswer, "b", 0}, // trying it out
		told(6, 1, funnel.Interest, 0), told(6, 9, funnel.Contract, 20_000), // of a fair, won
	}, won...))
	r := compute(t, s, "2026-11-13")
	for id, want := range map[string]int{"contacts": 3, "qualified": 2, "offers": 3, "trials": 3, "contracts": 2, "repeats": 0} {
		if got := r.Months[0].Counts[id]; got != want {
			t.Errorf("%d %s, want %d", got, id, want)
		}
	}
	if r.Months[0].Revenue != 30_000 || r.Months[0].Dials != 3 {
		t.Errorf("month %+v", r.Months[0])
	}
	m := r.Money
	if m.Clients != 2 || m.Won != 2 || m.Revenue != 30_000 || *m.LTV != 15_000 || *m.AverageOrder != 15_000 || *m.CAC != 50_000 {
		t.Errorf("money %+v", m)
	}
	if m.OldClients != 2 || m.OldRevenue != 70_000 || m.OldRevenueMonth != 70_000 {
		t.Errorf("old clients: %+v", m)
	}
	if c := r.Conversions[1]; c.Year != (plan.Pass{Of: 2, Got: 2}) {
		t.Errorf("from contact to need %+v", c)
	}
	if d := r.Conversions[0].Year; d != (plan.Pass{Of: 3, Got: 2}) {
		t.Errorf("from dial to offer %+v", d)
	}
	var names []string
	for _, l := range r.BySource {
		names = append(names, fmt.Sprint(l.Name, l.Companies, l.Dials))
	}
	if want := []string{"2ГИС2 3", "Реестр МСП2 3", "Выставка1 0"}; !slices.Equal(names, want) {
		t.Errorf("sources %q, want %q", names, want)
	}
}

// Each working day of each manager shows, with or without a dial; others only if
// somebody called.
func TestDays(t *testing.T) {
	c, seg := settings(t)
	s := fill(t, []said{{1, 7, funnel.NoAnswer, "a", 0}, {2, 7, funnel.Interest, "a", 0}, {4, 7, funnel.NotDecider, "a", 0}, {3, 12, funnel.NoAnswer, "gone", 0}})
	issue(t, s, date(t, start), nil) // managers are at work from here on
	r := computeBy(t, s, c, seg, "2026-11-14")
	var got []string
	for _, d := range r.Days {
		if d.Day >= date(t, "2026-11-06") {
			got = append(got, fmt.Sprint(d.Day.String()[8:], d.Name, d.Norm, d.Dials, d.Contacts))
		}
	}
	want := []string{
		"06Анна10 0 0", "09Анна10 3 2", "09Борис10 0 0", "10Анна10 0 0", "10Борис10 0 0", "11Анна10 0 0", "11Борис10 0 0",
		"12Анна10 0 0", "12Борис10 0 0", "13Анна10 0 0", "13Борис10 0 0", "14gone0 1 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("days %q\nwant %q", got, want)
	}
	if row := texts(rowOf(tableOf(r, "По дням"), "Анна: звонков")); !slices.Equal(row, []string{"Анна: звонков", "0 !", "3 !", "0 !", "0 !", "0 !", "0 !", "—"}) {
		t.Errorf("Anna's days %q", row)
	}
}

// Days before the first list are held against nobody.
func TestNormBeginsWithTheFirstList(t *testing.T) {
	s := fill(t, []said{{1, 7, funnel.NoAnswer, "a", 0}, told(2, 0, funnel.Interest, 0)})
	r := compute(t, s, "2026-11-10")
	if w := r.Work[0]; w.Days != 2 || w.Norm != 20 || r.Days[0].Day != date(t, "2026-11-09") {
		t.Errorf("work %+v, days from %s", w, r.Days[0].Day)
	}
	if r := compute(t, s, "2026-11-06"); len(r.Work) != 0 || len(r.Days) != 0 {
		t.Errorf("without a list: %+v, %+v", r.Work, r.Days)
	}
}

// The chart of dials has one norm beside the managers, unless they have several.
func TestDialsChartHasTheNorm(t *testing.T) {
	c, seg := settings(t)
	s := fill(t, []said{{1, 4, funnel.NoAnswer, "a", 0}, {2, 5, funnel.NoAnswer, "a", 0}})
	chart := computeBy(t, s, c, seg, "2026-11-10").Charts()[0]
	norm := chart.Series[len(chart.Series)-1]
	if norm.Title != "Норма менеджера" || len(norm.Values) != len(chart.Labels) || norm.Values[0] != 10 || !math.IsNaN(norm.Values[1]) {
		t.Errorf("%+v of %q", norm, chart.Labels)
	}
	c.Managers[1].Dials = 20
	for _, series := range computeBy(t, s, c, seg, "2026-11-10").Charts()[0].Series {
		if series.Title == norm.Title {
			t.Errorf("one norm for two: %+v", series)
		}
	}
}

// Companies of a manager who said so, held against him once a month.
func TestNormFollowsAbsences(t *testing.T) {
	c, seg := settings(t)
	c.Managers[0].Through = "2026-11-06"
	r := computeBy(t, fill(t, []said{{1, 0, funnel.NoAnswer, "a", 0}}), c, seg, "2026-11-20")
	// 2, 3, 5 and 6 November; the 4th is a holiday. Boris has ten days from the 9th.
	if w := r.Work; len(w) != 2 || w[0].Days != 4 || w[0].Norm != 40 || w[1].Days != 10 || w[1].Norm != 100 {
		t.Errorf("work %+v", w)
	}
}

// Whatever the calls: who went on is among those who came so far, months add up to
// the whole, groups that exclude one another add up to the companies called, and
// what is shown is computed from nothing without failing.
func TestComputeProperties(t *testing.T) {
	outcomes := funnel.Outcomes()
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		var all []said
		for range rnd.IntN(120) {
			all = append(all, said{rnd.IntN(30), rnd.IntN(250) - 60, outcomes[rnd.IntN(len(outcomes))], []string{"a", "b", "gone", table}[rnd.IntN(4)], int64(rnd.IntN(3)) * 1000})
		}
		r := compute(t, fill(t, all), "2027-03-01")
		reached := map[int]int{}
		for i, c := range r.Conversions {
			if c.Year.Got > c.Year.Of || c.Month.Got > c.Month.Of || c.Month.Of > c.Year.Of || c.Month.Got > c.Year.Got {
				t.Fatalf("seed %d: conversion %+v", seed, c)
			}
			if i > 1 && c.Year.Of < r.Conversions[i-1].Year.Got {
				t.Fatalf("seed %d: %+v went on, %+v came so far", seed, r.Conversions[i-1], c)
			}
			reached[i] = c.Year.Of
		}
		dials, revenue, sums := 0, int64(0), map[string]int{}
		for _, m := range r.Months {
			dials, revenue = dials+m.Dials, revenue+m.Revenue
			for id, n := range m.Counts {
				sums[id] += n
			}
		}
		if dials != reached[0] || revenue != r.Money.Revenue || sums["contracts"] != r.Money.Won || sums["qualified"] != reached[2] || sums["trials"] != reached[4] {
			t.Fatalf("seed %d: months add up to %d dials, %d roubles, %v; whole %+v, %v", seed, dials, revenue, sums, r.Money, reached)
		}
		called, byPool := 0, 0
		for _, l := range r.BySegment {
			called += l.Companies
		}
		for _, l := range r.ByPool {
			byPool += l.Companies
		}
		if called != byPool {
			t.Fatalf("seed %d: %d companies by segment, %d by pool", seed, called, byPool)
		}
		shown(t, r)
	}
}

// shown wants tables and charts whose parts fit together.
func shown(t *testing.T, r *plan.Report) {
	t.Helper()
	for _, table := range r.Tables() {
		if len(table.Rows) == 0 && !r.Empty {
			t.Fatalf("«%s» has no rows", table.Title)
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Head) {
				t.Fatalf("«%s»: %d cells under %d heads", table.Title, len(row), len(table.Head))
			}
		}
		if len(table.Head) > 8 {
			t.Fatalf("«%s» has %d columns, the page has eight", table.Title, len(table.Head))
		}
	}
	for _, chart := range r.Charts() {
		for _, series := range chart.Series {
			if len(series.Values) != len(chart.Labels) {
				t.Fatalf("chart %s: %d values for %d labels", chart.ID, len(series.Values), len(chart.Labels))
			}
		}
	}
}

// Months follow one another without a gap, whatever day the strategy begins on.
func TestMonthsOfTheStrategy(t *testing.T) {
	c, seg := settings(t)
	s := fill(t, []said{{1, 0, funnel.NoAnswer, "a", 0}})
	for _, begin := range []string{"2026-11-02", "2026-12-31", "2027-01-29", "2027-02-28", "2028-02-29"} {
		c.Strategy.StartDate = config.Day(begin)
		month, first := 1, date(t, begin)
		for d := first; d < first+500; d++ {
			r := computeBy(t, s, c, seg, d.String())
			if r.Month != month && r.Month != month+1 || r.Month > month && r.From != d || r.Month == month && d > first && r.From == d {
				t.Fatalf("from %s: %s is in month %d from %s, the day before in %d", begin, d, r.Month, r.From, month)
			}
			month = r.Month
		}
		if month != 17 {
			t.Errorf("from %s: after 500 days month %d", begin, month)
		}
	}
}
