package plan

import (
	"fmt"
	"math"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Charts are the report as pictures, less those that would be empty.
func (r *Report) Charts() []pipeline.Chart {
	if r.Empty {
		return nil
	}
	var out []pipeline.Chart
	for _, c := range []pipeline.Chart{r.dialsChart(), r.funnelChart(), r.clientsChart(), r.revenueChart()} {
		if slices.ContainsFunc(c.Series, func(s pipeline.Series) bool {
			return slices.ContainsFunc(s.Values, func(v float64) bool { return v > 0 })
		}) {
			out = append(out, c)
		}
	}
	return out
}

// dialsChart is each manager's dials day by day, with a gap where he was not there.
func (r *Report) dialsChart() pipeline.Chart {
	c := pipeline.Chart{ID: "dials", Title: "Звонки по дням", Kind: pipeline.ChartLine, Unit: "звонков"}
	days := r.lastDays()
	for _, day := range days {
		c.Labels = append(c.Labels, day.Russian()[:5])
	}
	for _, m := range r.managers() {
		s := pipeline.Series{Title: m.Name}
		for _, day := range days {
			v := math.NaN()
			if d, ok := r.dayOf(day, m.Manager); ok {
				v = float64(d.Dials)
			}
			s.Values = append(s.Values, v)
		}
		c.Series = append(c.Series, s)
	}
	if norm, ok := r.normLine(days); ok && r.dialled() {
		c.Series = append(c.Series, norm)
	}
	return c
}

// normLine is a manager's norm day by day; none where managers have different ones.
func (r *Report) normLine(days []company.Date) (pipeline.Series, bool) {
	s := pipeline.Series{Title: "Норма менеджера"}
	norm := 0
	for _, day := range days {
		there := math.NaN()
		for _, d := range r.Days {
			if d.Day != day || d.Norm == 0 {
				continue
			}
			if norm != 0 && norm != d.Norm {
				return s, false
			}
			norm = d.Norm
			there = float64(norm)
		}
		s.Values = append(s.Values, there)
	}
	return s, norm > 0
}

// dialled tells that there are dials in the last days.
func (r *Report) dialled() bool {
	return slices.ContainsFunc(r.Days, func(d DayWork) bool { return d.Dials > 0 })
}

// funnelChart is the month's funnel beside the lower target.
func (r *Report) funnelChart() pipeline.Chart {
	c := pipeline.Chart{ID: "funnel", Title: fmt.Sprintf("Воронка: месяц %d", r.Month), Kind: pipeline.ChartBars, Unit: "компаний", Labels: shortTitles[:]}
	now, goal := pipeline.Series{Title: "Есть"}, pipeline.Series{Title: "План на месяц, от"}
	for _, s := range r.Stages {
		now.Values = append(now.Values, float64(s.Count))
		goal.Values = append(goal.Values, aim(s.From))
	}
	c.Series = []pipeline.Series{now, goal}
	return c
}

// aim is a target as a value; none is a gap.
func aim(n int) float64 {
	if n == 0 {
		return math.NaN()
	}
	return float64(n)
}

// clientsChart is new clients month by month.
func (r *Report) clientsChart() pipeline.Chart {
	c := pipeline.Chart{ID: "clients", Title: "Новые клиенты по месяцам", Kind: pipeline.ChartBars, Unit: "клиентов"}
	got, goal := pipeline.Series{Title: "Новые клиенты"}, pipeline.Series{Title: "План на месяц, от"}
	for _, m := range r.running() {
		c.Labels = append(c.Labels, fmt.Sprintf("мес. %d", m.Month))
		got.Values = append(got.Values, float64(m.Counts[stageIDs[Contracts]]))
		goal.Values = append(goal.Values, aim(r.Stages[Contracts].From))
	}
	c.Series = []pipeline.Series{got, goal}
	return c
}

// revenueChart is revenue month by month.
func (r *Report) revenueChart() pipeline.Chart {
	c := pipeline.Chart{ID: "revenue", Title: "Выручка по месяцам", Kind: pipeline.ChartBars, Unit: "тыс. ₽"}
	got := pipeline.Series{Title: "Выручка"}
	for _, m := range r.running() {
		c.Labels = append(c.Labels, fmt.Sprintf("мес. %d", m.Month))
		got.Values = append(got.Values, float64(m.Revenue)/1000)
	}
	c.Series = []pipeline.Series{got}
	return c
}
