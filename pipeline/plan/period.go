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

// month is the number of the month that a day falls into.
func (p period) month(d company.Date) int { return calllist.Month(p.start, d) }

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

// back is the day from which so many working days end with the given one.
func (p period) back(until company.Date, workdays int) company.Date {
	d := until
	for n := 0; ; d-- {
		if p.calendar.Workday(d) {
			n++
		}
		if n >= workdays || d <= p.start {
			return d
		}
	}
}

// there counts the working days on which a manager was there.
func (p period) there(m *config.Manager, from, until company.Date) int {
	n := 0
	for d := from; d <= until; d++ {
		if p.calendar.Workday(d) && m.Works(d) {
			n++
		}
	}
	return n
}
