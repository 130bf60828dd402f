package night

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"obzvon/pipeline/score"
)

// What is kept is what sorting everything would keep.
func TestTargetTop(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, limit := range []int{0, 1, 20} {
		top := newTargetTop(limit)
		var all []target
		for range 3000 {
			next := target{potential: random.Int64N(50), result: score.Result{Total: score.Points(random.Int64N(1000))}}
			all = append(all, next)
			top.add(next.potential, &next.result)
		}
		slices.SortStableFunc(all, compareTargets)
		var want []score.Result
		for _, one := range all[:limit] {
			want = append(want, one.result)
		}
		if got := top.results(); len(got) != limit || limit > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("limit %d: %d results, and they differ", limit, len(got))
		}
	}
}
