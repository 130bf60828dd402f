package xlsx

import (
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
// else when its newest part was written. What lies before the issue, or later
// than a day from now, is not believed. told is false when nothing can be: it is
// as it was issued then, or a plain table of the age that its folder tells.
func (t *Returned) savedAt(book *filledBook, issued string, in Input) (at time.Time, told bool) {
	from := in.Modified
	zone := time.FixedZone("МСК", 3*60*60)
	if t.Sheet.List != nil {
		var ok bool
		if from, ok = issuedAt(issued); !ok {
			from = t.Sheet.List.Day.Time()
		} else {
			zone = from.Location()
		}
	}
	believed := func(at time.Time) bool {
		return !at.IsZero() && (t.Sheet.List == nil || at.After(from)) && (in.Now.IsZero() || at.Before(in.Now.Add(clockError)))
	}
	if at := book.modified(); believed(at) {
		return at, true
	}
	if at := book.written(zone); believed(at) {
		return at, true
	}
	return from, false
}

// modified is when the editor says that it saved the workbook, zero if it does
// not.
func (b *filledBook) modified() time.Time {
	var core struct {
		Modified string `xml:"modified"`
	}
	if err := b.decode(b.core, &core); err != nil {
		return time.Time{} // a part that nothing else needs
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(core.Modified))
	if err != nil {
		return time.Time{}
	}
	return at
}

// written is when the newest part was written. A zip tells the time that a clock
// showed, without its zone, from 1980 on; packers that know none write that.
func (b *filledBook) written(zone *time.Location) time.Time {
	at := b.newest
	if at.Year() <= 1980 {
		return time.Time{}
	}
	if b.zoned {
		return at
	}
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, zone)
}
