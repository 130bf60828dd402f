package xlsx

import (
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
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

// savedAt is when the workbook got its content: when its editor saved it
// (dcterms:modified, ECMA-376 part 2, section 11) or, where that is not told or
// stands before it, when it was issued; else the beginning of the list's day.
func (t *Returned) savedAt(book *excelize.File, issued string) time.Time {
	at, ok := issuedAt(issued)
	if !ok {
		at = t.Date.Time()
	}
	props, err := book.GetDocProps()
	if err != nil {
		return at // a part that few editors get wrong, and nothing else needs
	}
	modified, err := time.Parse(time.RFC3339, strings.TrimSpace(props.Modified))
	if err != nil || modified.Before(at) {
		return at
	}
	return modified
}
