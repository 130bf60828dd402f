package score

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"obzvon/config"
)

// Pair is one company for two segments files. Where both have the same Tag it
// is the same row twice.
type Pair struct {
	Before, After *Row
}

// Same makes pairs of rows that serve both files.
func Same(rows iter.Seq2[*Row, error]) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		for r, err := range rows {
			if !yield(Pair{r, r}, err) || err != nil {
				return
			}
		}
	}
}

// Limits say how much of a comparison is named, not only counted.
type Limits struct {
	Top      int // N of "enters or leaves the top N"
	Examples int // companies named in each list
}

// Standing is where a company stands: its priority, or why it has none.
type Standing string

// Standings of companies that are no leads; a lead's is its priority.
const (
	StandingOutside Standing = "outside"
	StandingVetoed  Standing = "vetoed"
)

func (r *Result) standing() Standing {
	switch {
	case r.Veto.Code != "":
		return StandingVetoed
	case r.Segment == Outside:
		return StandingOutside
	}
	return Standing(strconv.Itoa(r.Priority))
}

// duel is one company's two results.
type duel struct{ before, after Result }

// Compare scores every pair with both scorers. An error of the rows ends it.
func Compare(before, after *Scorer, rows iter.Seq2[Pair, error], limits Limits) (*Preview, error) {
	c := newComparison(before, after, limits)
	var d duel
	for p, err := range rows {
		if err != nil {
			return nil, fmt.Errorf("comparing segments files: %w", err)
		}
		d.before, d.after = before.Score(p.Before), after.Score(p.After)
		c.add(&d)
	}
	return c.preview(before, after), nil
}

// comparison gathers duels in bounded memory.
type comparison struct {
	limits        Limits
	before, after Tally
	ids           [2][]string // of the segments, by number
	changed       Changes
	moves         map[Move]int64 // Count zero
	movers        bounded[duel]
	topBefore     bounded[duel]
	topAfter      bounded[duel]
}

func newComparison(before, after *Scorer, l Limits) *comparison {
	byBefore := func(a, b *duel) int { return a.before.ComparePriority(&b.before) }
	byAfter := func(a, b *duel) int { return a.after.ComparePriority(&b.after) }
	return &comparison{
		limits: l, moves: map[Move]int64{}, ids: [2][]string{before.segmentIDs(), after.segmentIDs()},
		movers:    newBounded(l.Examples, compareMovers),
		topBefore: newBounded(l.Top, byBefore), topAfter: newBounded(l.Top, byAfter),
	}
}

// compareMovers puts companies first that stand well on either side.
func compareMovers(a, b *duel) int {
	return better(&a.before, &a.after).Compare(better(&b.before, &b.after))
}

func better(a, b *Result) *Result {
	if a.Total > b.Total {
		return a
	}
	return b
}

func (c *comparison) add(d *duel) {
	c.before.Add(&d.before)
	c.after.Add(&d.after)
	if d.before.Lead() {
		c.topBefore.add(*d)
	}
	if d.after.Lead() {
		c.topAfter.add(*d)
	}
	if d.before.Lead() && d.after.Lead() {
		c.changed.addLead(d)
		if c.ids[0][d.before.Segment] != c.ids[1][d.after.Segment] {
			c.changed.Segment++
		}
	}
	if from, to := d.before.standing(), d.after.standing(); from != to {
		c.changed.Standing++
		c.moves[Move{From: from, To: to}]++
		c.movers.add(*d)
	}
}

func (s *Scorer) segmentIDs() []string {
	ids := make([]string, len(s.segments.Segments))
	for i := range ids {
		ids[i] = s.segments.Segments[i].ID
	}
	return ids
}

func (c *Changes) addLead(d *duel) {
	switch {
	case d.after.Total > d.before.Total:
		c.Up++
	case d.after.Total < d.before.Total:
		c.Down++
	default:
		c.Same++
	}
}

func (c *comparison) preview(before, after *Scorer) *Preview {
	p := &Preview{
		Companies: c.before.Companies,
		Before:    sideOf(&c.before, before), After: sideOf(&c.after, after),
		Changed: c.changed, Top: c.limits.Top,
		NewCodes: newCodes(before.segments, after.segments),
	}
	for m, n := range c.moves {
		p.Moves = append(p.Moves, Move{m.From, m.To, n})
	}
	slices.SortFunc(p.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for _, d := range c.movers.drain() {
		p.Movers = append(p.Movers, moverOf(&d, 0, 0))
	}
	c.fillTops(p)
	return p
}

// newCodes lists what the second file wants beyond the first.
func newCodes(before, after *config.Segments) []string {
	var out []string
	known := before.WantedCodes()
	for _, code := range after.WantedCodes() {
		if !slices.ContainsFunc(known, code.Within) {
			out = append(out, string(code))
		}
	}
	return out
}

// fillTops tells who enters and who leaves, each in the order of the top in
// which it stands.
func (c *comparison) fillTops(p *Preview) {
	before, after := c.topBefore.drain(), c.topAfter.drain()
	placeBefore, placeAfter := map[innKey]int{}, map[innKey]int{}
	for i := range before {
		placeBefore[before[i].before.inn] = i + 1
	}
	for i := range after {
		placeAfter[after[i].after.inn] = i + 1
	}
	for i := range after {
		if placeBefore[after[i].after.inn] == 0 {
			p.Entered.note(moverOf(&after[i], 0, i+1), c.limits.Examples)
		}
	}
	for i := range before {
		if placeAfter[before[i].before.inn] == 0 {
			p.Left.note(moverOf(&before[i], i+1, 0), c.limits.Examples)
		}
	}
}

func (c *Crowd) note(m Mover, limit int) {
	c.Count++
	if len(c.Named) < limit {
		c.Named = append(c.Named, m)
	}
}

func moverOf(d *duel, placeBefore, placeAfter int) Mover {
	return Mover{
		INN: d.before.INN(), From: d.before.standing(), To: d.after.standing(),
		TotalBefore: d.before.Total, TotalAfter: d.after.Total,
		PlaceBefore: placeBefore, PlaceAfter: placeAfter,
	}
}

func sideOf(t *Tally, s *Scorer) Side {
	side := Side{Segments: s.hash, Leads: t.Leads, Outside: t.Outside, Vetoed: t.VetoedAll()}
	for i := range s.segments.Segments {
		seg, st := &s.segments.Segments[i], &t.Segments[i]
		side.Lines = append(side.Lines, SegmentCount{seg.ID, seg.Title, seg.Priority, st.Leads, st.Bands})
		for n, leads := range st.Bands {
			side.Bands[n] += leads
		}
	}
	return side
}
