package market

import "math"

// maxDials is how often a company is tried before it is left alone.
const maxDials = 6

// The three levels of the truth, in logits.
const (
	levelAnswer   = -2.35
	levelInterest = -4.0
	levelSign     = -2.0
)

// needMonths is when a segment really buys; it differs a little from the months
// of the segments file.
var needMonths = map[string][12]bool{
	"auto_service":    months(3, 4, 5, 10, 11),
	"parts_wholesale": months(2, 3, 4, 9, 10),
	"small_dealers":   months(3, 4, 5, 9, 10),
}

func months(of ...int) (set [12]bool) {
	for _, m := range of {
		set[m-1] = true
	}
	return set
}

// answers is the chance that somebody picks up one dial.
func (f *firm) answers() float64 {
	z := levelAnswer + 0.7*one(f.mobile) + 0.3*math.Log10(f.headcount) + f.habit
	switch {
	case f.listed < 120:
		z += 0.6
	case f.listed > 730:
		z -= 0.6
	}
	return logistic(z)
}

// reached is the chance that somebody picks up at all.
func (f *firm) reached() float64 { return 1 - math.Pow(1-f.answers(), maxDials) }

// interested is the chance that a company that answered has a need.
func (f *firm) interested(month int) float64 {
	z := levelInterest + 1.2*one(f.real) + 0.5*one(f.core) + f.bent
	size := math.Log(f.headcount / 25)
	z -= 0.15 * size * size
	z += 0.5 * one(f.service && f.places >= 3)
	if f.service || f.dealer {
		z += 0.6 * f.near
	}
	switch {
	case f.years > 10:
		z -= 0.4
	case f.years < 4:
		z += 0.3
	}
	z += 0.5 * one(needMonths[f.segment][month-1])
	z += 0.3*one(f.named) + 0.3*one(f.mobile && f.headcount < 15)
	return logistic(z)
}

// signs is the chance that a company with a need becomes a client.
func (f *firm) signs() float64 {
	z := levelSign + 0.3*math.Log10(1+f.revenue) + 0.5*f.bent - 0.5*one(f.headcount > 100)
	if f.service || f.dealer {
		z += 0.4 * f.near
	}
	return logistic(z)
}

// worth is the chance that calling the company ends in a contract.
func (f *firm) worth(month int) float64 { return f.reached() * f.interested(month) * f.signs() }

// What luck has in store.

func (f *firm) picksUp(dial int) bool { return f.luck.dials[dial] < f.answers() }

func (f *firm) hasNeed(month int) bool { return f.luck.interest < f.interested(month) }

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
