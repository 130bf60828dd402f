package score

import (
	"maps"
	"slices"

	"obzvon/pipeline/company"
)

// MaxWhole is how many sources with a whole release a row has room for.
const MaxWhole = 16

// Releases gives the sources with a whole release a bit each in Row.Whole. All
// that such a source holds was said on the day of its release, so a row keeps
// which of them hold the company, and the day is looked up when it is scored:
// next month's release makes no row stale by being newer. nil means that no
// source has a whole release. It may be used by many goroutines.
type Releases struct {
	sources map[string]released
	low     [1 << 8]company.Date // newest day by the bits 0 to 7, then 8 to 15
	high    [1 << 8]company.Date
}

// released is what counts of a source when rows are made.
type released struct {
	bit   uint16       // 0 = has none
	shown company.Date // of a source that should have a bit and found no room
	annex bool
	asked bool
}

// NewReleases takes the sources whose whole release is known, annexes
// excepted. By rising name the first MaxWhole get a bit; the days of the rest
// stand in the rows.
func NewReleases(s company.Standings) *Releases {
	r := &Releases{sources: make(map[string]released, len(s))}
	n := 0
	for _, name := range slices.Sorted(maps.Keys(s)) {
		st := s[name]
		switch {
		case st.Annex:
			r.sources[name] = released{annex: true}
		case st.Asked:
			r.sources[name] = released{asked: true}
		case !st.Shown.Known():
		case n == MaxWhole:
			r.sources[name] = released{shown: st.Shown}
		default:
			r.sources[name] = released{bit: 1 << n}
			r.note(n, st.Shown)
			n++
		}
	}
	return r
}

// note enters a day wherever the bit is set.
func (r *Releases) note(n int, day company.Date) {
	table := &r.low
	if n >= 8 {
		table, n = &r.high, n-8
	}
	for set := range table {
		if set>>n&1 != 0 {
			table[set] = max(table[set], day)
		}
	}
}

// of tells what counts of a source.
func (r *Releases) of(source string) released {
	if r == nil {
		return released{}
	}
	return r.sources[source]
}

// newest is the newest day of the sources whose bits are set; 0 = none.
func (r *Releases) newest(whole uint16) company.Date {
	if r == nil {
		return 0
	}
	return max(r.low[whole&0xff], r.high[whole>>8])
}

// Seen is the newest day on which any source showed the row's company; 0 =
// unknown. The row is one made with these releases, or with others under the
// same Tag.
func (r *Releases) Seen(row *Row) company.Date { return max(row.Seen, r.newest(row.Whole)) }

// mark notes in the row when its sources showed the company: a bit for a whole
// release, the day for the others. Annexes have no say: their years end long
// before they are published.
func (r *Releases) mark(row *Row, c *company.Company) {
	for i := range c.Observations {
		o := &c.Observations[i]
		switch of := r.of(o.Source); {
		case of.annex:
		case of.bit != 0:
			row.Whole |= of.bit
		default:
			row.Seen = max(row.Seen, shortDay(o.Date), shortDay(of.shown))
		}
	}
}
