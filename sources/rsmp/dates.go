package rsmp

import (
	"bytes"
	"strconv"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// day is a date and how facts write it.
type day struct {
	date company.Date
	text string // "" for the unknown date
	year string // of a headcount that a release of this day carries
}

// days remembers the dates of a registry, which are few: the day of the
// release and the tenth of each month before it.
type days struct {
	known map[string]day
	last  []byte // how the last one was written
	is    day
}

// of reads a date as it stands in the file.
func (d *days) of(v value) day {
	if len(v) == 0 {
		return day{}
	}
	if bytes.Equal(d.last, v) {
		return d.is
	}
	is, ok := d.known[string(v)]
	if !ok {
		is = dayOf(members.DateOf(v.text()))
		d.known = remember(d.known, v, is)
	}
	d.last, d.is = append(d.last[:0], v...), is
	return is
}

func dayOf(date company.Date) day {
	return day{date: date, text: date.String(), year: headcountYear(date)}
}

// headcountYear is the year that ССЧР speaks of in a release of the given day.
// By the passport of the set, releases of January to June carry the year
// before the previous calendar year, releases of July to December the previous
// one.
func headcountYear(date company.Date) string {
	if !date.Known() {
		return ""
	}
	at := date.Time()
	year := at.Year() - 1
	if at.Month() < time.July {
		year--
	}
	return strconv.Itoa(year)
}

// How much of what was met is remembered at most: what a registry repeats is
// far below that, and a hostile file cannot make it grow.
const (
	rememberMax    = 16 << 10
	rememberLenMax = 200 // bytes
)

// remember adds to a memory of what bytes mean. A full one begins anew.
func remember[T any](known map[string]T, raw []byte, is T) map[string]T {
	switch {
	case known == nil:
		known = map[string]T{}
	case len(known) >= rememberMax:
		clear(known)
	}
	if len(raw) <= rememberLenMax {
		known[string(raw)] = is
	}
	return known
}
