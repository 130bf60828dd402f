package plan

import (
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Charts are the report as pictures.
func (r *Report) Charts() []pipeline.Chart {
	return []pipeline.Chart{r.dialsChart(), r.funnelChart(), r.clientsChart(), r.revenueChart()}
}

// dialsChart is each manager's dials day by day.
func (r *Report) dialsChart() pipeline.Chart {
	c := pipeline.Chart{ID: "dials", Title: "Звонки по дням", Kind: pipeline.ChartLine, Unit: "звонков"}
	var days []company.Date
	for _, d := range r.Days {
		if !slices.Contains(days, d.Day) {
			days = append(days, d.Day)
			c.Labels = append(c.Labels, d.Day.Russian()[:5])
		}
	}
	for _, w := range r.Work {
		s := pipeline.Series{Title: w.Name, Values: make([]float64, len(days))}
		for _, d := range r.Days {
			if d.Manager == w.Manager {
				s.Values[slices.Index(days, d.Day)] = float64(d.Dials)
			}
		}
		c.Series = append(c.Series, s)
	}
	return c
}

// funnelChart is the month's funnel beside the lower target.
func (r *Report) funnelChart() pipeline.Chart {
	c := pipeline.Chart{ID: "funnel", Title: fmt.Sprintf("Воронка за месяц %d", r.Month), Kind: pipeline.ChartBars, Unit: "компаний"}
	now, goal := pipeline.Series{Title: "Есть"}, pipeline.Series{Title: "План, от"}
	for _, s := range r.Stages {
		c.Labels = append(c.Labels, shortTitles[s.ID])
		now.Values = append(now.Values, float64(s.Count))
		goal.Values = append(goal.Values, float64(s.From))
	}
	c.Series = []pipeline.Series{now, goal}
	return c
}

var shortTitles = map[string]string{
	"contacts": "Контакты", "qualified": "Потребность", "offers": "КП", "trials": "Тест", "contracts": "Договор", "repeats": "Повтор",
}

// clientsChart is new clients month by month.
func (r *Report) clientsChart() pipeline.Chart {
	c := pipeline.Chart{ID: "clients", Title: "Новые клиенты по месяцам", Kind: pipeline.ChartBars, Unit: "клиентов"}
	got := pipeline.Series{Title: "Новые клиенты"}
	for _, m := range r.Months[max(0, len(r.Months)-12):] {
		c.Labels = append(c.Labels, fmt.Sprintf("мес. %d", m.Month))
		got.Values = append(got.Values, float64(m.Counts["contracts"]))
	}
	c.Series = []pipeline.Series{got}
	return c
}

// revenueChart is revenue month by month.
func (r *Report) revenueChart() pipeline.Chart {
	c := pipeline.Chart{ID: "revenue", Title: "Выручка по месяцам", Kind: pipeline.ChartBars, Unit: "тыс. ₽"}
	got := pipeline.Series{Title: "Выручка"}
	for _, m := range r.Months[max(0, len(r.Months)-12):] {
		c.Labels = append(c.Labels, fmt.Sprintf("мес. %d", m.Month))
		got.Values = append(got.Values, float64(m.Revenue)/1000)
	}
	c.Series = []pipeline.Series{got}
	return c
}
