package resolve

import (
	"context"
	"math"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// shownFrom is the probability from which a company is shown to people for a
// listing that is rather nobody's.
const shownFrom = 0.05

// judgement is what a round came to for one listing.
type judgement struct {
	outcome evidence.Outcome
	close   []candidateOf // worth showing, the likeliest first
	top     *candidateOf  // the likeliest, worth showing or not; nil = there is no candidate
}

// candidateOf is a company that was weighed.
type candidateOf struct {
	inn         company.INN
	firm        *firm
	weighed     evidence.Weighed
	probability float64
}

// judge weighs all candidates of a listing and returns the one to which it is
// to be joined, "" if there is none.
func (g *group) judge(ctx context.Context, m *member) (company.INN, error) {
	j, err := g.weigh(ctx, m, m.finds)
	if err != nil {
		return "", err
	}
	m.last = j
	if j.outcome != evidence.Match {
		return "", nil
	}
	return j.top.inn, nil
}

func (g *group) weigh(ctx context.Context, m *member, inns []company.INN) (judgement, error) {
	if len(inns) == 0 {
		return judgement{}, nil
	}
	all := make([]evidence.Weighed, len(inns))
	firms := make([]*firm, len(inns))
	for i, inn := range inns {
		f, party, err := g.firm(ctx, inn)
		if err != nil {
			return judgement{}, err
		}
		firms[i], all[i] = f, g.run.model.Weigh(m.party, party, g.counter(ctx, m))
	}
	if g.err != nil {
		return judgement{}, g.err
	}
	g.run.weighed.Add(int64(len(inns)))
	m.near.Stand(inns, all)
	d := g.run.model.Decide(all)
	take := func(i int, probability float64) candidateOf {
		return candidateOf{inn: inns[i], firm: firms[i], weighed: all[i], probability: probability}
	}
	best := d.Best
	if best < 0 {
		best = heaviest(all)
	}
	top := take(best, d.Probability)
	j := judgement{outcome: d.Outcome, top: &top}
	left, last := 1.0, d.Probability // the first is the likeliest
	for n, i := range d.Close[:min(len(d.Close), candidatesKept)] {
		if n > 0 {
			last = min(last, left, share(all, i))
		}
		left -= last
		if d.Outcome == evidence.None && last < shownFrom {
			break
		}
		j.close = append(j.close, take(i, last))
	}
	return j, nil
}

func heaviest(all []evidence.Weighed) int {
	best := 0
	for i := range all {
		if all[i].Weight > all[best].Weight {
			best = i
		}
	}
	return best
}

// share is what the weights alone give one candidate of the probability, if
// exactly one of them is the company or none. The model tells that of the
// likeliest only, whose share may be another since it knows of kindred firms.
func share(all []evidence.Weighed, i int) float64 {
	sum := math.Exp(-float64(all[i].Weight) / 1000) // none of them
	for _, w := range all {
		sum += float64(1+w.Others) * math.Exp(float64(w.Weight-all[i].Weight)/1000)
	}
	return 1 / sum
}

// join is the outcome of a match.
func (j *judgement) join() *outcome {
	return &outcome{INN: string(j.top.inn), Evidence: piecesOf(j.top.weighed.Evidence)}
}

func piecesOf(all []store.Evidence) []piece {
	out := make([]piece, len(all))
	for i, e := range all {
		out[i] = piece(e)
	}
	return out
}

func evidenceOf(all []piece) []store.Evidence {
	if len(all) == 0 {
		return nil
	}
	out := make([]store.Evidence, len(all))
	for i, p := range all {
		out[i] = store.Evidence(p)
	}
	return out
}
