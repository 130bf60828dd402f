package calibrate

import (
	"math"
	"math/rand/v2"
	"testing"
)

func judgedBy(scores []float64, positive []bool) []judged {
	out := make([]judged, len(scores))
	for i := range scores {
		out[i] = judged{today: scores[i], positive: positive[i]}
	}
	return out
}

// todays is the curve of today's order, each company counting once.
func todays(all []judged) curve {
	times := make([]int, len(all))
	for i := range times {
		times[i] = 1
	}
	return counterOf(all).curves(times).today
}

func TestCurveOfPlainOrders(t *testing.T) {
	positive := []bool{true, true, false, false, false, false, false, false, false, false}
	best := []float64{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
	for name, tt := range map[string]struct {
		by   func(i int) float64
		auc  float64
		lift float64 // of the first tenth
	}{
		"best":     {func(i int) float64 { return best[i] }, 1, 5},
		"worst":    {func(i int) float64 { return -best[i] }, 0, 0},
		"no order": {func(int) float64 { return 1 }, 0.5, 1},
	} {
		scores := make([]float64, len(best))
		for i := range scores {
			scores[i] = tt.by(i)
		}
		c := todays(judgedBy(scores, positive))
		if math.Abs(c.auc-tt.auc) > 1e-12 || math.Abs(c.lift[0]-tt.lift) > 1e-12 {
			t.Errorf("%s: AUC %v, lift %v", name, c.auc, c.lift[0])
		}
	}
}

// Only the order counts; all that is found is found; AUC is the share of pairs in
// the right order.
func TestCurveHoldsTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		n := 20 + r.IntN(80)
		scores, bent, positive := make([]float64, n), make([]float64, n), make([]bool, n)
		for i := range n {
			scores[i] = float64(r.IntN(30))
			bent[i] = math.Exp(scores[i] / 10)
			positive[i] = r.IntN(3) == 0
		}
		positive[0], positive[1] = true, false
		c, b := todays(judgedBy(scores, positive)), todays(judgedBy(bent, positive))
		if c != b {
			t.Fatalf("another scale gives another curve: %+v, %+v", c, b)
		}
		if math.Abs(c.gained(9)-1) > 1e-9 {
			t.Fatalf("all tenths find %v of the interested", c.gained(9))
		}
		// Counting so many times is standing there so many times.
		times, resampled := make([]int, n), []judged(nil)
		for i := range n {
			times[i] = r.IntN(3)
			for range times[i] {
				resampled = append(resampled, judged{today: scores[i], positive: positive[i]})
			}
		}
		counted, stood := counterOf(judgedBy(scores, positive)).curves(times).today, todays(resampled)
		if math.Abs(counted.all-stood.all) > 1e-9 || math.Abs(counted.hits[0]-stood.hits[0]) > 1e-9 {
			t.Fatalf("counted %+v, stood %+v", counted, stood)
		}
		right, pairs := 0.0, 0.0
		for i := range n {
			for k := range n {
				if positive[i] && !positive[k] {
					pairs++
					switch {
					case scores[i] > scores[k]:
						right++
					case scores[i] == scores[k]:
						right += 0.5
					}
				}
			}
		}
		if math.Abs(c.auc-right/pairs) > 1e-9 {
			t.Fatalf("AUC is %v, the pairs say %v", c.auc, right/pairs)
		}
	}
}
