package plan

import (
	"math"

	"obzvon/pipeline/company"
)

const (
	paceDays    = 20 // working days that the pace is taken from
	paceAtLeast = 5  // fewer tell nothing
)

// pace counts what came in the last working days.
type pace struct {
	from   company.Date
	dials  int
	counts [stageCount]int
}

// paceOf is how many working days the pace stands on.
func (a *account) paceOf() int { return a.period.workdays(a.pace.from, a.until) }

// forecast carries the pace on to the end of the month.
func (a *account) forecast() Forecast {
	f := Forecast{Days: a.paceOf(), Left: a.period.workdays(max(a.until+1, a.inMonth.from), a.period.last(a.month)), Month: map[string]int{}}
	if f.Days < paceAtLeast {
		return f
	}
	f.DialsDay = float64(a.pace.dials) / float64(f.Days)
	now := a.countsOf(a.month)
	for stage := range stageCount {
		f.Month[stageIDs[stage]] = now[stage] + a.ahead(stage, f.Left)
	}
	return f
}

// clientsBy is how many active clients there are on a day to come if all of
// today's stay; nil = the day has passed, or the pace is not known.
func (a *account) clientsBy(day company.Date) *int {
	if day <= a.until || a.paceOf() < paceAtLeast {
		return nil
	}
	return new(a.money.active + a.ahead(Contracts, a.period.workdays(a.until+1, day)))
}

// ahead is what so many working days bring at the present pace.
func (a *account) ahead(stage, workdays int) int {
	return int(math.Round(float64(a.pace.counts[stage]) * float64(workdays) / float64(a.paceOf())))
}
