package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/plan"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const start = "2026-11-02" // a Monday

func settings(t *testing.T) (*config.Config, *config.Segments) {
	t.Helper()
	c, s, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c.Strategy.StartDate = start
	c.Managers = []config.Manager{{ID: "a", Name: "Анна", Dials: 10}, {ID: "b", Name: "Борис", Dials: 10, Since: "2026-11-09"}}
	c.Plan.Spend = map[string]int64{"2026-11": 100_000}
	return c, s
}

func inn(n int) company.INN { return company.INN(fmt.Sprintf("77%08d", n)) }

type said struct {
	n       int
	day     int // of the strategy, 0 = its first
	outcome string
	manager string
	amount  int64
}

func fill(t *testing.T, all []said) *memory.Store {
	t.Helper()
	s := memory.New()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	first, err := company.ParseDate(start)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[company.Date][]calllist.Entry{}
	var results []store.Result
	for i, x := range all {
		day := first + company.Date(x.day)
		results = append(results, store.Result{
			INN: inn(x.n), Day: day, List: day.String(), File: fmt.Sprint(day, x.manager), Saved: day.Time(), Row: i + 1,
			Manager: x.manager, Outcome: x.outcome, Amount: x.amount, FileName: "x.xlsx",
		})
		rows[day] = append(rows[day], calllist.Entry{
			Row:  pipeline.Row{INN: inn(x.n), Segment: []string{"Энергетика", "Автосервисные сети"}[x.n%2], Sources: "2ГИС, Реестр МСП"},
			Pool: []calllist.Pool{calllist.PoolNew, calllist.PoolRandom}[x.n%2], Tenth: 1 + x.n%10,
		})
	}
	for day, entries := range rows {
		data, err := (&calllist.List{Format: calllist.Format, ID: day.String(), Day: day, Rows: entries}).Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Issue(t.Context(), store.Issue{Day: day, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.PutResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	return s
}

func compute(t *testing.T, s plan.Store, until string) *plan.Report {
	t.Helper()
	c, seg := settings(t)
	day, err := company.ParseDate(until)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Compute(t.Context(), s, c, seg, day)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestComputeCounts(t *testing.T) {
	s := fill(t, []said{
		{1, 0, funnel.NoAnswer, "a", 0}, {1, 1, funnel.Interest, "a", 0}, {1, 4, funnel.OfferSent, "a", 0},
		{2, 0, funnel.NotInterested, "a", 0},
		{3, 7, funnel.Trial, "b", 5_000}, {3, 14, funnel.Contract, "b", 45_000},
		{3, 31, funnel.RepeatOrder, "b", 50_000},
		{4, 31, funnel.CallBack, "a", 0},
		{5, 60, funnel.Contract, "a", 1}, // after the day that is asked for
	})
	r := compute(t, s, "2026-12-04")
	if r.Month != 2 || r.From.String() != "2026-12-02" {
		t.Errorf("month %d from %s", r.Month, r.From)
	}
	first := r.Months[0]
	for id, want := range map[string]int{"contacts": 3, "qualified": 2, "offers": 2, "trials": 1, "contracts": 1, "repeats": 0} {
		if first.Counts[id] != want {
			t.Errorf("month 1: %d %s, want %d", first.Counts[id], id, want)
		}
	}
	if first.Dials != 6 || first.Revenue != 50_000 {
		t.Errorf("month 1: %d dials, %d roubles", first.Dials, first.Revenue)
	}
	m := r.Money
	if m.Clients != 1 || m.Revenue != 100_000 || m.RevenueMonth != 50_000 || *m.AverageOrder != 33_333 || *m.RepeatShare != 1 || *m.LTV != 100_000 || *m.CAC != 100_000 {
		t.Errorf("money %+v", m)
	}
	var names []string
	for _, w := range r.Work {
		names = append(names, fmt.Sprint(w.Name, w.Days, w.Norm, w.Dials, w.Contacts))
	}
	if got, want := fmt.Sprint(names), "[Анна3 30 1 1 Борис3 30 1 1]"; got != want {
		t.Errorf("work %s, want %s", got, want)
	}
	if len(r.ByPool) != 2 || len(r.BySource) != 2 || r.BySource[0].Called != 4 || r.BySegment[0].Name != "Автосервисные сети" {
		t.Errorf("groups %+v %+v %+v", r.ByPool, r.BySource, r.BySegment)
	}
	if got := r.Conversions[0]; got.Of != 8 || got.Got != 1 {
		t.Errorf("from dial to offer %d of %d", got.Got, got.Of)
	}
}

// Whatever the calls: no stage is larger than the one before it, months add up to
// the whole, groups that exclude one another add up to the companies called, and
// what is shown is computed from nothing without failing.
func TestComputeProperties(t *testing.T) {
	outcomes := funnel.Outcomes()
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		var all []said
		for range rnd.IntN(120) {
			all = append(all, said{rnd.IntN(30), rnd.IntN(200), outcomes[rnd.IntN(len(outcomes))], []string{"a", "b", "gone"}[rnd.IntN(3)], int64(rnd.IntN(3)) * 1000})
		}
		r := compute(t, fill(t, all), "2027-03-01")
		for i := 1; i < len(r.Conversions); i++ {
			if c := r.Conversions[i]; c.Got > c.Of || i > 1 && c.Of != r.Conversions[i-1].Got {
				t.Fatalf("seed %d: conversion %+v after %+v", seed, c, r.Conversions[i-1])
			}
		}
		dials, revenue, contracts := 0, int64(0), 0
		for _, m := range r.Months {
			dials, revenue, contracts = dials+m.Dials, revenue+m.Revenue, contracts+m.Counts["contracts"]
		}
		if dials != r.Conversions[0].Of || revenue != r.Money.Revenue || contracts != r.Money.Ever {
			t.Fatalf("seed %d: months add up to %d dials, %d roubles, %d clients; whole %+v", seed, dials, revenue, contracts, r.Money)
		}
		called, byPool := 0, 0
		for _, l := range r.BySegment {
			called += l.Called
		}
		for _, l := range r.ByPool {
			byPool += l.Called
		}
		if called != byPool {
			t.Fatalf("seed %d: %d companies by segment, %d by pool", seed, called, byPool)
		}
		for _, table := range r.Tables() {
			for _, row := range table.Rows {
				if len(row) != len(table.Head) {
					t.Fatalf("«%s»: %d cells under %d heads", table.Title, len(row), len(table.Head))
				}
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
}

// At a steady pace the forecast is what comes.
func TestForecastCarriesThePaceOn(t *testing.T) {
	var all []said
	day := company.NewDate(2026, time.November, 2)
	for d := range 26 { // one interest on each working day until 27.11
		if wd := (day + company.Date(d)).Time().Weekday(); wd != time.Saturday && wd != time.Sunday {
			all = append(all, said{d, d, funnel.Interest, "a", 0})
		}
	}
	r := compute(t, fill(t, all), "2026-11-27")
	// 19 of 20 working days until the 27th have one (4.11 is off), 2 are left until 1.12.
	if r.Forecast.Left != 2 || r.Forecast.Month["qualified"] != 22 {
		t.Errorf("forecast %+v", r.Forecast)
	}
}
