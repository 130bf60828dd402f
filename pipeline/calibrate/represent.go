package calibrate

import "obzvon/pipeline/calllist"

// mostWeight bounds how many times the mean one company may count, so that a few
// drawn from far below do not decide alone.
const mostWeight = 4

// represent gives each company the weight with which those that were called
// stand for all leads. The best are nearly all called and the rest only drawn at
// random, so by tenths of the leads, which are equally many by definition, a
// company stands for as many as its tenth has for each that was called: the
// inverse of its chance to be called (D. G. Horvitz and D. J. Thompson, JASA 47,
// 1952), counted instead of assumed. Above the cut all that the random draw gave
// counts as the rest does. Tenths with nobody are stood for by nobody. The mean
// weight is one; without tenths all weigh the same.
func represent(samples []Sample) []float64 {
	weights := make([]float64, len(samples))
	var called [11]int
	for i := range samples {
		called[tenth(&samples[i])]++
	}
	kinds := 0
	for _, n := range called[1:] {
		if n > 0 {
			kinds++
		}
	}
	known := len(samples) - called[0]
	for i := range samples {
		weights[i] = 1
		if t := tenth(&samples[i]); t > 0 {
			weights[i] = min(float64(known)/float64(kinds*called[t]), mostWeight)
		}
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] *= float64(len(weights)) / sum
	}
	return weights
}

// tenth is 0 for a row that no score brought in: it stands for itself.
func tenth(s *Sample) int {
	if s.Pool == calllist.PoolTender || s.Tenth < 1 || s.Tenth > 10 {
		return 0
	}
	return s.Tenth
}
