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
