package evidence

import (
	"cmp"
	"math"
	"slices"

	"obzvon/pipeline/store"
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
		sum += masses[i] * float64(1+all[i].Others)
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
	bare := make([]float64, len(all)) // natural log-odds without the kindred
	var unknown, namesake pair        // whose kindred weigh most; that of candidates which share but a part of the name
	top := 0.0
	for i := range all {
		k := pieceOf(&all[i], kindKin)
		bare[i] = float64(all[i].Weight-k) / 1000
		kin := kindred(k)
		unknown.offer(i, kin)
		top = max(top, bare[i], kin)
		if pieceOf(&all[i], kindPart) != 0 {
			namesake.offer(i, kin-math.Log(kinOf))
			top = max(top, kin-math.Log(kinOf))
		}
	}
	masses = make([]float64, len(all))
	taken := 0.0
	for i, b := range bare {
		itself := 1 / (1 + math.Exp(-b))
		kin := unknown.beside(i)
		if pieceOf(&all[i], kindName) > 0 { // that there is such a kindred firm need not be guessed
			kin = max(kin, namesake.beside(i))
		}
		masses[i] = math.Exp(b-top) + itself*math.Exp(kin+solo(all, i, unknown.other(i))-top)
		if unknown.first != i {
			taken = max(taken, itself)
		}
	}
	return masses, math.Exp(-top) + (1-taken)*math.Exp(unknown.most-top)
}

// pair keeps the two candidates whose kindred weigh most.
type pair struct {
	first, n   int
	second     int // -1 = none
	most, next float64
}

func (p *pair) offer(i int, kin float64) {
	if p.n++; p.n == 1 {
		p.most, p.next, p.first, p.second = math.Inf(-1), math.Inf(-1), -1, -1
	}
	switch {
	case p.n == 1 || kin > p.most:
		p.first, p.second, p.most, p.next = i, p.first, kin, p.most
	case kin > p.next:
		p.second, p.next = i, kin
	}
}

// beside is the most of those that are not i; -Inf if there are none.
func (p *pair) beside(i int) float64 {
	switch {
	case p.n == 0:
		return math.Inf(-1)
	case p.first == i:
		return p.next
	}
	return p.most
}

// other is the candidate whose kindred weigh most beside i; -1 if there is none.
func (p *pair) other(i int) int {
	switch {
	case p.n == 0:
		return -1
	case p.first == i:
		return p.second
	}
	return p.first
}

// solo is what contacts, and the place beside them, say for a candidate, if they
// are enough for it to be the firm and the candidate it is kindred to has none of
// them: they pick it out among the kindred, whatever brand and name all of these
// share.
func solo(all []Weighed, i, from int) float64 {
	if from < 0 {
		return 0
	}
	sum, contacts := int64(0), false
	for _, e := range all[i].Evidence {
		own := e.Weight < 0 || !slices.ContainsFunc(all[from].Evidence, func(o store.Evidence) bool {
			return o.Kind == e.Kind && o.Value == e.Value && o.Weight > 0
		})
		switch e.Kind {
		case kindINN, kindOGRN, kindPhone, kindEmail, kindSite:
			contacts = contacts || own && e.Weight > 0
		case kindPrior, kindForm, kindTrade, kindRegion, kindCity, kindAddress:
		default:
			continue
		}
		if own {
			sum += e.Weight
		}
	}
	if !contacts {
		return 0
	}
	return max(0, float64(sum)/1000)
}

// kindred is what the others weigh that make a weight less by their piece, as a
// natural logarithm.
func kindred(piece int64) float64 {
	if piece >= 0 {
		return math.Inf(-1)
	}
	x := -float64(piece) / 1000
	return x + math.Log1p(-math.Exp(-x))
}

// pieceOf is the weight of the first piece of a kind, 0 if there is none.
func pieceOf(w *Weighed, kind string) int64 {
	for i := range w.Evidence {
		if w.Evidence[i].Kind == kind {
			return w.Evidence[i].Weight
		}
	}
	return 0
}

// tells finds a piece that by itself points to few firms.
func tells(w Weighed) bool {
	for i := range w.Evidence {
		e := &w.Evidence[i]
		switch e.Kind {
		case kindINN, kindOGRN, kindPhone, kindEmail, kindSite, kindName, kindPart, kindAlias, kindPerson:
			if e.Weight >= tellingFrom {
				return true
			}
		}
	}
	return false
}
