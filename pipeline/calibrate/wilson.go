package calibrate

import "math"

// z95 is the two-sided 95 % quantile of the normal distribution.
const z95 = 1.959963984540054

// Share is a proportion with its 95 % interval.
type Share struct {
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Wilson gives the score interval of a proportion (E. B. Wilson, JASA 22, 1927),
// which is honest for small numbers and for none. Of nothing it knows nothing: 0
// to 1.
func Wilson(hits, n int) Share {
	if n <= 0 {
		return Share{0, 0, 1}
	}
	p, size := float64(hits)/float64(n), float64(n)
	z2 := z95 * z95
	middle := (p + z2/(2*size)) / (1 + z2/size)
	half := z95 / (1 + z2/size) * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	return Share{p, max(0, min(p, middle-half)), min(1, max(p, middle+half))}
}
