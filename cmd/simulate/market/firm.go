package market

import (
	"math"
	"math/rand/v2"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// firm is what is true of one company, seen or not.
type firm struct {
	serial  int
	segment string
	service bool
	dealer  bool

	real      bool // lives by the trade of its code
	core      bool // the code is the heart of the segment
	headcount float64
	revenue   float64 // million roubles a year
	places    int
	region    string
	near      float64 // 0..1: how soon a parcel is there
	years     float64 // since registration
	mobile    bool
	named     bool
	listed    int // days since the directory looked last

	bent  float64 // to try another supplier; nothing shows it
	habit float64 // of picking up; nothing shows it

	luck luck
}

// luck decides what chance leaves open. It is drawn with the company, so that
// it does not depend on when it is called.
type luck struct {
	dials    [maxDials]float64
	interest float64
}

// How the companies of all trades are spread.
const (
	realShare       = 0.7 // of them live by their trade
	headcountSpread = 1.1 // of its logarithm
	revenueSpread   = 0.7
	mostPlaces      = 15
)

// trade is how the companies of one segment are.
type trade struct {
	share     float64 // of the market
	headcount float64 // median
	each      float64 // revenue a head, million roubles, median
	mobile    float64 // share with a mobile
	sole      float64 // share of sole proprietors
}

var trades = map[string]trade{
	"auto_service":    {share: 0.4, headcount: 8, each: 1.5, mobile: 0.45, sole: 0.35},
	"parts_wholesale": {share: 0.2, headcount: 14, each: 8, mobile: 0.35, sole: 0.15},
	"small_dealers":   {share: 0.4, headcount: 5, each: 5, mobile: 0.6, sole: 0.4},
}

// shares of companies by region: the capital and round it, then the rest as the
// proximity table has it.
var homes = []struct {
	share, near float64
	codes       []string
}{
	{0.14, 1, []string{"77"}},
	{0.10, 0.95, []string{"50"}},
	{0.10, 0.8, []string{"33", "40", "62", "67", "69", "71", "76"}},
	{0.24, 0.6, []string{"31", "36", "52", "16", "63", "78", "34", "64"}},
	{0.24, 0.4, []string{"66", "74", "59", "02", "61", "23", "26"}},
	{0.13, 0.2, []string{"54", "55", "24", "42", "22"}},
	{0.05, 0, []string{"25", "27", "28", "14"}},
}

func drawFirm(r *rand.Rand, serial int, segments *config.Segments, hidden float64) firm {
	f := firm{serial: serial, segment: drawSegment(r, segments)}
	f.service, f.dealer = f.segment == "auto_service", f.segment == "small_dealers"
	t := trades[f.segment]
	f.real = r.Float64() < realShare
	f.core = r.Float64() < 0.6
	f.headcount = max(1, t.headcount*math.Exp(headcountSpread*r.NormFloat64()))
	f.revenue = f.headcount * t.each * math.Exp(revenueSpread*r.NormFloat64())
	f.places = 1
	for r.Float64() < f.headcount/(f.headcount+40) && f.places < mostPlaces {
		f.places++
	}
	f.drawHome(r)
	f.years = 0.5 + 9*r.ExpFloat64()
	f.mobile = r.Float64() < t.mobile
	f.named = r.Float64() < 0.6
	f.listed = int(200 * r.ExpFloat64())
	f.bent, f.habit = hidden*r.NormFloat64(), hidden*r.NormFloat64()
	for i := range f.luck.dials {
		f.luck.dials[i] = r.Float64()
	}
	f.luck.interest = r.Float64()
	return f
}

func drawSegment(r *rand.Rand, segments *config.Segments) string {
	u := r.Float64()
	last := ""
	for i := range segments.Segments {
		id := segments.Segments[i].ID
		t, ok := trades[id]
		if !ok {
			continue
		}
		if last = id; u < t.share {
			return id
		}
		u -= t.share
	}
	return last
}

func (f *firm) drawHome(r *rand.Rand) {
	u := r.Float64()
	for _, h := range homes {
		if u < h.share {
			f.region, f.near = h.codes[r.IntN(len(h.codes))], h.near
			return
		}
		u -= h.share
	}
	last := homes[len(homes)-1]
	f.region, f.near = last.codes[0], last.near
}

// inn makes a valid number out of a serial one.
func inn(serial int) company.INN {
	for digit := range 10 {
		n := company.INN(nineDigits(serial) + string(rune('0'+digit)))
		if _, err := company.ParseINN(string(n)); err == nil {
			return n
		}
	}
	return ""
}

// nineDigits puts the number behind the two digits of a tax office.
func nineDigits(serial int) string {
	const office = 590_000_000
	n := office + serial%10_000_000
	out := make([]byte, 9)
	for i := range out {
		out[8-i] = byte('0' + n%10)
		n /= 10
	}
	return string(out)
}
