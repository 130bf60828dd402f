package calllist

import (
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Calendar is the production calendar: Saturdays and Sundays are off but for
// the exceptions that the government decrees each year.
type Calendar struct {
	holidays map[company.Date]bool
	workdays map[company.Date]bool
}

// NewCalendar takes the exceptions from config.
func NewCalendar(c config.Calendar) Calendar {
	cal := Calendar{holidays: map[company.Date]bool{}, workdays: map[company.Date]bool{}}
	for _, d := range c.Holidays {
		cal.holidays[d.Date()] = true
	}
	for _, d := range c.Workdays {
		cal.workdays[d.Date()] = true
	}
	return cal
}

// Workday tells whether people are at work.
func (c Calendar) Workday(d company.Date) bool {
	if c.workdays[d] {
		return true
	}
	if c.holidays[d] {
		return false
	}
	day := d.Time().Weekday()
	return day != time.Saturday && day != time.Sunday
}

// Next returns the first working day after d.
func (c Calendar) Next(d company.Date) company.Date {
	for d++; !c.Workday(d); d++ {
	}
	return d
}

// ListDay is the day a run at the given moment makes the list for: this very
// day until the callers start (a night's run ends in the morning), the next
// working day afterwards.
func (c Calendar) ListDay(now time.Time, seller *time.Location, start config.Clock) company.Date {
	local := now.In(seller)
	today := company.DateOf(local)
	if c.Workday(today) && local.Hour()*60+local.Minute() < start.Minutes() {
		return today
	}
	return c.Next(today)
}
