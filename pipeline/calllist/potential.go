package calllist

import (
	"obzvon/config"
	"obzvon/pipeline/score"
)

// Potential orders account targets: how much a company could buy, by size and
// number of places, in thousandths; what is unknown counts for nothing. A
// firm's size is told by headcount or revenue, whichever says more.
func Potential(l config.Ladders, r *score.Row) int64 {
	size := 0.0
	if r.Headcount != score.Unknown {
		size = climb(l.Headcount, float64(r.Headcount))
	}
	if r.Revenue != score.Unknown {
		size = max(size, climb(l.Revenue, float64(r.Revenue)/1000))
	}
	return int64(1000 * (size + climb(l.Branches, float64(r.Branches))))
}

func climb(steps []config.Step, quantity float64) float64 {
	value := 0.0
	for _, s := range steps {
		if quantity >= s.From {
			value = s.Value
		}
	}
	return value
}
