package table

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

var (
	dayISO     = regexp.MustCompile(`^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[ t].*)?$`)
	dayRussian = regexp.MustCompile(`^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})(?:[ t].*)?$`)
	dayWords   = regexp.MustCompile(`^([0-9]{1,2}) ([а-я]+) ([0-9]{4})(?: ?г(?:\.|ода?)?)?$`)
	daySerial  = regexp.MustCompile(`^[0-9]{5}(?:[.,][0-9]+)?$`)
	months     = []string{"январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"}
)

// dayOf reads a date cell: ISO, day first with dots, slashes or hyphens, with
// or without a time, «15 октября 1993 г.», or the serial number of a
// spreadsheet (days since 1899-12-30; of five digits, from 1927, since four
// are a year). 0 = no date.
func dayOf(s string) company.Date {
	s = strings.ToLower(s)
	if m := dayISO.FindStringSubmatch(s); m != nil {
		return dayFrom(m[1], m[2], m[3])
	}
	if m := dayRussian.FindStringSubmatch(s); m != nil {
		return dayFrom(m[3], m[2], m[1])
	}
	if m := dayWords.FindStringSubmatch(s); m != nil {
		for i, stem := range months {
			if strings.HasPrefix(m[2], stem) && (stem != "ма" || m[2] == "мая" || m[2] == "май") {
				return dayFrom(m[3], strconv.Itoa(i+1), m[1])
			}
		}
	}
	if daySerial.MatchString(s) {
		whole, _, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
		if n, err := strconv.Atoi(whole); err == nil {
			return company.NewDate(1899, time.December, 30) + company.Date(n)
		}
	}
	return 0
}

// dayFrom gives 0 for a day that no calendar has.
func dayFrom(year, month, day string) company.Date {
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	d, err3 := strconv.Atoi(day)
	if err1 != nil || err2 != nil || err3 != nil || y < 1800 || y > 2200 {
		return 0
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return 0
	}
	return company.DateOf(t)
}

var (
	nameISO     = regexp.MustCompile(`(?:^|[^0-9])(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?:$|[^0-9])`)
	nameRussian = regexp.MustCompile(`(?:^|[^0-9])([0-3][0-9])[-_.]?([01][0-9])[-_.]?(20[0-9]{2})(?:$|[^0-9])`)
)

// dayInName finds the date of an export in the name of its file: 2026-11-20,
// 20.11.2026, 20112026. 0 = none.
func dayInName(name string) company.Date {
	if m := nameISO.FindStringSubmatch(name); m != nil {
		if d := dayFrom(m[1], m[2], m[3]); d.Known() {
			return d
		}
	}
	if m := nameRussian.FindStringSubmatch(name); m != nil {
		return dayFrom(m[3], m[2], m[1])
	}
	return 0
}

// yearOf reads the year of accounts: «2024», «2024 год», a date. 0 = none.
func yearOf(s string) int {
	if len(s) >= 4 {
		if y, err := strconv.Atoi(s[:4]); err == nil && y >= 1990 && y <= 2100 && (len(s) == 4 || s[4] == ' ') {
			return y
		}
	}
	if d := dayOf(s); d.Known() {
		return d.Time().Year()
	}
	return 0
}
