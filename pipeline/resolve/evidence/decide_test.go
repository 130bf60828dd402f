package evidence

import (
	"math"
	"slices"
	"testing"

	"obzvon/pipeline/store"
)

// weighed makes one from a kind and a weight, with what speaks for kindred.
func weighed(kind string, weight, kin int64) Weighed {
	w := Weighed{Weight: weight + kin, Evidence: []store.Evidence{{Kind: kind, Value: "x", Weight: weight}}}
	if kin != 0 {
		w.Evidence = append(w.Evidence, store.Evidence{Kind: kindKin, Weight: kin})
	}
	return w
}

func TestDecide(t *testing.T) {
	m := testModel()
	for _, test := range []struct {
		what    string
		all     []Weighed
		outcome Outcome
		best    int
		close   []int
	}{
		{"nobody", nil, None, -1, nil},
		{"sure", []Weighed{weighed(kindPhone, 6000, 0)}, Match, 0, []int{0}},
		{"nearly", []Weighed{weighed(kindPhone, 2000, 0)}, Review, 0, []int{0}},
		{"hardly", []Weighed{weighed(kindPhone, -2000, 0)}, None, -1, []int{0}},
		{"not at all", []Weighed{weighed(kindPhone, -9000, 0)}, None, -1, nil},
		{"the better one", []Weighed{weighed(kindPhone, 1000, 0), weighed(kindPhone, 9000, 0)}, Match, 1, []int{1}},
		{"two alike", []Weighed{weighed(kindPhone, 9000, 0), weighed(kindPhone, 9000, 0)}, Review, 0, []int{0, 1}},
		{"five alike, each unlikely", slices.Repeat([]Weighed{weighed(kindPhone, 100, 0)}, 5), Review, 0, []int{0, 1, 2, 3, 4}},
		{"nothing telling", []Weighed{weighed(kindAddress, 9000, 0)}, Review, 0, []int{0}},
		{"a kindred firm may be meant", []Weighed{weighed(kindSite, 9000, -6000)}, Review, 0, []int{0}},
		{"that firm is known", []Weighed{weighed(kindSite, 9000, -9500), weighed(kindName, 5000, 0)}, Review, 1, []int{1, 0}},
		{"a firm that shares a word", []Weighed{weighed(kindPart, 9000, -6000), weighed(kindName, 5000, 0)}, Review, 1, []int{1, 0}},
	} {
		t.Run(test.what, func(t *testing.T) {
			d := m.Decide(test.all)
			if d.Outcome != test.outcome || d.Best != test.best || !slices.Equal(d.Close, test.close) {
				t.Errorf("%+v", d)
			}
		})
	}
}

// The probability of one candidate alone is the logistic of its weight.
func TestProbability(t *testing.T) {
	m := testModel()
	for _, kin := range []int64{0, -10, -700, -30_000} {
		for bare := int64(-5000); bare <= 30_000; bare += 700 {
			w := weighed(kindPhone, bare, kin)
			want := 1 / (1 + math.Exp(-float64(w.Weight)/1000))
			if got := m.Decide([]Weighed{w}).Probability; math.Abs(got-want) > 1e-9 {
				t.Fatalf("weight %d with kin %d: %.12f, want %.12f", bare, kin, got, want)
			}
		}
	}
}

func TestOutcomesHaveNames(t *testing.T) {
	for o, want := range map[Outcome]string{None: "none", Review: "review", Match: "match", Match + 1: "unknown"} {
		if o.String() != want {
			t.Errorf("%d is %s, want %s", o, o, want)
		}
	}
}
