package calllist

import (
	"math"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// Mix is the share of each priority among new leads; index 0 is priority 1.
type Mix [3]float64

// Month counts months of the strategy: 1 from the start day until the same day
// of the next month. Days before the start belong to month 1.
func Month(start, day company.Date) int {
	if day < start {
		return 1
	}
	s, d := start.Time(), day.Time()
	m := (d.Year()-s.Year())*12 + int(d.Month()) - int(s.Month())
	if d.Day() < s.Day() {
		m--
	}
	return m + 1
}

// MixOf returns the mix of the phase that the day falls into. Phases rise by
// their first month; validation has seen to it.
func MixOf(phases []config.Phase, start, day company.Date) Mix {
	month := Month(start, day)
	var mix Mix
	for _, p := range phases {
		if p.FromMonth <= month {
			mix = Mix{p.Priority1, p.Priority2, p.Priority3}
		}
	}
	return mix
}

// Quotas splits n places by the mix, largest remainder first, so that they
// add up to n.
func (m Mix) Quotas(n int) [3]int {
	var q [3]int
	var rest [3]float64
	left := n
	for i, share := range m {
		exact := share * float64(n)
		q[i] = int(math.Floor(exact + 1e-9))
		rest[i] = exact - float64(q[i])
		left -= q[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best]+1e-9 {
				best = i
			}
		}
		if m[best] == 0 {
			break
		}
		q[best]++
		rest[best] = -1
	}
	return q
}
