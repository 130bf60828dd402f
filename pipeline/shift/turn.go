package shift

import (
	"fmt"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// Why is what a night is begun by.
type Why string

// The reasons.
const (
	WhyClock  Why = "clock"    // the schedule
	WhyMissed Why = "catch-up" // the list of today is lacking
	WhyFirst  Why = "first"    // sample data has no list yet
	WhyHand   Why = "hand"     // somebody
)

// Turn is a night that is to be, or was begun.
type Turn struct {
	Why Why
	At  time.Time    // when it is to begin
	Day company.Date // of its list; 0 = the next working day
	Try int          // 1 = the first; a failed night is tried again

	since time.Time // a run of the day that was completed after this makes it superfluous
}

// Request is what the night is asked for. One that is begun by the clock leaves the
// day to the night, as `obzvon run` does; where the hour for that has passed the
// day is named.
func (t Turn) request(r *Rota, now time.Time) night.Request {
	if t.Why == WhyFirst || t.Why == WhyClock && r.listDay(now) == t.Day {
		return night.Request{}
	}
	return night.Request{Day: t.Day}
}

// byClock is who begins what nobody asked for.
const byClock = "the clock"

// Text says in Russian what comes next and why.
func (t Turn) Text(zone *time.Location) string {
	at := when(t.At, zone)
	list := ""
	if t.Day != 0 {
		list = ", список на " + t.Day.Russian()
	}
	switch {
	case t.Try > 1:
		return fmt.Sprintf("ночь не удалась, попытка %d: %s%s", t.Try, at, list)
	case t.Why == WhyClock:
		return "по расписанию: " + at + list
	case t.Why == WhyMissed:
		return "ночь была пропущена, а рабочий день не кончился: начинается сейчас" + list
	case t.Why == WhyFirst:
		return "списка ещё нет: начинается сейчас" + list
	}
	return at + list
}

// when is a moment with the day of the week: «пн 24.11.2026 в 01:30».
func when(at time.Time, zone *time.Location) string {
	at = at.In(zone)
	days := [...]string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"}
	return days[at.Weekday()] + " " + at.Format("02.01.2006 в 15:04")
}
