package calibrate

// question is what is asked of companies, with the answers there are. The chance
// that calling a company ends in interest is a product: somebody picks up, and
// who did has a need. Each is fitted on those of whom it is known, so that
// «Недозвон» says something of the phone and nothing of the need.
type question struct {
	form     *form
	examples []example
}

// interest asks those where somebody answered whether they have a need. It starts
// from today's points. Though the best are nearly all called and the rest only
// drawn at random, each counts once: who is called depends on the very signals
// that are asked about, and weights that undo it cost more in noise than they
// gain (W. DuMouchel and G. Duncan, JASA 78, 1983).
func (f *form) interest(samples []Sample) question {
	q := question{form: f}
	for i := range samples {
		if samples[i].Answered {
			q.add(&samples[i], samples[i].Positive)
		}
	}
	return q
}

// answering asks all that were called whether somebody picks up. Only the first
// dial counts: how often a company was tried depends on its score. It starts from
// no points at all, and without caps.
func (f *form) answering(samples []Sample) question {
	bare := *f
	bare.prior = make([]float64, len(f.prior))
	bare.uncapped = true
	q := question{form: &bare}
	for i := range samples {
		q.add(&samples[i], samples[i].PickedUp)
	}
	return q
}

func (q *question) add(s *Sample, yes bool) {
	e := example{row: q.form.row(s.Values), weight: 1, fold: foldOf(s.INN)}
	if yes {
		e.positive = 1
	}
	q.examples = append(q.examples, e)
}

// without leaves a part out.
func (q *question) without(fold int) question {
	out := question{form: q.form}
	for i := range q.examples {
		if q.examples[i].fold != fold {
			out.examples = append(out.examples, q.examples[i])
		}
	}
	return out
}

// positives are the companies that said yes.
func (q *question) positives() float64 {
	n := 0.0
	for i := range q.examples {
		n += q.examples[i].positive
	}
	return n
}

// share of yes, by weight.
func (q *question) share() float64 {
	yes, all := 0.0, 0.0
	for i := range q.examples {
		yes, all = yes+q.examples[i].weight*q.examples[i].positive, all+q.examples[i].weight
	}
	return yes / max(all, 1e-9)
}

// joined puts the two into one formula: where both chances are small the
// logarithm of their product rises with each logit by what is missing to
// certainty, 1 − p.
func joined(f *form, interest, answering *question, need, reach *fitted) *fitted {
	byNeed, byReach := 1-interest.share(), 1-answering.share()
	out := &fitted{points: make([]float64, len(f.prior)), intercept: byNeed*need.intercept + byReach*reach.intercept}
	room := make([]float64, len(f.groups))
	for i := range f.signals {
		s, most := &f.signals[i], 0.0
		for c := s.first; c <= s.unknown(); c++ {
			out.points[c] = byNeed*need.points[c] + byReach*reach.points[c]
			most = max(most, byReach*reach.points[c])
		}
		room[s.group] += most
	}
	for g := range f.groups {
		out.points[f.cells+g] = byNeed*need.points[f.cells+g] + room[g]
	}
	return out
}
