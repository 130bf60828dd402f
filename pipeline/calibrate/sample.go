package calibrate

import (
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// Sample is one company that was called, as its list showed it, and what came
// of it.
type Sample struct {
	INN     company.INN
	Day     company.Date       // of the list that it first stood on
	Segment string             // as the list has it
	Values  map[string]float64 // of each signal, 0..1; a missing one was unknown
	Score   float64            // points that it had
	Pool    calllist.Pool
	Tenth   int // of all leads by score, 1 = the best; 0 = not known

	Answered bool // a person picked up
	Positive bool // it came to «Интерес» or further
}

// Threshold is how many outcomes it takes to speak of weights. Regressions with
// fewer than ten events a parameter give estimates that are too extreme
// (P. Peduzzi et al., J. Clin. Epidemiol. 49, 1996); parameters are counted as
// what regularisation leaves free of them.
type Threshold struct {
	Answered  int     `json:"answered"`   // companies where somebody answered
	Positives int     `json:"positives"`  // of those, interested
	PerWeight float64 `json:"per_weight"` // positives for each weight that is free to move
}

// DefaultThreshold is what is asked for when nobody says otherwise.
func DefaultThreshold() Threshold { return Threshold{Answered: 400, Positives: 40, PerWeight: 10} }

// met tells whether the outcomes suffice for a fit at all.
func (t Threshold) met(samples []Sample) bool {
	answered, positives := count(samples)
	return answered >= t.Answered && positives >= t.Positives && positives < answered
}

func count(samples []Sample) (answered, positives int) {
	for i := range samples {
		if samples[i].Answered {
			answered++
			if samples[i].Positive {
				positives++
			}
		}
	}
	return answered, positives
}
