package calllist

import (
	"fmt"
	"time"

	"obzvon/pipeline/company"
)

// Window is a stretch of a day in minutes since midnight in the seller's zone.
type Window struct{ From, Until int }

// String gives "09:00–16:00".
func (w Window) String() string {
	return fmt.Sprintf("%02d:%02d–%02d:%02d", w.From/60, w.From%60, w.Until/60, w.Until%60)
}

// Shift moves the window by so many minutes, within the day.
func (w Window) Shift(minutes int) Window {
	return Window{From: (w.From + minutes + 24*60) % (24 * 60), Until: (w.Until+minutes+24*60-1)%(24*60) + 1}
}

// Moscow tells by how many minutes Moscow is ahead of the seller's zone on a day.
func Moscow(day company.Date, seller *time.Location) int {
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		return 0 // the zones are embedded: never
	}
	noon := day.In(seller).Add(12 * time.Hour)
	return offset(noon, moscow) - offset(noon, seller)
}

// Hours are working hours in minutes since midnight.
type Hours struct{ From, Until int }

// CommonWindow is when a caller in the seller's zone reaches a company in its
// own: the company's hours moved into the seller's zone, cut by the caller's.
// ok is false when less than shortest is left.
func CommonWindow(day company.Date, seller, local *time.Location, caller, firm Hours, shortest time.Duration) (w Window, ok bool) {
	noon := day.In(seller).Add(12 * time.Hour)
	shift := offset(noon, seller) - offset(noon, local)
	w = Window{From: max(caller.From, firm.From+shift), Until: min(caller.Until, firm.Until+shift)}
	if w.Until <= w.From || time.Duration(w.Until-w.From)*time.Minute < shortest {
		return Window{}, false
	}
	return w, true
}

// Noon is the hour at which a company's day is halved, 13:00 of its own time, in
// minutes since midnight in the seller's zone.
func Noon(day company.Date, seller, local *time.Location) int {
	noon := day.In(seller).Add(12 * time.Hour)
	return 13*60 + offset(noon, seller) - offset(noon, local)
}

// ZoneLabel gives the company's time as people here say it: «МСК», «МСК+2».
func ZoneLabel(day company.Date, local *time.Location) string {
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		return local.String()
	}
	noon := day.In(moscow).Add(12 * time.Hour)
	if diff := (offset(noon, local) - offset(noon, moscow)) / 60; diff != 0 {
		return fmt.Sprintf("МСК%+d", diff)
	}
	return "МСК"
}

func offset(at time.Time, loc *time.Location) int {
	_, seconds := at.In(loc).Zone()
	return seconds / 60
}
