package calibrate

import (
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// Sample is one company that was called, as its list showed it, and what came
// of it.
type Sample struct {
	INN     company.INN
	Day     company.Date       // of the first dial
	Segment string             // as the list has it
	Values  map[string]float64 // of each signal, 0..1; a missing one was unknown
	Score   float64            // points that it had
	Pool    calllist.Pool

	PickedUp bool // a person did, at the very first dial
	Answered bool // a person did, at any
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
func (t Threshold) met(c Counts) bool {
	return c.Answered >= t.Answered && c.Interested >= t.Positives && c.Interested > 0 && c.Interested < c.Answered
}

// Counts are companies, each once.
type Counts struct {
	Called     int `json:"called"`
	Answered   int `json:"answered"`
	Interested int `json:"interested"`
}

func (c *Counts) add(s *Sample) {
	c.Called++
	if s.Answered {
		c.Answered++
		if s.Positive {
			c.Interested++
		}
	}
}

func count(samples []Sample) (c Counts) {
	for i := range samples {
		c.add(&samples[i])
	}
	return c
}
