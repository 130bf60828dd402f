package calibrate

import (
	"math"
	"slices"
)

// knee is over how many logits a cap bends instead of breaking, so that there is
// a slope on both sides of it.
const knee = 0.05

// example is a company where somebody answered.
type example struct {
	row
	positive float64 // 1 or 0
	weight   float64
	fold     int
}

// loss is what the regression makes small: the weighted log-loss of the examples
// and what it costs to leave today's points. Its variables are roots, so that
// points cannot be negative: cells, then caps; the last is the intercept.
type loss struct {
	form     *form
	examples []example
	prior    []float64 // points that today's are, in logits
	strength float64

	points, grad, sums, slope []float64

	place, gradient []float64 // where the last pass was, and what it found
	value           float64
}

func newLoss(q *question, prior []float64, strength float64) *loss {
	f := q.form
	return &loss{
		form: f, examples: q.examples, prior: prior, strength: strength,
		points: make([]float64, len(prior)), grad: make([]float64, len(prior)),
		sums: make([]float64, len(f.groups)), slope: make([]float64, len(f.groups)),
	}
}

// bend is min(sum, cap) with a rounded corner, and how steep it is by the sum;
// by the cap it is as steep as is missing to one.
func bend(sum, limit float64) (value, slope float64) {
	d := (limit - sum) / knee
	switch {
	case d > 30:
		return sum, 1
	case d < -30:
		return limit, 0
	}
	slope = logistic(d)
	return sum - knee*math.Log1p(math.Exp(-d)), slope
}

// at sets the points for the variables and returns the intercept.
func (l *loss) at(x []float64) float64 {
	for i := range l.points {
		l.points[i] = x[i] * x[i]
	}
	return x[len(x)-1]
}

// logit is what the form says of an example.
func (l *loss) logit(e *example, intercept float64) float64 {
	l.form.sums(l.points, &e.row, l.sums)
	z := intercept
	for g, sum := range l.sums {
		v, s := sum, 1.
		if !l.form.uncapped {
			v, s = bend(sum, l.points[l.form.cells+g])
		}
		z, l.slope[g] = z+v, s
	}
	return z
}

// Func is the value, Grad the gradient. The optimiser asks for both at one place,
// so both are made in one pass and kept.
func (l *loss) Func(x []float64) float64 {
	l.pass(x)
	return l.value
}

// Grad is the gradient.
func (l *loss) Grad(grad, x []float64) {
	l.pass(x)
	copy(grad, l.gradient)
}

func (l *loss) pass(x []float64) {
	if slices.Equal(x, l.place) {
		return
	}
	l.place = append(l.place[:0], x...)
	intercept, f := l.at(x), l.form
	clear(l.grad)
	value, byIntercept := 0.0, 0.0
	for i := range l.examples {
		e := &l.examples[i]
		z := l.logit(e, intercept)
		value += e.weight * logLoss(z, e.positive)
		miss := e.weight * (logistic(z) - e.positive)
		byIntercept += miss
		for s := range f.signals {
			l.grad[e.cells[s]] += miss * e.times[s] * l.slope[f.signals[s].group]
		}
		for g := range f.groups {
			l.grad[f.cells+g] += miss * (1 - l.slope[g])
		}
	}
	l.gradient = l.gradient[:0]
	for i, p := range l.prior {
		d := l.points[i] - p
		value += l.strength / 2 * d * d
		l.gradient = append(l.gradient, 2*x[i]*(l.grad[i]+l.strength*d))
	}
	l.gradient = append(l.gradient, byIntercept)
	l.value = value
}

// logLoss is −ln of the chance given to what happened, without overflow.
func logLoss(z, positive float64) float64 {
	return max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) - positive*z
}

func logistic(z float64) float64 {
	if z >= 0 {
		return 1 / (1 + math.Exp(-z))
	}
	e := math.Exp(z)
	return e / (1 + e)
}
