package market

import (
	"math"

	"obzvon/pipeline/calibrate"
)

// smoothing is what Odoo's lead scoring adds to every count.
const smoothing = 0.1

// bayes is naive Bayes over the values that signals took, as Odoo's lead scoring
// does it: for each value how often it stood with a won lead and with a lost one.
// What is unknown is a value too.
type bayes struct {
	signals    []string
	won, lost  map[trait]float64
	wins, lots float64
}

// trait is one value of one signal, in thousandths; −1 = unknown.
type trait struct {
	signal string
	value  int
}

func traitOf(signal string, values map[string]float64) trait {
	v, known := values[signal]
	if !known {
		return trait{signal, -1}
	}
	return trait{signal, int(math.Round(v * 1000))}
}

// newBayes counts all companies that were called: one that nobody answered is a
// lost lead there.
func newBayes(signals []string, samples []calibrate.Sample) *bayes {
	b := &bayes{signals: signals, won: map[trait]float64{}, lost: map[trait]float64{}}
	for i := range samples {
		s := &samples[i]
		counts := b.lost
		if s.Answered && s.Positive {
			counts, b.wins = b.won, b.wins+1
		} else {
			b.lots++
		}
		for _, id := range signals {
			counts[traitOf(id, s.Values)]++
		}
	}
	return b
}

// odds are the logarithm of the odds of interest.
func (b *bayes) odds(values map[string]float64) float64 {
	z := math.Log((b.wins + smoothing) / (b.lots + smoothing))
	for _, id := range b.signals {
		t := traitOf(id, values)
		z += math.Log((b.won[t]+smoothing)/(b.wins+smoothing)) - math.Log((b.lost[t]+smoothing)/(b.lots+smoothing))
	}
	return z
}
