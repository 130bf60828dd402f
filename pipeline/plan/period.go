package plan

import (
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// period answers for months of the strategy, which begin on its start day.
type period struct {
	start    company.Date
	calendar calllist.Calendar
}

func newPeriod(c *config.Config) period {
	return period{c.Strategy.StartDate.Date(), calllist.NewCalendar(c.Calendar)}
}

// month is the number of the month that a day falls into; 0 = before the first. A
// month that lacks the start's day begins on its last one.
func (p period) month(d company.Date) int {
	if d < p.start {
		return 0
	}
	m := calllist.Month(p.start, d)
	if d >= p.first(m+1) {
		m++
	}
	return m
}

// first is the first day of a month.
func (p period) first(month int) company.Date {
	t := p.start.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(month-1), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return company.DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// last is the last day of a month.
func (p period) last(month int) company.Date { return p.first(month+1) - 1 }

// workdays counts them, both ends included.
func (p period) workdays(from, until company.Date) int {
	n := 0
	for d := from; d <= until; d++ {
		if p.calendar.Workday(d) {
			n++
		}
	}
	return n
}

// back is the day from which so many working days end with the given one, but
// none before the strategy.
func (p period) back(until company.Date, workdays int) company.Date {
	d := until
	for n := 0; ; d-- {
		if p.calendar.Workday(d) {
			n++
		}
		if n >= workdays || d <= p.start {
			return max(d, p.start)
		}
	}
}

// there tells whether a manager is at work on a day.
func (p period) there(m *config.Manager, d company.Date) bool {
	return p.calendar.Workday(d) && m.Works(d)
}
