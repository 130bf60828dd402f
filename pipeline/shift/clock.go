package shift

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/adhocore/gronx"
)

// ErrNever is a line that names no day there is, such as 30 February.
var ErrNever = errors.New("no such moment ever comes")

// Clock tells when a line of crontab(5) fires in a time zone.
//
// Where clocks are put forward, what would have fired in the hour that is left out
// fires once, when it is left out; where they are put back, what fired in the hour
// that comes twice does not fire again. A line whose minute or hour begins with
// "*" fires at every minute that matches, in both hours. So does cron(8) of
// Debian.
type Clock struct {
	line  string
	zone  *time.Location
	often bool
}

// NewClock takes a line of five fields: minute, hour, day, month, day of the week.
func NewClock(line string, zone *time.Location) (Clock, error) {
	fields := strings.Fields(line)
	if len(fields) != 5 || !gronx.IsValid(line) {
		return Clock{}, fmt.Errorf("schedule %q: want five fields as in crontab: minute, hour, day, month, day of the week", line)
	}
	c := Clock{line: line, zone: zone, often: fields[0][0] == '*' || fields[1][0] == '*'}
	if _, ok := c.matching(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC), true); !ok {
		return Clock{}, fmt.Errorf("schedule %q: %w", line, ErrNever)
	}
	return c, nil
}

// Next is the first moment after the given one at which the line fires.
func (c Clock) Next(after time.Time) time.Time {
	t, incl := after.In(c.zone).Truncate(time.Second), false
	for {
		start, end := t.ZoneBounds()
		wall := reading(t, t)
		if !start.IsZero() && !c.often {
			if before := reading(start, start.Add(-time.Second)); wall.Before(before) {
				wall, incl = before, true // clocks were put back: this has been
			}
		}
		wall, ok := c.matching(wall, incl)
		if !ok {
			return time.Time{} // NewClock has seen one, so this is the end of the calendar
		}
		at := wall.Add(-offset(t)).In(c.zone)
		if end.IsZero() || at.Before(end) {
			return at
		}
		if !c.often && wall.Before(reading(end, end)) {
			return end // clocks are put forward over it
		}
		t, incl = end, true
	}
}

// matching finds the next reading of a clock on the wall, which is kept as a time
// in UTC: there every hour comes once.
func (c Clock) matching(wall time.Time, incl bool) (time.Time, bool) {
	at, err := gronx.NextTickAfter(c.line, wall, incl)
	return at, err == nil
}

// reading is what a clock shows at t where it goes as it does at the moment like.
func reading(t, like time.Time) time.Time { return t.UTC().Add(offset(like)) }

func offset(t time.Time) time.Duration {
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second
}
