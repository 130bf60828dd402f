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

// Decide says what the weights of all candidates of one listing come to: how
// the probability is shared among them and what is not among them, a firm that
// nobody knows or an unknown one that is kindred to a candidate.
func (m *Model) Decide(all []Weighed) Decision {
	d := Decision{Best: -1}
	if len(all) == 0 {
		return d
	}
	masses, none := massesOf(all)
	order := make([]int, len(all))
	sum := none
	for i := range order {
		order[i] = i
		sum += masses[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(masses[b], masses[a]) })
	best := order[0]
	d.Probability = masses[best] / sum
	switch {
	case d.Probability >= m.matchFrom && tells(all[best]):
		d.Outcome = Match
	case d.Probability >= m.reviewFrom || 1-none/sum >= m.reviewFrom:
		d.Outcome = Review
	}
	if d.Outcome != None {
		d.Best = best
	}
	for _, i := range order[:min(len(order), maxClose)] {
		if p := masses[i] / sum; p >= closeShare*max(d.Probability, m.reviewFrom) {
			d.Close = append(d.Close, i)
		}
	}
	return d
}

// massesOf gives what each candidate has of the probability, and what is left
// for others, in one unit. What speaks for a kindred firm of a candidate speaks
// for another candidate, as far as that may be the firm by itself; else for one
// that is not among them. So a group's site does not draw every listing that
// shows it to the one firm that is known by it.
func massesOf(all []Weighed) (masses []float64, none float64) {
	masses = make([]float64, len(all))
	kin := make([]float64, len(all)) // natural logarithms, as masses at first
	first, second := -1, -1          // whose kindred weigh most
	top := 0.0
	for i := range all {
		k := kinOfAll(&all[i])
		masses[i] = float64(all[i].Weight-k) / 1000
		kin[i] = math.Inf(-1)
		if k < 0 {
			kin[i] = logLess(-float64(k) / 1000)
		}
		switch {
		case first < 0 || kin[i] > kin[first]:
			first, second = i, first
		case second < 0 || kin[i] > kin[second]:
			second = i
		}
		top = max(top, masses[i], kin[i])
	}
	taken := 0.0
	for i, bare := range masses {
		of := first
		if i == first {
			of = second
		}
		masses[i] = math.Exp(bare - top)
		if of >= 0 {
			itself := 1 / (1 + math.Exp(-bare))
			masses[i] += itself * math.Exp(kin[of]-top)
			if of == first {
				taken = max(taken, itself)
			}
		}
	}
	return masses, math.Exp(-top) + (1-taken)*math.Exp(kin[first]-top)
}

// kinOfAll is the weight of the kindred in what was weighed.
func kinOfAll(w *Weighed) int64 {
	for i := range w.Evidence {
		if w.Evidence[i].Kind == kindKin {
			return w.Evidence[i].Weight
		}
	}
	return 0
}

// logLess is the logarithm of e to the x, less one: how much the others weigh
// that make a weight less by x.
func logLess(x float64) float64 {
	if x <= 0 {
		return math.Inf(-1)
	}
	return x + math.Log1p(-math.Exp(-x))
}

// tells finds a piece that by itself points to few firms.
func tells(w Weighed) bool {
	for i := range w.Evidence {
		e := &w.Evidence[i]
		switch e.Kind {
		case kindINN, kindOGRN, kindPhone, kindEmail, kindSite, kindName, kindAlias, kindPerson:
			if e.Weight >= tellingFrom {
				return true
			}
		}
	}
	return false
}
