package plan_test

import (
	"slices"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// daily is one company with that outcome on each working day until 27.11.
func daily(outcome string) []said {
	var all []said
	day := company.NewDate(2026, time.November, 2)
	for d := range 26 {
		if wd := (day + company.Date(d)).Time().Weekday(); wd != time.Saturday && wd != time.Sunday {
			all = append(all, said{d, d, outcome, "a", 0})
		}
	}
	return all
}

// At a steady pace the forecast is what comes.
func TestForecastCarriesThePaceOn(t *testing.T) {
	r := compute(t, fill(t, daily(funnel.Interest)), "2026-11-27")
	// All 20 weekdays until the 27th have one, also 4.11 that is off: 19 working
	// days. 2 are left until 1.12.
	if r.Forecast.Left != 2 || r.Forecast.Days != 19 || r.Forecast.Month["qualified"] != 22 || r.Forecast.Month["contacts"] != 22 {
		t.Errorf("forecast %+v", r.Forecast)
	}
	if r.Forecast.DialsDay < 1.05 || r.Forecast.DialsDay > 1.06 {
		t.Errorf("%v dials a day, want 20 in 19", r.Forecast.DialsDay)
	}
}

// Those who answer again in a new month are contacts of that month, and of its
// forecast.
func TestForecastOfContactsCountsThoseKnown(t *testing.T) {
	var all []said
	for d := range 20 {
		all = append(all, said{d, d, funnel.NotDecider, "a", 0}, said{d, 30 + d, funnel.NotDecider, "a", 0})
	}
	r := compute(t, fill(t, all), "2026-12-15")
	// 14 companies in ten working days of December, 2 to 15; 11 in the ten before
	// them of which 12 calls fell on days 6 to 19 of the strategy.
	if now, ahead := r.Stages[0].Count, r.Forecast.Month["contacts"]; now != 14 || ahead <= now {
		t.Errorf("%d contacts, forecast %d", now, ahead)
	}
}

func TestForecastNeedsDays(t *testing.T) {
	s := fill(t, daily(funnel.Contract))
	if f := compute(t, s, "2026-11-06").Forecast; f.Days != 4 || len(f.Month) != 0 {
		t.Errorf("after four days %+v", f)
	}
	r := compute(t, s, "2026-11-09")
	if f := r.Forecast; f.Days != 5 || f.Month["contracts"] == 0 {
		t.Errorf("after five days %+v", f)
	}
	goals := r.Money.Milestones
	if len(goals) != 3 || goals[0].By.String() != "2027-02-01" || goals[0].Forecast == nil || *goals[0].Forecast < 60 {
		t.Errorf("milestones %+v", goals)
	}
}

// A milestone that has passed has no forecast; the goals to come stand in the table,
// and today's figure is short of one only in the month in which it is due.
func TestMilestones(t *testing.T) {
	s := fill(t, []said{{1, 0, funnel.Contract, "a", 30_000}})
	for _, test := range []struct {
		until string
		want  []string
	}{
		{"2026-12-15", []string{"Действующих клиентов", "1", "15", "30", "60"}},
		{"2027-01-15", []string{"Действующих клиентов", "1 !", "15", "30", "60"}}, // month 3
		{"2027-03-15", []string{"Действующих клиентов", "1", "15", "30", "60"}},
		{"2027-10-20", []string{"Действующих клиентов", "0 !", "15", "30", "60"}}, // month 12, no order for half a year
	} {
		r := compute(t, s, test.until)
		if got := texts(rowOf(tableOf(r, "Деньги"), "Действующих клиентов")); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.until, got, test.want)
		}
		if passed := r.Month > 3; passed != (r.Money.Milestones[0].Forecast == nil) {
			t.Errorf("%s: forecast %v", test.until, r.Money.Milestones[0].Forecast)
		}
	}
}
