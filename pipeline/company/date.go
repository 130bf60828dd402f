package company

import (
	"fmt"
	"strings"
	"time"
)

// Date is a calendar day without a time zone, counted in days since
// 1970-01-01. The zero value means "unknown"; 1970-01-01 itself is not
// representable and no source needs it.
type Date int32

const isoDate = "2006-01-02"

// DateOf returns the calendar day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// NewDate returns the given calendar day.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads YYYY-MM-DD or DD.MM.YYYY, the two forms that the sources
// use. An empty string gives the unknown date and no error.
func ParseDate(s string) (Date, error) {
	if d, ok := plainDate(s); ok {
		return d, nil
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	layout := isoDate
	if strings.Count(s, ".") == 2 {
		layout = "02.01.2006"
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("date %q: want YYYY-MM-DD or DD.MM.YYYY", s)
	}
	return DateOf(t), nil
}

// plainDate reads the two forms of a day that the calendar has.
func plainDate(s string) (Date, bool) {
	if len(s) != len(isoDate) {
		return 0, false
	}
	year, month, day, sep := s[:4], s[5:7], s[8:], s[4:5]+s[7:8]
	if sep != "--" {
		day, month, year, sep = s[:2], s[3:5], s[6:], s[2:3]+s[5:6]
		if sep != ".." {
			return 0, false
		}
	}
	y, okYear := number(year)
	m, okMonth := number(month)
	d, okDay := number(day)
	if !okYear || !okMonth || !okDay || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return Date(at.Unix() / 86400), at.Day() == d // else the month is shorter
}

// number reads digits only.
func number(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

// Known tells whether the date carries a day.
func (d Date) Known() bool { return d != 0 }

// Time returns midnight of the day in UTC; the zero time when unknown.
func (d Date) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d)*86400, 0).UTC()
}

// In returns midnight of the day in the given zone.
func (d Date) In(loc *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}

// String gives YYYY-MM-DD, or "" when unknown.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(isoDate)
}

// Russian gives DD.MM.YYYY as people here write it, or "" when unknown.
func (d Date) Russian() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("02.01.2006")
}

// MarshalText writes YYYY-MM-DD, so that dates in JSON can be read.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
