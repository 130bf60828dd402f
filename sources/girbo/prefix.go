package girbo

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"obzvon/config"
)

// ErrCursor is a cursor that this source did not give out, or gave out for other
// options.
var ErrCursor = errors.New("not a cursor of these options")

// separator stands between the parts of a cursor: prefix, page done, pages there are:
// "7701|2|5"; "7700|0|0" is a prefix without companies.
const separator = "|"

// place is a page of a prefix; the zero value is the end.
type place struct {
	prefix string
	page   int // from 1
	pages  int // 0 = not known yet, or there are none
}

func (p place) cursor() string {
	return p.prefix + separator + strconv.Itoa(min(p.page, p.pages)) + separator + strconv.Itoa(p.pages)
}

// first is the first prefix of a region.
func (o Options) first(region config.Code) string {
	return string(region) + strings.Repeat("0", o.Digits-2)
}

// next is the place behind a page that is done.
func (o Options) next(p place) place {
	if p.page < p.pages {
		return place{p.prefix, p.page + 1, p.pages}
	}
	if prefix := o.after(p.prefix); prefix != "" {
		return place{prefix: prefix, page: 1}
	}
	return place{}
}

// after is the prefix behind one and all that begin with it, "" behind the last. Longer
// ones than Digits are parts of one that had too many companies.
func (o Options) after(prefix string) string {
	d := []byte(prefix)
	for len(d) > o.Digits && d[len(d)-1] == '9' {
		d = d[:len(d)-1]
	}
	i := len(d) - 1
	for i >= 2 && d[i] == '9' {
		d[i] = '0'
		i--
	}
	if i >= 2 {
		d[i]++
		return string(d)
	}
	if at := slices.Index(o.Regions, config.Code(prefix[:2])) + 1; at < len(o.Regions) {
		return o.first(o.Regions[at])
	}
	return ""
}

// begin is the place to go on with.
func (o Options) begin(cursor string) (place, error) {
	if cursor == "" {
		return place{prefix: o.first(o.Regions[0]), page: 1}, nil
	}
	parts := strings.Split(cursor, separator)
	if len(parts) == 3 && o.ours(parts[0]) {
		page, _ := strconv.Atoi(parts[1])
		pages, _ := strconv.Atoi(parts[2])
		done := place{parts[0], page, pages}
		if page >= min(pages, 1) && pages >= page && done.cursor() == cursor {
			return o.next(done), nil
		}
	}
	return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
}

func (o Options) ours(prefix string) bool {
	return len(prefix) >= o.Digits && len(prefix) <= innDigits && strings.Trim(prefix, "0123456789") == "" &&
		slices.Contains(o.Regions, config.Code(prefix[:2]))
}

// innDigits has the ИНН of a legal entity; others do not report.
const innDigits = 10

// done is how many of how many prefixes to begin with stand before one.
func (o Options) done(prefix string) (done, total int64) {
	each := int64(math.Pow10(o.Digits - 2))
	n, _ := strconv.ParseInt("0"+prefix[2:o.Digits], 10, 64) // digits only
	return int64(slices.Index(o.Regions, config.Code(prefix[:2])))*each + n, int64(len(o.Regions)) * each
}
