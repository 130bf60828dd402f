package calibrate

import (
	"math"

	"obzvon/pipeline/calllist"
)

// tempering is how much of the correction for who was called is made: all of it
// lets the few that were drawn from far below outweigh what the many say, none of
// it takes the called for all. In between the weights err least (H. Shimodaira,
// J. Stat. Planning and Inference 90, 2000).
const tempering = 1. / 3

// represent gives each company the weight with which those that were called
// stand for all leads. The best are nearly all called and the rest only drawn at
// random, so by tenths of the leads, which are equally many by definition, a
// company stands for as many as its tenth has for each that was called: the
// inverse of its chance to be called (D. G. Horvitz and D. J. Thompson, JASA 47,
// 1952), counted instead of assumed, and then tempered. The mean weight is one;
// without tenths all weigh the same.
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
	known, sum := float64(len(samples)-called[0]), 0.0
	for i := range samples {
		weights[i] = 1
		if t := tenth(&samples[i]); t > 0 {
			weights[i] = math.Pow(known/float64(kinds*called[t]), tempering)
		}
		sum += weights[i]
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
