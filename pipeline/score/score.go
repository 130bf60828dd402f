package score

import (
	"cmp"

	"obzvon/pipeline/company"
)

// Outside is the segment of a company that fits none.
const Outside = -1

// Result is what one row scores.
type Result struct {
	inn innKey

	Total    Points // 0..100,000; 0 for a vetoed company and one outside
	Intent   Points // the part of Total that says "now"; the rest is fit
	Segment  int    // number in the segments file, Outside
	Priority int    // of that segment; 0 outside
	Fits     uint16 // bit n: segment n fits
	Known    int    // thousandths of the weight of which something is known
	Reach    Reach
	Veto     Veto // zero = none
}

// INN returns whose result it is.
func (r *Result) INN() company.INN { return r.inn.INN() }

// Lead tells whether the company may stand on a list: it fits a segment and
// nothing forbids it.
func (r *Result) Lead() bool { return r.Segment != Outside && r.Veto.Code == "" }

// Compare orders leads of one priority: more points, then more known, then
// the smaller ИНН (as text). It is negative when r comes first, and zero only
// for one company.
func (r *Result) Compare(o *Result) int {
	return cmp.Or(cmp.Compare(o.Total, r.Total), cmp.Compare(o.Known, r.Known), cmp.Compare(r.inn, o.inn))
}

// ComparePriority orders by priority first.
func (r *Result) ComparePriority(o *Result) int {
	return cmp.Or(cmp.Compare(r.Priority, o.Priority), r.Compare(o))
}

// Score gives points to one row. Vetoes come first: a vetoed company has no
// segment and no points. Of several segments that fit, the highest total
// wins, then the better priority, then the order of the file.
func (s *Scorer) Score(r *Row) Result {
	res := Result{inn: r.inn, Segment: Outside, Known: s.knownShare(r), Reach: r.Reach}
	if res.Veto = s.veto(r); res.Veto.Code != "" {
		return res
	}
	var base groupSums
	s.base(r, &base)
	for i := range s.rules {
		if s.fits(r, i) != fitsWell {
			continue
		}
		res.Fits |= 1 << i
		total, intent := s.total(r, i, &base)
		if res.Segment == Outside || total > res.Total || total == res.Total && int(s.rules[i].priority) < res.Priority {
			res.Segment, res.Priority, res.Total, res.Intent = i, int(s.rules[i].priority), total, intent
		}
	}
	return res
}

// groupSums are points by group before the caps.
type groupSums [maxGroups]Points

// base sums the signals that are the same for all segments.
func (s *Scorer) base(r *Row, sums *groupSums) {
	for _, i := range s.common {
		sig := &s.signals[i]
		sums[sig.group] += s.measure(sig, r, Outside).points
	}
}

// total adds the segment's own signals to the base and caps each group.
func (s *Scorer) total(r *Row, segment int, base *groupSums) (total, intent Points) {
	sums := *base
	for _, i := range s.specific {
		sig := &s.signals[i]
		sums[sig.group] += s.measure(sig, r, segment).points
	}
	for i, g := range s.groups {
		points := min(sums[i], g.cap)
		total += points
		if g.intent {
			intent += points
		}
	}
	return total, intent
}

func (s *Scorer) knownShare(r *Row) int {
	if s.weight == 0 {
		return 0
	}
	var known Points
	for i := range s.signals {
		if s.known(s.signals[i].kind, r) {
			known += s.signals[i].full
		}
	}
	return int(known * 1000 / s.weight)
}

// fitness is whether a segment fits, or why it does not.
type fitness uint8

const (
	fitsWell     fitness = iota
	fitsNothing          // no code, word or rubric of it
	fitsNotSize          // another number of people
	fitsNotPlace         // too few places, or none known
)

// fits applies the segment's conditions. A size that is unknown does not
// exclude: most firms tell it nowhere. Places that are unknown do: a segment
// that asks for a network asks for evidence of one.
func (s *Scorer) fits(r *Row, segment int) fitness {
	rule := &s.rules[segment]
	switch {
	case !r.Match[segment].any():
		return fitsNothing
	case r.Headcount != Unknown && (int64(r.Headcount) < rule.sizeFrom || int64(r.Headcount) > rule.sizeTo):
		return fitsNotSize
	case r.Branches < rule.branchesFrom:
		return fitsNotPlace
	}
	return fitsWell
}

func (m Match) any() bool { return m != 0 }
