package calibrate

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"obzvon/pipeline/company"
)

// ErrFit says that the regression found no answer.
var ErrFit = errors.New("the weights could not be fitted")

// folds is into how many parts the companies fall for cross-validation.
const folds = 5

// seedling is what points of nothing start from, in logits: at nothing itself the
// slope of a square is nothing too.
const seedling = 0.02

// strengths are the regularisations that are tried, from strong to weak: how
// dear it is to move a weight by a logit.
var strengths = []float64{256, 128, 64, 32, 16, 8, 4, 2, 1}

// foldOf puts a company into a part by its ИНН, the same one each time.
func foldOf(inn company.INN) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(inn)) // never fails
	return int(h.Sum64() % folds)
}

// slope is how many logits a point of today's score is worth, with the level.
type slope struct{ byPoint, intercept float64 }

// What a point is taken to be worth before any outcome: a company with all
// hundred points has twenty times the odds of one with none: 3 logits, give or
// take a half. Nearly all that are called score alike, so that by themselves a
// half-year's outcomes cannot tell; without this a market where they happened to
// point the other way would lose all that today's points know.
const (
	usualSlope  = 0.03
	slopeSpread = 0.005 // standard deviation
)

// least keeps today's order where the outcomes say the opposite of it: weights
// start from it and cannot start from below nothing.
const least = 1e-4

// slope fits the chance of interest by today's score alone, by Newton's method
// (J. Platt's scaling), held near the usual one.
func (q *question) slope() slope {
	f, examples := q.form, q.examples
	var s slope
	scores := make([]float64, len(examples))
	for i := range examples {
		scores[i] = f.score(f.prior, &examples[i].row)
	}
	for range 50 {
		var g0, g1, h00, h01, h11 float64
		for i := range examples {
			e := &examples[i]
			p := logistic(s.intercept + s.byPoint*scores[i])
			miss, h := e.weight*(p-e.positive), e.weight*p*(1-p)
			g0, g1 = g0+miss, g1+miss*scores[i]
			h00, h01, h11 = h00+h, h01+h*scores[i], h11+h*scores[i]*scores[i]
		}
		g1 += (s.byPoint - usualSlope) / (slopeSpread * slopeSpread)
		h00, h11 = h00+1e-9, h11+1/(slopeSpread*slopeSpread)
		det := h00*h11 - h01*h01
		if det <= 0 {
			break
		}
		d0, d1 := (h11*g0-h01*g1)/det, (h00*g1-h01*g0)/det
		s.intercept, s.byPoint = s.intercept-d0, s.byPoint-d1
		if math.Abs(d0)+math.Abs(d1) < 1e-10 {
			break
		}
	}
	s.byPoint = max(s.byPoint, least)
	return s
}

// fitted is a form whose points are logits.
type fitted struct {
	points    []float64 // cells, then caps
	intercept float64
	free      float64 // how many weights were free to move
}

// today is what the file has, in logits.
func (q *question) today() *fitted {
	s := q.slope()
	out := &fitted{points: make([]float64, len(q.form.prior)), intercept: s.intercept}
	for i, p := range q.form.prior {
		out.points[i] = p * s.byPoint
	}
	return out
}

// fit fits all weights at one strength; 0 = today's stay. from is near where the
// answer is, nil = not known.
func (q *question) fit(strength float64, from *fitted) (*fitted, error) {
	today := q.today()
	if strength == 0 {
		return today, nil
	}
	if from == nil {
		from = today
	}
	return q.fitFrom(today, strength, from)
}

// fitFrom fits with weights held to those of today.
func (q *question) fitFrom(today *fitted, strength float64, from *fitted) (*fitted, error) {
	n := len(today.points)
	x := make([]float64, n+1)
	for i, p := range from.points {
		x[i] = math.Sqrt(max(p, seedling))
	}
	x[n] = from.intercept
	l := newLoss(q, today.points, strength)
	result, err := optimize.Minimize(
		optimize.Problem{Func: l.Func, Grad: l.Grad}, x,
		&optimize.Settings{
			MajorIterations: 300, GradientThreshold: 1e-3,
			Converger: &optimize.FunctionConverge{Absolute: 1e-4, Iterations: 5},
		},
		&optimize.LBFGS{},
	)
	// At the end of its precision the line search finds no step: that is an end
	// like any other, if there is a result.
	if result == nil || math.IsNaN(result.F) || math.IsInf(result.F, 0) {
		return nil, fmt.Errorf("strength %g: %w: %w", strength, ErrFit, err)
	}
	out := &fitted{intercept: l.at(result.X)}
	out.points = slices.Clone(l.points)
	out.free = l.free(out.intercept)
	return out, nil
}

// free counts the weights that the outcomes move and the prior does not hold: the
// trace of (H + λI)⁻¹H, H being the information in the examples with the
// intercept taken out.
func (l *loss) free(intercept float64) float64 {
	n := len(l.prior)
	h, mean, weight := mat.NewSymDense(n, nil), make([]float64, n), 0.0
	j := make([]float64, n)
	for i := range l.examples {
		e := &l.examples[i]
		p := logistic(l.logit(e, intercept))
		w := e.weight * p * (1 - p)
		l.features(e, j)
		h.SymRankOne(h, w, mat.NewVecDense(n, j))
		for k, v := range j {
			mean[k] += w * v
		}
		weight += w
	}
	if weight == 0 {
		return 0
	}
	h.SymRankOne(h, -1/weight, mat.NewVecDense(n, mean))
	penalised := mat.NewSymDense(n, nil)
	penalised.CopySym(h)
	for k := range n {
		penalised.SetSym(k, k, penalised.At(k, k)+l.strength)
	}
	var chol mat.Cholesky
	if !chol.Factorize(penalised) {
		return float64(n)
	}
	var part mat.Dense
	if err := chol.SolveTo(&part, h); err != nil {
		return float64(n)
	}
	return mat.Trace(&part)
}

// features is how much each point moves the logit of an example; logit must
// have been asked for it just before.
func (l *loss) features(e *example, j []float64) {
	clear(j)
	for s := range l.form.signals {
		j[e.cells[s]] += e.times[s] * l.slope[l.form.signals[s].group]
	}
	for g := range l.form.groups {
		j[l.form.cells+g] = 1 - l.slope[g]
	}
}
