package night

import (
	"cmp"
	"slices"

	"obzvon/pipeline/score"
)

// targetTop keeps the leads with the greatest potential.
type targetTop struct {
	limit int
	items []target
	full  bool   // limit of them were found
	worst target // the last of those: what is no better need not be kept
}

type target struct {
	potential int64
	result    score.Result
}

func newTargetTop(limit int) targetTop { return targetTop{limit: limit} }

func compareTargets(a, b target) int {
	return cmp.Or(cmp.Compare(b.potential, a.potential), a.result.Compare(&b.result))
}

// add keeps at most twice the limit and sorts when that is full, which costs
// little: the limit is some twenty.
func (t *targetTop) add(potential int64, res *score.Result) {
	if t.limit == 0 || t.full && potential < t.worst.potential {
		return
	}
	next := target{potential, *res}
	if t.full && compareTargets(next, t.worst) >= 0 {
		return
	}
	t.items = append(t.items, next)
	if len(t.items) >= 2*t.limit+100 {
		t.trim()
	}
}

func (t *targetTop) trim() {
	slices.SortFunc(t.items, compareTargets)
	t.items = t.items[:min(len(t.items), t.limit)]
	if len(t.items) == t.limit && t.limit > 0 {
		t.full, t.worst = true, t.items[t.limit-1]
	}
}

func (t *targetTop) results() []score.Result {
	t.trim()
	out := make([]score.Result, len(t.items))
	for i := range t.items {
		out[i] = t.items[i].result
	}
	return out
}
