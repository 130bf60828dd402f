package fns

import (
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// stamp is the day for which figures were drawn up, in the forms in which it
// is asked for. Nearly all documents of a member have the same.
type stamp struct {
	text      string // ДатаСост
	date      company.Date
	year, day string
}

// of reads another ДатаСост unless it is the one that was read before.
func (s *stamp) of(text string) error {
	if s.text == text && s.date.Known() {
		return nil
	}
	if strings.TrimSpace(text) == "" {
		return fmt.Errorf("ДатаСост: %w", errMissing)
	}
	date, err := company.ParseDate(text)
	if err != nil {
		return fmt.Errorf("ДатаСост: %w: %w", errForm, err)
	}
	if !plausible(date) {
		return fmt.Errorf("ДатаСост: %w: %s", errForm, date)
	}
	*s = stamp{text: text, date: date, year: strconv.Itoa(date.Time().Year()), day: date.String()}
	return nil
}

// key is what a column's values are told apart by.
func (s *stamp) key(k keying) string {
	switch k {
	case byYear:
		return s.year
	case byDay:
		return s.day
	default:
		return ""
	}
}

// plausible tells a day of the tax service, which was founded in 1991.
func plausible(d company.Date) bool {
	year := d.Time().Year()
	return d.Known() && year >= 1991 && year <= 2100
}

// dayOf reads a day of three groups of digits, the unknown one if they are none.
func dayOf(year, month, day string) company.Date {
	d, err := company.ParseDate(year + "-" + month + "-" + day)
	if err != nil || !plausible(d) {
		return 0
	}
	return d
}
