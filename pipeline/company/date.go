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
