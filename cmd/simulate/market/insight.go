package market

import (
	"math"
	"math/rand/v2"
	"strings"

	"obzvon/pipeline/company"
)

// guesses is how many sizes are tried for a firm whose size nobody publishes.
const guesses = 48

// The nodes and weights of Gauss-Hermite quadrature for a standard normal.
var (
	nodes   = [...]float64{-2.856970, -1.355626, 0, 1.355626, 2.856970}
	masses  = [...]float64{0.011257, 0.222076, 0.533333, 0.222076, 0.011257}
	certain = [...]float64{0}
	whole   = [...]float64{1}
)

// insight is what a company is worth to one who knows the truth of the market
// but sees of the company what the program sees: what is hidden is averaged over
// all that it may be. Nobody who has only the sources can order companies better.
func (w *world) insight(i, month int) float64 {
	f := w.firms[i]
	c := w.company(&f)
	real := realChance(&c)
	r := rand.New(rand.NewPCG(w.seed, uint64(f.serial)<<8|4))
	sum, weight := 0.0, 0.0
	for range sizes(&c) {
		likely := f.guess(r, &c)
		sum += likely * (real*f.expected(true, month, w.hidden) + (1-real)*f.expected(false, month, w.hidden))
		weight += likely
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

func sizes(c *company.Company) int {
	if _, _, known := c.Latest(company.FieldHeadcount); known {
		if _, _, known := c.Latest(company.FieldRevenue); known {
			return 1
		}
	}
	return guesses
}

// guess puts a size that is not published into the firm, and tells how likely what
// is published would be with it.
func (f *firm) guess(r *rand.Rand, c *company.Company) float64 {
	t := trades[f.segment]
	if _, n, known := c.Latest(company.FieldHeadcount); known {
		f.headcount = float64(n) + 0.5
	} else {
		f.headcount = max(1, t.headcount*math.Exp(headcountSpread*r.NormFloat64()))
	}
	if _, n, known := c.Latest(company.FieldRevenue); known {
		// Density of that revenue with such a headcount.
		f.revenue = float64(n) / 1e6
		d := math.Log(f.revenue/(f.headcount*t.each)) / revenueSpread
		return f.likely(c) * math.Exp(-d*d/2)
	}
	f.revenue = f.headcount * t.each * math.Exp(revenueSpread*r.NormFloat64())
	return f.likely(c)
}

// likely is how likely the places and the category are with the firm's size.
func (f *firm) likely(c *company.Company) float64 {
	if seen := c.Get(company.FieldSME); seen != "" && seen != f.category() {
		return 0
	}
	more := f.headcount / (f.headcount + 40)
	p := math.Pow(more, float64(f.places-1))
	if f.places < mostPlaces {
		p *= 1 - more
	}
	return p
}

// expected is the firm's worth with the two bents that nothing shows averaged.
func (f *firm) expected(real bool, month int, hidden float64) float64 {
	g := *f
	g.real = real
	x, m := nodes[:], masses[:]
	if hidden == 0 {
		x, m = certain[:], whole[:]
	}
	reached, bought := 0.0, 0.0
	for k := range x {
		g.habit, g.bent = hidden*x[k], hidden*x[k]
		reached += m[k] * g.reached()
		bought += m[k] * g.interested(month) * g.signs()
	}
	return reached * bought
}

// realChance weighs the traces of a trade that is lived by.
func realChance(c *company.Company) float64 {
	odds := realShare / (1 - realShare)
	odds *= ratio(traceName, !strings.Contains(c.Get(company.FieldNameFull), plainName))
	odds *= ratio(traceSite, c.Get(company.FieldSite) != "")
	odds *= ratio(traceRubric, c.Get(company.FieldRubric) != plainRubric)
	if reported := c.Get(company.FieldOKVEDReported); reported != "" {
		odds *= ratio(traceReported, reported != otherTrade)
	}
	return odds / (1 + odds)
}

func ratio(t traces, seen bool) float64 {
	if seen {
		return t.real / t.leftover
	}
	return (1 - t.real) / (1 - t.leftover)
}
