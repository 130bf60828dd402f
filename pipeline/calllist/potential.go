package calllist

import (
	"obzvon/config"
	"obzvon/pipeline/score"
)

// Potential orders account targets: how much a company could buy, by size and
// number of places, in thousandths; what is unknown counts for nothing. A
// firm's size is told by headcount, revenue or category, whichever says most.
func Potential(l config.Ladders, r *score.Row) int64 {
	size := climb(l.Category, float64(r.SME))
	if r.Headcount != score.Unknown {
		size = max(size, climb(l.Headcount, float64(r.Headcount)))
	}
	if r.Revenue != score.Unknown {
		size = max(size, climb(l.Revenue, float64(r.Revenue)/1000))
	}
	return int64(1000 * (size + climb(l.Branches, float64(r.Branches))))
}

// targetHeadcount is the fewest people that make an account: a firm of one or
// two is called, not courted.
const targetHeadcount = 3

// Target tells whether a company may stand on «ТОП-20».
func Target(r *score.Row) bool {
	return r.Headcount == score.Unknown || r.Headcount >= targetHeadcount
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
