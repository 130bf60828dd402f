package calibrate

import (
	"obzvon/config"
)

// Fit fits the weights to the samples. ok is false below the threshold.
func Fit(s *config.Segments, samples []Sample, t Threshold) (w Weights, strength, free float64, ok bool, err error) {
	if !t.met(samples) {
		return WeightsOf(s), 0, 0, false, nil
	}
	f := newForm(s)
	examples := f.examples(samples)
	best, err := cross(f, examples, t)
	if err != nil || best.strength == 0 {
		return WeightsOf(s), 0, 0, err == nil, err
	}
	whole, err := fit(f, examples, best.strength, nil)
	if err != nil {
		return w, 0, 0, false, err
	}
	return f.suggest(whole), best.strength, whole.free, true, nil
}

// examples are the companies where somebody answered, with the weights with
// which they stand for all.
func (f *form) examples(samples []Sample) []example {
	var answered []Sample
	for i := range samples {
		if samples[i].Answered {
			answered = append(answered, samples[i])
		}
	}
	weights := represent(answered)
	out := make([]example, len(answered))
	for i := range answered {
		out[i] = example{row: f.row(answered[i].Values), weight: weights[i], fold: foldOf(answered[i].INN)}
		if answered[i].Positive {
			out[i].positive = 1
		}
	}
	return out
}
