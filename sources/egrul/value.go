package egrul

import (
	"math/big"
	"regexp"
	"strings"

	"obzvon/pipeline/company"
)

// textMax bounds names and licensed activities in bytes: the longest official
// names have some 1 000 characters.
const textMax = 4000

// line puts a text on one line with single spaces and bounds it.
func line(s string) string { return clip(strings.Join(strings.Fields(s), " "), textMax) }

// clip shortens a text from a file.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.ToValidUTF8(strings.ToValidUTF8(s[:limit], ""), "\ufffd") + "…"
}

// dateOf reads a date of the present or the last two centuries, else the
// unknown one.
func dateOf(s string) company.Date {
	d, err := company.ParseDate(s)
	if err != nil || !d.Known() {
		return 0
	}
	if y := d.Time().Year(); y < 1900 || y > 2100 {
		return 0
	}
	return d
}

// nameDates are the forms of the day in the names of files and members:
// VO_RUGFO_0000_9965_20251105_…, EGRUL_FULL_2026-01-01_1.
var nameDates = []*regexp.Regexp{
	regexp.MustCompile(`_(\d{4})(\d{2})(\d{2})(?:_|\.|$)`),
	regexp.MustCompile(`(?:^|[^\d])(\d{4})-(\d{2})-(\d{2})(?:[^\d]|$)`),
}

// dateInName returns the day that a name carries, which can be some days later
// than that of the extracts; the unknown date when it carries none.
func dateInName(name string) company.Date {
	for _, form := range nameDates {
		if m := form.FindStringSubmatch(name); m != nil {
			return dateOf(m[1] + "-" + m[2] + "-" + m[3])
		}
	}
	return 0
}

// roublesForm is the schema's xs:decimal of at most 19 digits, four of them
// behind the point.
var roublesForm = regexp.MustCompile(`^\d{1,19}(?:\.\d{1,4})?$`)

// roubles rounds a sum to whole ones; "" for what is no sum.
func roubles(s string) string {
	s = strings.TrimSpace(s)
	if !roublesForm.MatchString(s) {
		return ""
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok {
		return ""
	}
	return n.FloatString(0)
}
