package opendata

import (
	"regexp"
	"strconv"
	"time"

	"obzvon/pipeline/company"
)

// eight are the digits of a date in a name: data-10092026-structure-12052026.zip.
var eight = regexp.MustCompile(`(?:^|[^0-9])([0-9]{8})(?:[^0-9]|$)`)

// ddmmFrom is the month from which the registry's names are DDMMYYYY. Before,
// they were MMDDYYYY (data-11252016, data-09102020 of 10 September).
var ddmmFrom = company.NewDate(2020, time.November, 1)

// dateOf is the date of a release by its name; 0 = it has none. page is a date
// that the page gives; where the digits can be read as that date, they are.
func dateOf(name string, page company.Date) company.Date {
	m := eight.FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	iso, ddmm, mmdd := day(m[1], 0, 4, 6), day(m[1], 4, 2, 0), day(m[1], 4, 0, 2)
	for _, d := range []company.Date{iso, ddmm, mmdd} {
		if d.Known() && d == page {
			return d
		}
	}
	switch {
	case iso.Known():
		return iso // a year in front is none of the other forms: 20 is no month
	case ddmm >= ddmmFrom || !mmdd.Known():
		return ddmm
	case mmdd < ddmmFrom || !ddmm.Known():
		return mmdd
	default:
		return ddmm
	}
}

// day reads a date of this century from its digits; 0 = there is none.
func day(digits string, year, month, dayAt int) company.Date {
	number := func(at, n int) int {
		v, err := strconv.Atoi(digits[at : at+n])
		if err != nil {
			return 0
		}
		return v
	}
	y, m, d := number(year, 4), number(month, 2), number(dayAt, 2)
	if y < 2000 || y > 2099 || m < 1 || m > 12 || d < 1 {
		return 0
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return 0
	}
	return company.DateOf(t)
}
