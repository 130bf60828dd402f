package shift

import (
	"cmp"
	"fmt"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// Rota says which nights are to be: by the cron line, on working days of the
// seller's calendar. A day off has no night; the list for the working day after it
// is made on that day.
type Rota struct {
	cfg      *config.Config
	clock    Clock
	zone     *time.Location // the seller's: days and hours of work are in it
	calendar calllist.Calendar
	sample   bool
}

// NewRota reads the schedule. On sample data the first list is made whatever the
// day.
func NewRota(cfg *config.Config, sample bool) (*Rota, error) {
	zone, err := time.LoadLocation(cfg.Seller.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("load the seller's time zone: %w", err)
	}
	own, err := time.LoadLocation(cmp.Or(cfg.Schedule.TimeZone, cfg.Seller.TimeZone))
	if err != nil {
		return nil, fmt.Errorf("load the schedule's time zone: %w", err)
	}
	clock, err := NewClock(cfg.Schedule.Cron, own)
	if err != nil {
		return nil, err
	}
	return &Rota{cfg: cfg, clock: clock, zone: zone, calendar: calllist.NewCalendar(cfg.Calendar), sample: sample}, nil
}

// Zone is the seller's time zone.
func (r *Rota) Zone() *time.Location { return r.zone }

// next is the first night after a moment that the clock begins; false = it begins
// none.
func (r *Rota) next(after time.Time) (Turn, bool) {
	if !r.cfg.Schedule.Enabled {
		return Turn{}, false
	}
	for {
		at := r.clock.Next(after)
		if at.IsZero() {
			return Turn{}, false
		}
		day := company.DateOf(at.In(r.zone))
		if r.calendar.Workday(day) {
			return Turn{Why: WhyClock, At: at, Day: r.listDay(at), Try: 1, since: at}, true
		}
		after = day.In(r.zone).AddDate(0, 0, 1).Add(-time.Second) // the rest of a day off
	}
}

// last is the last night in (after, now] that the clock begins, of the day's list if
// one is given.
func (r *Rota) last(after, now time.Time, day company.Date) (last Turn, ok bool) {
	for {
		t, more := r.next(after)
		if !more || t.At.After(now) {
			return last, ok
		}
		if after = t.At; day == 0 || t.Day == day {
			last, ok = t, true
		}
	}
}

// missed is the night whose list people should have now: the clock has begun it
// before, and the day is not over.
func (r *Rota) missed(now time.Time) (Turn, bool) {
	today := company.DateOf(now.In(r.zone))
	if !r.cfg.Schedule.CatchUp || !r.calendar.Workday(today) || !now.Before(r.over(today)) {
		return Turn{}, false
	}
	before := today - 1
	for !r.calendar.Workday(before) {
		before--
	}
	if _, fired := r.last(before.In(r.zone).Add(-time.Second), now, today); !fired {
		return Turn{}, false
	}
	return Turn{Why: WhyMissed, At: now, Day: today, Try: 1}, true
}

// first is the night of a sample that has no list yet.
func (r *Rota) first(now time.Time) (Turn, bool) {
	if !r.sample || !r.cfg.Schedule.Enabled || !r.cfg.Schedule.CatchUp {
		return Turn{}, false
	}
	return Turn{Why: WhyFirst, At: now, Day: r.listDay(now), Try: 1}, true
}

// listDay is the day whose list a night makes that begins at a moment.
func (r *Rota) listDay(at time.Time) company.Date {
	day, err := night.NextDay(r.cfg, at)
	if err != nil { // NewRota has loaded the zone
		return 0
	}
	return day
}

// over is when a list is of no more use on its day: the last manager goes home.
func (r *Rota) over(day company.Date) time.Time {
	working, all := 0, 0
	for i := range r.cfg.Managers {
		m := &r.cfg.Managers[i]
		all = max(all, m.Until.Minutes())
		if m.Works(day) {
			working = max(working, m.Until.Minutes())
		}
	}
	minutes := cmp.Or(working, all, defaultUntil)
	d := day.Time()
	return time.Date(d.Year(), d.Month(), d.Day(), 0, minutes, 0, 0, r.zone)
}

// defaultUntil is the end of the day, in minutes, where config names no manager.
const defaultUntil = 18 * 60
