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

// Dialable tells whether the company has a number that a person can dial.
func (r *Result) Dialable() bool { return r.Reach&ReachPhone != 0 }

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
	known := s.known(r)
	res := Result{inn: r.inn, Segment: Outside, Reach: r.Reach}
	res.Known = s.share(known)
	if res.Veto = s.veto(r); res.Veto.Code != "" {
		return res
	}
	base := s.base(r, known)
	for i := range s.rules {
		if s.fits(r, i) != fitsWell {
			continue
		}
		res.Fits |= 1 << i
		total, intent := s.total(r, known, i, &base)
		if res.Segment == Outside || total > res.Total || total == res.Total && int(s.rules[i].priority) < res.Priority {
			res.Segment, res.Priority, res.Total, res.Intent = i, int(s.rules[i].priority), total, intent
		}
	}
	return res
}

// base is the part of a total that is the same for all segments: the signals
// that do not depend on them, summed by group. Groups made of nothing else are
// capped and summed already.
type base struct {
	groups        [maxGroups]Points
	total, intent Points
}

func (s *Scorer) base(r *Row, known kinds) base {
	var b base
	for _, i := range s.common {
		sig := &s.signals[i]
		b.groups[sig.group] += s.measure(sig, r, known, Outside).points
	}
	for _, i := range s.plain {
		b.total, b.intent = s.groups[i].settle(b.groups[i], b.total, b.intent)
	}
	return b
}

// total adds the segment's own signals to the base and caps their groups.
func (s *Scorer) total(r *Row, known kinds, segment int, b *base) (total, intent Points) {
	sums := b.groups
	for _, i := range s.specific {
		sig := &s.signals[i]
		sums[sig.group] += s.measure(sig, r, known, segment).points
	}
	total, intent = b.total, b.intent
	for _, i := range s.mixed {
		total, intent = s.groups[i].settle(sums[i], total, intent)
	}
	return total, intent
}

// settle adds a group's capped sum to the total, and to the intent if it is a
// part of that.
func (g *group) settle(sum, total, intent Points) (Points, Points) {
	points := min(sum, g.cap)
	if g.intent {
		intent += points
	}
	return total + points, intent
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
