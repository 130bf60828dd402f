package night

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// mix is the share of each priority among new leads on a day.
func (n *Night) mix(day company.Date) calllist.Mix {
	return calllist.MixOf(n.Segments.Phases, n.Config.Strategy.StartDate.Date(), day)
}

// drawing keeps some leads by lot: those with the smallest hash of day and ИНН,
// so that the same day gives the same lot.
type drawing struct {
	day   company.Date
	open  calllist.Mix
	limit int
	items []lot
}

type lot struct {
	number uint64
	result score.Result
}

func newDrawing(day company.Date, open calllist.Mix, limit int) drawing {
	return drawing{day: day, open: open, limit: limit}
}

// lotOf is the number that a company draws on a day.
func lotOf(day company.Date, inn company.INN) uint64 {
	b := binary.BigEndian.AppendUint32(nil, uint32(day))
	sum := sha256.Sum256(append(b, inn...))
	return binary.BigEndian.Uint64(sum[:])
}

func (d *drawing) add(res *score.Result) {
	d.items = append(d.items, lot{lotOf(d.day, res.INN()), *res})
	if len(d.items) >= 4*d.limit {
		d.trim()
	}
}

func (d *drawing) trim() {
	slices.SortFunc(d.items, func(a, b lot) int { return cmp.Compare(a.number, b.number) })
	d.items = d.items[:min(len(d.items), d.limit)]
}

func (d *drawing) results() []score.Result {
	d.trim()
	out := make([]score.Result, len(d.items))
	for i := range d.items {
		out[i] = d.items[i].result
	}
	return out
}

// tenderTop keeps the leads with a live tender, those that close first.
type tenderTop struct {
	day   company.Date
	limit int
	items []tender
}

type tender struct {
	until  company.Date
	result score.Result
}

func newTenderTop(day company.Date, limit int) tenderTop { return tenderTop{day: day, limit: limit} }

// add takes in a lead whose tender is open on the day, its last day included.
func (t *tenderTop) add(until company.Date, res *score.Result) {
	if until < t.day {
		return
	}
	t.items = append(t.items, tender{until, *res})
	if len(t.items) >= 4*t.limit {
		t.trim()
	}
}

func (t *tenderTop) trim() {
	slices.SortFunc(t.items, func(a, b tender) int {
		return cmp.Or(cmp.Compare(a.until, b.until), a.result.Compare(&b.result))
	})
	t.items = t.items[:min(len(t.items), t.limit)]
}

func (t *tenderTop) results() []score.Result {
	t.trim()
	out := make([]score.Result, len(t.items))
	for i := range t.items {
		out[i] = t.items[i].result
	}
	return out
}

// scale counts leads by points, to a tenth of one.
type scale struct {
	counts [1001]int64
	all    int64
}

func (s *scale) add(total score.Points) {
	s.counts[s.place(total)]++
	s.all++
}

func (s *scale) place(total score.Points) int {
	return max(0, min(int(10*total/score.Point), len(s.counts)-1))
}

// tenth is in which tenth of all leads so many points stand, 1 = the best; 0 =
// there are none.
func (s *scale) tenth(total score.Points) int {
	if s.all == 0 {
		return 0
	}
	better := int64(0)
	for i := s.place(total) + 1; i < len(s.counts); i++ {
		better += s.counts[i]
	}
	return min(int(10*better/s.all)+1, 10)
}
