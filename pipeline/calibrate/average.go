package calibrate

import "math/rand/v2"

// rounds is how many fits are averaged: between eight and twenty of them the
// contest of cmd/simulate changed by less than a point of the gap.
const rounds = 12

// averaged is the mean of fits in each of which chance says how much each company
// counts (the Bayesian bootstrap, D. B. Rubin, Ann. Statist. 9, 1981). One fit
// gives a weight all or nothing at the edge where points cannot fall below zero;
// the mean of many gives it in so far as the outcomes hold it up, and is off by
// less (bagging, L. Breiman, Machine Learning 24, 1996). The chance is the same
// each time. At strength 0 today's weights stay. near is the fit in which each
// company counts once; its free weights are told for those of the mean.
func (q *question) averaged(strength float64, near *fitted) (*fitted, error) {
	if strength == 0 {
		return q.today(), nil
	}
	r := rand.New(rand.NewPCG(bootSeed, 1))
	mean := &fitted{points: make([]float64, len(near.points)), free: near.free}
	again := question{form: q.form, examples: make([]example, len(q.examples))}
	today := q.today()
	for range rounds {
		copy(again.examples, q.examples)
		for i := range again.examples {
			again.examples[i].weight *= r.ExpFloat64()
		}
		one, err := again.fitFrom(today, strength, near)
		if err != nil {
			return nil, err
		}
		for i, p := range one.points {
			mean.points[i] += p / rounds
		}
		mean.intercept += one.intercept / rounds
	}
	return mean, nil
}
