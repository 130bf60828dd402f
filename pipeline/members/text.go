package members

import (
	"strings"

	"obzvon/pipeline/company"
)

// TextMax bounds names and licensed activities in bytes: the longest official
// names have some 1 000 characters.
const TextMax = 4000

// Line puts a text from a file on one line with single spaces and bounds it.
func Line(s string) string { return Clip(strings.Join(strings.Fields(s), " "), TextMax) }

// Clip shortens a text from a file to some bytes, for a message or a value.
func Clip(s string, limit int) string {
	if len(s) <= limit {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.ToValidUTF8(strings.ToValidUTF8(s[:limit], ""), "\ufffd") + "…"
}

// DateOf reads a date of the years 1900 to 2100, else the unknown one.
func DateOf(s string) company.Date {
	d, err := company.ParseDate(s)
	if err != nil || !d.Known() {
		return 0
	}
	if y := d.Time().Year(); y < 1900 || y > 2100 {
		return 0
	}
	return d
}
