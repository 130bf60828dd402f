package calibrate

import "fmt"

// choice is what cross-validation found for one question.
type choice struct {
	strength float64 // 0 = today's weights stand best
	loss     float64 // log-loss of companies held out, by weight, a company
	today    float64 // the same with today's weights and a slope
	whole    *fitted // to all examples, each counting once
}

// patience is after how many weaker ones in a row, each worse than the one
// before, no better strength is looked for.
const patience = 2

// choose tries every strength on companies that were held out, and keeps the one
// that foretells them best. Strengths that leave more weights free than there
// are positives to fix them are passed over.
func (q *question) choose(t Threshold) (choice, error) {
	loss, err := q.heldOut(0, nil)
	if err != nil {
		return choice{}, err
	}
	best := choice{loss: loss, today: loss, whole: q.today()}
	var whole *fitted
	last, worse := loss, 0
	for _, strength := range strengths {
		if whole, err = q.fit(strength, whole); err != nil {
			return best, err
		}
		if whole.free*t.PerWeight > q.positives() {
			break
		}
		if loss, err = q.heldOut(strength, whole); err != nil {
			return best, err
		}
		if loss < best.loss {
			best.strength, best.loss, best.whole = strength, loss, whole
		}
		if worse++; loss <= last {
			worse = 0
		}
		if last = loss; worse == patience {
			break
		}
	}
	return best, nil
}

// heldOut is the loss of each part by the weights of all other parts.
func (q *question) heldOut(strength float64, near *fitted) (float64, error) {
	sum, weight := 0.0, 0.0
	for fold := range folds {
		rest := q.without(fold)
		w, err := rest.fit(strength, near)
		if err != nil {
			return 0, fmt.Errorf("without part %d: %w", fold, err)
		}
		for i := range q.examples {
			if e := &q.examples[i]; e.fold == fold {
				sum += e.weight * logLoss(w.intercept+q.form.score(w.points, &e.row), e.positive)
				weight += e.weight
			}
		}
	}
	return sum / max(weight, 1e-9), nil
}
