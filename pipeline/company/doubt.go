package company

import (
	"fmt"
	"strconv"
	"strings"
)

// Doubt is a winning value that others of the same company contradict, so
// that it must not be scored.
type Doubt struct {
	Field Field
	Key   string // as of the fact
	Value string // as of the fact
	Why   string // Russian, for people
}

// perHeadMax is the revenue of a year in roubles for each of the staff beyond
// which a figure is not believed: half of what a whole medium-sized firm of
// up to 250 people may earn. The open data set of revenue is known to hold
// worse, 200 billion for a firm of three.
const perHeadMax = 1_000_000_000

// smeExcess is how many times over the limit of its category a firm's revenue
// may be. A category is lost only after three years over the limit (209-ФЗ,
// article 4, part 4), so that a firm that grows fast may well be over it.
const smeExcess = 10

// smeYears is for how many years back a category speaks of revenue.
const smeYears = 3

// headcountYears is how far the year of a headcount may lie from that of the
// revenue it is held against.
const headcountYears = 2

// smeLimits are the greatest revenues of a year by the category's value, as
// the Government's decree 265 of 04.04.2016 sets them.
var smeLimits = map[string]struct {
	roubles int64
	words   string
}{
	"1": {120_000_000, "микропредприятия (до 120 млн ₽)"},
	"2": {800_000_000, "малого предприятия (до 800 млн ₽)"},
	"3": {2_000_000_000, "среднего предприятия (до 2 млрд ₽)"},
}

// undoubted is a length in digits: what has fewer is below every bound here.
const undoubted = len("1000000000")

// Doubts returns the values that must not be scored, in the order of Values:
// the revenue of a year that is too much for the headcount of that or the
// nearest year, or, where no headcount is known, for the category in the SME
// registry. A headcount of 0 is common in the open data and tells nothing of
// revenue, so it counts as not known here.
func (c *Company) Doubts() []Doubt {
	var out []Doubt
	for i := range c.Values {
		v := &c.Values[i]
		if v.Field != FieldRevenue || !v.Wins || len(v.Value) < undoubted {
			continue
		}
		if why := c.doubtRevenue(v); why != "" {
			out = append(out, Doubt{Field: v.Field, Key: v.Key, Value: v.Value, Why: why})
		}
	}
	return out
}

// doubtRevenue says why the revenue is not believed, "" if nothing is against it.
func (c *Company) doubtRevenue(v *Value) string {
	revenue, err := strconv.ParseInt(v.Value, 10, 64)
	if err != nil {
		return ""
	}
	year, err := strconv.Atoi(v.Key)
	if err != nil {
		return ""
	}
	if heads := c.headcountNear(year); heads > 0 {
		if (revenue-1)/perHeadMax < heads { // a product might overflow
			return ""
		}
		return fmt.Sprintf("выручка %s на %d %s: не верится", roublesInWords(revenue), heads, people(heads))
	}
	sme, ok := c.Winner(FieldSME)
	limit, known := smeLimits[sme.Value]
	if !ok || !known || revenue <= limit.roubles*smeExcess || !speaksOf(sme.Seen, year) {
		return ""
	}
	return fmt.Sprintf("выручка %s у %s: не верится", roublesInWords(revenue), limit.words)
}

// speaksOf tells whether a category seen on that day rests on the year.
func speaksOf(seen Date, year int) bool {
	return !seen.Known() || year >= seen.Time().Year()-smeYears
}

// headcountNear is the headcount of the year or else of the nearest within
// headcountYears, of two equally near the greater; 0 when none is known.
func (c *Company) headcountNear(year int) int64 {
	best, near := int64(0), headcountYears+1
	for i := range c.Values {
		v := &c.Values[i]
		if v.Field != FieldHeadcount || !v.Wins {
			continue
		}
		y, err := strconv.Atoi(v.Key)
		if err != nil {
			continue
		}
		n, err := strconv.ParseInt(v.Value, 10, 64)
		if err != nil || n <= 0 {
			continue
		}
		away := max(y-year, year-y)
		if away < near || away == near && n > best {
			best, near = n, away
		}
	}
	if near > headcountYears {
		return 0
	}
	return best
}

// roublesInWords writes a billion and more with one decimal: «1,2 млрд ₽».
func roublesInWords(n int64) string {
	unit, word := int64(1_000_000_000), " млрд ₽"
	if n >= 1_000_000_000_000 {
		unit, word = 1_000_000_000_000, " трлн ₽"
	}
	text := fmt.Sprintf("%d,%d", n/unit, n%unit/(unit/10))
	return strings.TrimSuffix(text, ",0") + word
}

// people is the noun after «на N»: «на 1 человека», «на 3 человек» (трёх),
// «на 23 человека» (двадцать три).
func people(n int64) string {
	ones, teens := n%10, n%100 > 10 && n%100 < 20
	if !teens && (ones == 1 || n > 20 && ones >= 2 && ones <= 4) {
		return "человека"
	}
	return "человек"
}
