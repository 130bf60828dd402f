package calibrate

import (
	"math"
	"slices"

	"obzvon/config"
)

// form is the program's formula for the score with every number of it that
// outcomes may move: a sum of points by signal, capped by group.
//
// Each signal has cells. One that is known gives its cell's points times its
// value; one on a ladder gives the points of its step as they are; one that is
// unknown gives those of its last cell. So a signal of yes and no has two cells
// and a ladder of six steps has seven.
type form struct {
	signals []signal
	groups  []group
	cells   int
	prior   []float64 // points of each cell today, then caps of each group

	uncapped bool // groups are not capped
}

type signal struct {
	id    string
	group int
	first int       // its first cell; the last is that of the unknown
	steps []float64 // today's values of its ladder; nil = none
	share float64   // today's, of its points where it is unknown
}

type group struct{ cap float64 }

// unknown is the cell of what is not known.
func (s *signal) unknown() int { return s.first + max(1, len(s.steps)) }

// ladderKeys are the ladders that are one signal's own, by the signal.
var ladderKeys = map[string]string{
	"headcount": "headcount", "revenue": "revenue", "branches": "branches",
	"age": "age", "freshness": "freshness", "sme_category": "category",
}

// stepsOf are the steps of a signal's own ladder; nil = it has none.
func stepsOf(l *config.Ladders, signal string) []config.Step {
	if steps := l.ByKey()[ladderKeys[signal]]; steps != nil {
		return *steps
	}
	return nil
}

func newForm(s *config.Segments) *form {
	f := &form{}
	byID := map[string]int{}
	for i, g := range s.Groups {
		byID[g.ID] = i
		f.groups = append(f.groups, group{g.Cap})
	}
	for _, c := range s.Signals {
		sig := signal{id: c.ID, group: byID[c.Group], first: f.cells, share: c.Unknown}
		for _, st := range stepsOf(&s.Ladders, c.ID) {
			sig.steps = append(sig.steps, st.Value)
			f.prior = append(f.prior, c.Points*st.Value)
		}
		if sig.steps == nil {
			f.prior = append(f.prior, c.Points)
		}
		f.prior = append(f.prior, c.Points*c.Unknown)
		f.cells = sig.unknown() + 1
		f.signals = append(f.signals, sig)
	}
	for _, g := range s.Groups {
		f.prior = append(f.prior, g.Cap)
	}
	return f
}

// cell tells which cell speaks for a value, and how many times.
func (s *signal) cell(values map[string]float64) (cell int, times float64) {
	v, known := values[s.id]
	switch {
	case !known:
		return s.unknown(), 1
	case s.steps == nil:
		return s.first, v
	}
	return s.first + nearest(s.steps, v), 1
}

// nearest is the step whose value comes nearest, the first of several.
func nearest(steps []float64, v float64) int {
	best := 0
	for i, step := range steps {
		if math.Abs(step-v) < math.Abs(steps[best]-v)-1e-9 {
			best = i
		}
	}
	return best
}

// row is a company in the form: for each signal a cell and its factor.
type row struct {
	cells []int32
	times []float64
}

func (f *form) row(values map[string]float64) row {
	r := row{make([]int32, len(f.signals)), make([]float64, len(f.signals))}
	for i := range f.signals {
		c, t := f.signals[i].cell(values)
		r.cells[i], r.times[i] = int32(c), t
	}
	return r
}

// sums adds up the groups, without their caps.
func (f *form) sums(points []float64, r *row, into []float64) {
	clear(into)
	for i := range f.signals {
		into[f.signals[i].group] += points[r.cells[i]] * r.times[i]
	}
}

// score is the formula as the program has it.
func (f *form) score(points []float64, r *row) float64 {
	sums := make([]float64, len(f.groups))
	f.sums(points, r, sums)
	total := 0.0
	for g, sum := range sums {
		if !f.uncapped {
			sum = min(sum, points[f.cells+g])
		}
		total += sum
	}
	return total
}

// idle tells groups without a signal: their caps are kept for later.
func (f *form) idle(g int) bool {
	return !slices.ContainsFunc(f.signals, func(s signal) bool { return s.group == g })
}
