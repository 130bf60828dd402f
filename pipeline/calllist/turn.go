package calllist

import (
	"cmp"
	"fmt"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// Turn is why and when a company that was called before is called again.
type Turn struct {
	Band funnel.Band
	Due  company.Date
	At   int        // agreed hour, minutes since midnight in Moscow; 0 = any
	Half store.Half // of the company's day in which to try
	// Noon is the hour at which its day is halved, in the seller's zone; 0 = none.
	Noon int
}

// Agreed tells a call that the company asked for.
func (t Turn) Agreed() bool { return t.Band == funnel.BandAgreed }

// Warm tells a call that follows a talk: it does not give way to a company that
// nobody has called.
func (t Turn) Warm() bool {
	return slices.Contains([]funnel.Band{funnel.BandAgreed, funnel.BandFollow, funnel.BandTrial, funnel.BandOnboarding}, t.Band)
}

// rank is the order of bands: what was promised, then the warmest.
func (t Turn) rank() int {
	return slices.Index([]funnel.Band{
		funnel.BandAgreed, funnel.BandFollow, funnel.BandTrial, funnel.BandOnboarding, funnel.BandRetry, funnel.BandRest, funnel.BandNew,
	}, t.Band)
}

// Compare puts turns in the order in which they get places: what was agreed, then
// by how warm it is, then who waits longest, then by hour.
func (t Turn) Compare(o Turn) int {
	return cmp.Or(cmp.Compare(t.rank(), o.rank()), cmp.Compare(t.Due, o.Due), cmp.Compare(hour(t), hour(o)))
}

// hour puts agreed hours before any.
func hour(t Turn) int {
	if t.At == 0 {
		return 24 * 60
	}
	return t.At
}

// shortestHalf is the least stretch, in minutes, that half of a window must have
// to be kept to.
const shortestHalf = 30

// narrow keeps the half of a window in which to try, if enough of it is left.
func (t Turn) narrow(w Window) Window {
	half := w
	switch {
	case t.Noon == 0:
		return w
	case t.Half == store.HalfMorning:
		half.Until = min(w.Until, t.Noon)
	case t.Half == store.HalfEvening:
		half.From = max(w.From, t.Noon)
	}
	if half.Until-half.From < shortestHalf {
		return w
	}
	return half
}

// half is the half of the company's day in which a window lies; HalfAny if enough
// of it lies in each.
func (t Turn) half(w Window) store.Half {
	switch {
	case t.Noon == 0:
		return t.Half
	case w.Until-t.Noon < shortestHalf:
		return store.HalfMorning
	case t.Noon-w.From < shortestHalf:
		return store.HalfEvening
	}
	return t.Half
}

// when is what the caller reads: the agreed hour, else the window; also where the
// hour lies outside of it, so that one of both sides would not be there.
func (t Turn) when(w Window) string {
	if t.At == 0 || t.At < w.From || t.At >= w.Until {
		return w.String()
	}
	return fmt.Sprintf("в %02d:%02d", t.At/60, t.At%60)
}

// order is the calling order: what is due by its band; in it agreed calls by hour,
// overdue ones first; then rows by priority; and in each of these by the window
// that closes first, so that the east is called in the Moscow morning; then by
// score. It numbers the rows.
func order(rows []Candidate) {
	slices.SortFunc(rows, compareRows)
	place := map[string]int{}
	for r := range rows {
		rows[r].Row.Number = r + 1
		place[rows[r].Row.ManagerID]++
		rows[r].Place = place[rows[r].Row.ManagerID]
	}
}

func compareRows(a, b Candidate) int {
	first := cmp.Compare(a.Turn.rank(), b.Turn.rank())
	if first == 0 && a.Turn.Agreed() {
		first = cmp.Or(cmp.Compare(a.Turn.Due, b.Turn.Due), cmp.Compare(hour(a.Turn), hour(b.Turn)))
	}
	if first == 0 && a.Turn.Band == funnel.BandNew {
		first = cmp.Compare(a.Row.Priority, b.Row.Priority)
	}
	return cmp.Or(first,
		cmp.Compare(a.window.Until, b.window.Until),
		cmp.Compare(b.Score, a.Score),
		cmp.Compare(b.Known, a.Known),
		cmp.Compare(a.Row.INN, b.Row.INN),
	)
}
