package evidence

import (
	"cmp"
	"math"
	"slices"
)

const (
	// tellingFrom is what a piece weighs at least without which no sum of town,
	// street and form is a match, in thousandths: one firm in some hundred.
	tellingFrom = 5000
	// maxClose is how many candidates people are shown; closeShare is the least
	// share of the likeliest one's probability.
	maxClose   = 5
	closeShare = 0.02
)

// Decide says what the weights of all candidates of one listing come to. That
// it is nobody's among them is one more possibility, of weight 0.
func (m *Model) Decide(all []Weighed) Decision {
	d := Decision{Best: -1}
	if len(all) == 0 {
		return d
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[b].Weight, all[a].Weight) })
	best := order[0]
	top := float64(max(0, all[best].Weight))
	sum := math.Exp(-top / 1000)
	for i := range all {
		sum += math.Exp((float64(all[i].Weight) - top) / 1000)
	}
	share := func(i int) float64 { return math.Exp((float64(all[i].Weight)-top)/1000) / sum }
	d.Probability = share(best)
	some := 1 - math.Exp(-top/1000)/sum
	switch {
	case d.Probability >= m.matchFrom && tells(all[best]):
		d.Outcome = Match
	case d.Probability >= m.reviewFrom || some >= m.reviewFrom:
		d.Outcome = Review
	}
	if d.Outcome != None {
		d.Best = best
	}
	for _, i := range order[:min(len(order), maxClose)] {
		if share(i) >= closeShare*d.Probability && share(i) >= closeShare*m.reviewFrom {
			d.Close = append(d.Close, i)
		}
	}
	return d
}

// tells finds a piece that by itself points to few firms.
func tells(w Weighed) bool {
	for i := range w.Evidence {
		e := &w.Evidence[i]
		switch e.Kind {
		case kindINN, kindOGRN, kindPhone, kindEmail, kindSite, kindName, kindPerson:
			if e.Weight >= tellingFrom {
				return true
			}
		}
	}
	return false
}
