package calibrate

import "fmt"

// crossed is what cross-validation found.
type crossed struct {
	strength float64   // 0 = today's weights stand best
	loss     float64   // weighted log-loss of companies held out, a company
	today    float64   // the same with today's weights and a slope
	heldOut  []float64 // logit of each example by weights that did not see it
}

// cross tries every strength on companies that were held out, and keeps the one
// that foretells them best. Strengths that leave more weights free than there
// are positives to fix them are passed over.
func cross(f *form, examples []example, t Threshold) (crossed, error) {
	best, positives := crossed{}, 0.0
	for i := range examples {
		positives += examples[i].positive
	}
	today, err := foretell(f, examples, 0)
	if err != nil {
		return best, err
	}
	best.heldOut, best.today = today, meanLoss(examples, today)
	best.loss = best.today
	for _, strength := range strengths {
		whole, err := fit(f, examples, strength, nil)
		if err != nil {
			return best, err
		}
		if whole.free*t.PerWeight > positives {
			break
		}
		held, err := foretell(f, examples, strength)
		if err != nil {
			return best, err
		}
		if l := meanLoss(examples, held); l < best.loss {
			best.strength, best.loss, best.heldOut = strength, l, held
		}
	}
	return best, nil
}

// foretell gives each example the logit of weights fitted to the other parts.
func foretell(f *form, examples []example, strength float64) ([]float64, error) {
	out := make([]float64, len(examples))
	for fold := range folds {
		var seen []example
		for i := range examples {
			if examples[i].fold != fold {
				seen = append(seen, examples[i])
			}
		}
		logit, err := foreteller(f, seen, strength)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", fold, err)
		}
		for i := range examples {
			if examples[i].fold == fold {
				out[i] = logit(&examples[i])
			}
		}
	}
	return out, nil
}

func foreteller(f *form, seen []example, strength float64) (func(*example) float64, error) {
	if strength == 0 {
		s := fitSlope(f, seen)
		return func(e *example) float64 { return s.intercept + s.byPoint*f.score(f.prior, &e.row) }, nil
	}
	w, err := fit(f, seen, strength, nil)
	if err != nil {
		return nil, err
	}
	return func(e *example) float64 { return w.intercept + f.score(w.points, &e.row) }, nil
}

func meanLoss(examples []example, logits []float64) float64 {
	sum, weight := 0.0, 0.0
	for i := range examples {
		sum += examples[i].weight * logLoss(logits[i], examples[i].positive)
		weight += examples[i].weight
	}
	return sum / max(weight, 1)
}
