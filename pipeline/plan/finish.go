package plan

import (
	"cmp"
	"maps"
	"slices"
)

// shownDays is for how many working days the work is told day by day.
const shownDays = 20

// report puts together what was added up.
func (a *account) report() *Report {
	r := &Report{
		Until: a.until, Month: a.month, From: a.period.first(a.month),
		Stages: a.stages(), Months: a.months(), Conversions: a.conversions(), Money: a.sum(), Forecast: a.forecast(),
		BySegment: a.sorted(bySegment, a.order), BySource: a.sorted(bySource, nil), ByPool: a.sorted(byPool, nil),
		ByTenth: a.sorted(byTenth, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}),
	}
	for _, id := range slices.Sorted(maps.Keys(a.works)) {
		r.Work = append(r.Work, *a.works[id])
	}
	from := a.period.back(a.until, shownDays)
	for key, d := range a.days {
		if key.day >= from {
			r.Days = append(r.Days, *d)
		}
	}
	slices.SortFunc(r.Days, func(x, y DayWork) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Manager, y.Manager))
	})
	return r
}

// stages is the month's funnel, with what its targets come to by now.
func (a *account) stages() []Stage {
	first, last := a.period.first(a.month), a.period.last(a.month)
	gone, all := a.period.workdays(first, a.until), max(a.period.workdays(first, last), 1)
	var out []Stage
	for s := range stageCount {
		goal := targetOf(&a.config.Plan, s)
		out = append(out, Stage{
			ID: stageIDs[s], Title: stageTitles[s], Count: a.countsOf(a.month)[s],
			From: goal.From, To: goal.To, DueBy: goal.From * gone / all,
		})
	}
	return out
}

func (a *account) months() []MonthLine {
	var out []MonthLine
	for month := 1; month <= a.month; month++ {
		line := MonthLine{Month: month, From: a.period.first(month), Counts: map[string]int{}, Dials: a.dials[month], Revenue: a.revenue[month]}
		for s := range stageCount {
			line.Counts[stageIDs[s]] = a.countsOf(month)[s]
		}
		out = append(out, line)
	}
	return out
}

func (a *account) conversions() []Conversion {
	goals := a.config.Plan.Conversions
	out := []Conversion{{Title: "Из звонка в КП", Of: a.dialled, Got: a.offered, Goal: a.config.Plan.DialOffer[0], Most: a.config.Plan.DialOffer[1]}}
	for s, goal := range []float64{goals.ContactQualified, goals.QualifiedOffer, goals.OfferTrial, goals.TrialContract, goals.ContractRepeat} {
		out = append(out, Conversion{Title: conversionTitles[s], Of: a.total[s], Got: a.total[s+1], Goal: goal})
	}
	return out
}

var conversionTitles = [stageCount - 1]string{
	"Из контакта в потребность", "Из потребности в КП", "Из КП в тестовую партию", "Из тестовой партии в договор", "Из договора в повторный заказ",
}
