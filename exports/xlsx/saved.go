package xlsx

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// issuedForms are how the moment of issue may be written; behind it stands the
// zone, «МСК» or «МСК+2», hours from Moscow.
var issuedForms = []string{"2006-01-02 15:04", "02.01.2006 15:04"}

// issuedAt reads the moment of issue, false if the text does not begin with one.
func issuedAt(text string) (time.Time, bool) {
	for _, form := range issuedForms {
		n := min(len(form), len(text))
		zone := strings.TrimSpace(text[n:])
		hours, err := strconv.Atoi(strings.TrimPrefix(zone, "МСК"))
		if err != nil || hours < -12 || hours > 14 {
			hours = 0 // nothing behind it: Moscow's own
		}
		there := time.FixedZone(zone, (3+hours)*60*60) // Moscow has no summer time
		if t, err := time.ParseInLocation(form, text[:n], there); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// clockError is how much later than now a file may claim to be saved: clocks of
// other people's machines are wrong by that.
const clockError = 24 * time.Hour

// savedAt is when the workbook got its content, by what the file tells: when its
// editor says that it saved it (dcterms:modified, ECMA-376 part 2, section 11),
// else when its newest part was written. What lies before the issue or at it, as
// editors leave it that write no such time, or later than a day from now, is not
// believed. told is false when nothing can be: it is as it was issued then, or of
// the age that its folder tells, if people wrote into it, or if it is a plain table.
func (t *Returned) savedAt(book *filledBook, issued string, in Input) (at time.Time, told bool) {
	from, zone := in.Modified, time.FixedZone("МСК", 3*60*60)
	if t.Sheet.List != nil {
		var ok bool
		if from, ok = issuedAt(issued); ok {
			zone = from.Location()
		} else {
			from = t.Sheet.List.Day.Time()
		}
	}
	can := func(at time.Time) bool {
		return (t.Sheet.List == nil || at.After(from)) && (in.Now.IsZero() || at.Before(in.Now.Add(clockError)))
	}
	for _, at := range book.savings(zone, t.Sheet.List == nil) {
		if can(at) {
			return at, true
		}
	}
	if t.Sheet.List != nil && can(in.Modified) && t.edited() {
		return in.Modified, false
	}
	return from, false
}

// Undated tells a list that people wrote into without the file telling when it was
// saved: Saved is its folder's time, or the issue's.
func (t *Returned) Undated() bool { return t.Sheet.List != nil && !t.told && t.edited() }

// savings are the times at which the file may have been saved, the surest first.
// LibreOffice (7.4) writes what the clock on the wall shows and calls it UTC,
// while the times of its zip are in UTC; of others it is the other way round. A file
// that was saved when it was made may be one whose editor leaves both as they were;
// of a plain table, which no moment of issue bounds, that alone is not believed.
func (b *filledBook) savings(zone *time.Location, plain bool) (out []time.Time) {
	var core struct {
		Modified string `xml:"modified"`
		Created  string `xml:"created"`
	}
	var app struct {
		Name string `xml:"Application"`
	}
	office := b.decode(b.app, &app) == nil && strings.HasPrefix(app.Name, "LibreOffice") // nothing else needs these parts
	if err := b.decode(b.core, &core); err == nil {
		if at, err := time.Parse(time.RFC3339, strings.TrimSpace(core.Modified)); err == nil {
			if office {
				at = onWall(at, zone)
			}
			out = append(out, at)
		}
	}
	zipped := b.newest
	if !office && !b.zoned {
		zipped = onWall(b.newest, zone)
	}
	switch kept := strings.TrimSpace(core.Modified) == strings.TrimSpace(core.Created); {
	case b.newest.Year() <= 1980: // packers that know no time write that
		if plain && kept {
			return nil
		}
	case office || kept:
		out = slices.Insert(out, 0, zipped)
	default:
		out = append(out, zipped)
	}
	return out
}

// onWall is the moment when a clock in the zone showed that.
func onWall(at time.Time, zone *time.Location) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, zone)
}
