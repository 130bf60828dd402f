package calibrate

import (
	"fmt"

	"obzvon/config"
)

// Learned is what the regression found.
type Learned struct {
	Today     Weights `json:"today"`
	Suggested Weights `json:"suggested"`
	Need      Part    `json:"need"`      // who of those that answer is interested
	Answering Part    `json:"answering"` // who picks up
	Lift      Lift    `json:"lift"`
}

// Part is how one of the two questions was fitted.
type Part struct {
	Asked     int     `json:"asked"` // companies
	Yes       int     `json:"yes"`
	Strength  float64 `json:"strength"`   // of the regularisation; 0 = nothing foretells better than today's weights
	Free      float64 `json:"free"`       // weights it left free to move
	LossToday float64 `json:"loss_today"` // log-loss a company, held out
	Loss      float64 `json:"loss"`
}

func (q *question) part(c choice) Part {
	return Part{
		Asked: len(q.examples), Yes: int(q.positives()), Strength: c.strength,
		Free: c.whole.free, LossToday: c.today, Loss: c.loss,
	}
}

// Fit suggests weights; nil below the threshold. It is the same for the same
// samples, in whatever order they come.
func Fit(s *config.Segments, samples []Sample, t Threshold) (*Learned, error) {
	if !t.met(count(samples)) {
		return nil, nil
	}
	samples = inOrder(samples)
	f := newForm(s)
	need, reach := f.interest(samples), f.answering(samples)
	n, err := need.choose(t)
	if err != nil {
		return nil, fmt.Errorf("who is interested: %w", err)
	}
	r, err := reach.choose(t)
	if err != nil {
		return nil, fmt.Errorf("who picks up: %w", err)
	}
	mean, err := need.averaged(n.strength, n.whole)
	if err != nil {
		return nil, fmt.Errorf("who is interested, on the average: %w", err)
	}
	out := &Learned{Today: WeightsOf(s), Need: need.part(n), Answering: reach.part(r)}
	out.Suggested = out.Today
	if n.strength > 0 || r.strength > 0 {
		if w, ok := f.suggest(joined(f, &need, &reach, mean, r.whole)); ok {
			out.Suggested = w
		}
	}
	held, err := f.heldOut(samples, &need, &reach, n, r)
	if err != nil {
		return nil, fmt.Errorf("hold companies out: %w", err)
	}
	out.Lift = liftOf(f, samples, held)
	return out, nil
}

// heldOut scores each company with weights that did not see it.
func (f *form) heldOut(samples []Sample, need, reach *question, n, r choice) ([]float64, error) {
	out := make([]float64, len(samples))
	for fold := range folds {
		needRest, reachRest := need.without(fold), reach.without(fold)
		a, err := needRest.averaged(n.strength, n.whole)
		if err != nil {
			return nil, err
		}
		b, err := reachRest.fit(r.strength, r.whole)
		if err != nil {
			return nil, err
		}
		w := joined(f, &needRest, &reachRest, a, b)
		for i := range samples {
			if foldOf(samples[i].INN) == fold {
				row := f.row(samples[i].Values)
				out[i] = w.intercept + f.score(w.points, &row)
			}
		}
	}
	return out, nil
}
