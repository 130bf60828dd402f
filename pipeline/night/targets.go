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
	if t.limit == 0 {
		return
	}
	t.items = append(t.items, target{potential, *res})
	if len(t.items) >= 2*t.limit+100 {
		t.trim()
	}
}

func (t *targetTop) trim() {
	slices.SortFunc(t.items, compareTargets)
	t.items = t.items[:min(len(t.items), t.limit)]
}

func (t *targetTop) results() []score.Result {
	t.trim()
	out := make([]score.Result, len(t.items))
	for i := range t.items {
		out[i] = t.items[i].result
	}
	return out
}
