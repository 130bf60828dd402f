package funnel

import (
	"obzvon/config"
	"obzvon/pipeline/company"
)

// Workdays is the production calendar.
type Workdays interface {
	Workday(d company.Date) bool
	Next(d company.Date) company.Date // the first working day after d
}

// Cadence is when companies are called again.
type Cadence struct {
	rules config.Cadence
	aWeek int
	days  Workdays
}

// NewCadence takes the rules of the segments file, how many calls a company may
// get within seven days, and the calendar.
func NewCadence(c config.Cadence, callsAWeek int, days Workdays) Cadence {
	return Cadence{rules: c, aWeek: callsAWeek, days: days}
}

// week is the stretch of days that the courtesy cap looks at.
const week = 7

// MayCall tells whether manners allow a call on a day: no second one on the
// same day, and within seven days no more than the cap, but for a call that was
// agreed. It does not ask whether the company's turn has come.
func (c Cadence) MayCall(p *Progress, day company.Date) bool {
	if p.Band == BandOut {
		return false
	}
	calls := 0
	for _, d := range p.Calls {
		if d == day {
			return false
		}
		if d < day && d > day-week {
			calls++
		}
	}
	return calls < c.aWeek || p.Band == BandAgreed && p.DueOn(day)
}

// Wakes tells whether a company that rests after «Не интересно» may be called on a
// day all the same, since it has announced a tender after it refused: what it did
// not need then it buys now. Attempts are spaced, and bounded, as after «Недозвон».
// A notice of 0 has no day and wakes nobody.
func (c Cadence) Wakes(p *Progress, notice, day company.Date) bool {
	switch {
	case p.Refused == 0, notice <= p.Refused, p.ClientSince != 0, p.Woken >= c.rules.RetryAttempts:
		return false
	case p.Woken > 0 && day < c.after(p.LastDay, step(c.rules.RetryAfter, p.Woken)):
		return false
	}
	return c.MayCall(p, day)
}

// after returns the n-th working day after a day.
func (c Cadence) after(day company.Date, n int) company.Date {
	for range n {
		day = c.days.Next(day)
	}
	return day
}

// from returns the day, or the next working one if people are off then.
func (c Cadence) from(day company.Date) company.Date {
	if c.days.Workday(day) {
		return day
	}
	return c.days.Next(day)
}

// step returns the n-th of the steps, counted from 1; the last is repeated.
func step(steps []int, n int) int {
	if len(steps) == 0 {
		return 1
	}
	return steps[min(n, len(steps))-1]
}
