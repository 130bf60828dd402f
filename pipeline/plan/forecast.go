package plan

import (
	"math"

	"obzvon/pipeline/company"
)

// paceDays is how many working days the pace is taken from.
const paceDays = 20

// pace counts what came in the last working days.
type pace struct {
	from   company.Date
	dials  int
	counts [stageCount]int
}

// forecast carries the pace on.
func (a *account) forecast() Forecast {
	days := a.period.workdays(max(a.pace.from, a.period.start), a.until)
	f := Forecast{Days: days, Left: a.period.workdays(a.until+1, a.period.last(a.month)), Month: map[string]int{}}
	if days == 0 {
		return f
	}
	f.DialsDay = float64(a.pace.dials) / float64(days)
	now := a.countsOf(a.month)
	for stage := range stageCount {
		f.Month[stageIDs[stage]] = now[stage] + a.ahead(stage, f.Left, days)
	}
	for _, goal := range a.config.Plan.Milestones {
		clients := -1
		if last := a.period.last(goal.Month); last > a.until {
			clients = a.money.clients + a.ahead(Contracts, a.period.workdays(a.until+1, last), days)
		}
		f.Clients = append(f.Clients, clients)
	}
	return f
}

// ahead is what so many working days bring at the present pace.
func (a *account) ahead(stage, workdays, days int) int {
	return int(math.Round(float64(a.pace.counts[stage]) * float64(workdays) / float64(days)))
}
