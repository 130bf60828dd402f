package evidence

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	for _, test := range []struct {
		what     string
		found    [][]int
		firms    []int
		standing []int
		others   int
	}{
		{what: "nobody", found: [][]int{{}, {}}},
		{what: "few", found: [][]int{{1}, {3}}, firms: []int{1, 3}},
		{what: "as many as are weighed", found: [][]int{{1, 2, 3}}, firms: []int{1, 2, 3}},
		{"one more", [][]int{{1, 2, 3, 4}}, []int{1, 2, 3}, []int{1, 2, 3}, 1},
		{"the first, and of many alike some", [][]int{{9}, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, []int{1, 2, 9}, []int{1, 2}, 6},
		{"one alone stands for nobody", [][]int{{1, 2}, {1, 2}, {4, 5, 6, 7}}, []int{1, 2, 4, 5}, []int{4, 5}, 2},
		{"two that are alike and fit", [][]int{{1, 2}, {1, 2}, {4, 5}, {6, 7, 8}}, []int{1, 2, 4, 5}, nil, 0},
		{what: "who shares little", found: [][]int{{1}, {1}, {2, 3, 4, 5, 6, 7}, {8, 9}}, firms: []int{1, 8, 9}},
		{what: "rare tokens before many", found: [][]int{{1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4, 5, 6, 7, 8}, {10}, {11}, {12}}, firms: []int{10, 11, 12}},
	} {
		t.Run(test.what, func(t *testing.T) {
			n := Nearest(test.found)
			if !slices.Equal(n.Firms, test.firms) || !slices.Equal(n.standing, test.standing) || n.others != test.others {
				t.Errorf("%+v", n)
			}
		})
	}
}

// However many share however little: few are picked, none shares less than one
// that is left out, and those alike are picked or stood for, whatever the order
// of the tokens.
func TestNearestOfMany(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	stood := 0
	for range 3000 {
		found := make([][]int, rng.IntN(9))
		for i := range found {
			found[i] = rng.Perm(CarrierLimit)[:1+rng.IntN(3)]
			if rng.IntN(2) == 0 {
				found[i] = rng.Perm(CarrierLimit)[:1+rng.IntN(CarrierLimit)]
			}
			slices.Sort(found[i])
		}
		share := func(firm int) (sum int64) {
			for _, firms := range found {
				if slices.Contains(firms, firm) {
					sum += wholeShare / int64(len(firms))
				}
			}
			return sum
		}
		n := Nearest(found)
		if len(n.Firms) > weighedAtMost+1 || !slices.IsSorted(n.Firms) {
			t.Fatalf("%v of %v", n.Firms, found)
		}
		if n.others > 0 {
			stood++
		}
		all := slices.Sorted(slices.Values(slices.Concat(found...)))
		all = slices.Compact(all)
		least, most, alike := int64(wholeShare*10), int64(0), 0
		for _, f := range n.Firms {
			least = min(least, share(f))
		}
		for _, f := range all {
			most = max(most, share(f))
		}
		for _, f := range all {
			_, picked := slices.BinarySearch(n.Firms, f)
			if !picked && share(f) > least && share(f) >= most/leastShare {
				t.Fatalf("%d is left out of %v in %v", f, n.Firms, found)
			}
			if !picked && share(f) == least {
				alike++
			}
		}
		if alike != n.others || n.others > 0 && len(n.standing) < standIns {
			t.Fatalf("%d are alike: %+v of %v", alike, n, found)
		}
		rng.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
		if again := Nearest(found); !slices.Equal(again.Firms, n.Firms) || !slices.Equal(again.standing, n.standing) || again.others != n.others {
			t.Fatalf("%+v, in another order %+v", n, again)
		}
	}
	if stood < 300 {
		t.Errorf("%d stood for others", stood)
	}
}

// Those who stand for others leave as much to each of these as to the lightest
// of themselves.
func TestStandingForOthers(t *testing.T) {
	m := testModel()
	n := Near[int]{Firms: []int{3, 5, 7}, standing: []int{3, 5}, others: 4}
	for _, test := range []struct {
		what    string
		firms   []int
		weights []int64
		others  []int
		outcome Outcome
	}{
		{"alike", []int{3, 5, 7}, []int64{9000, 9000, 0}, []int{4, 0, 0}, Review},
		{"the lighter", []int{3, 5, 7}, []int64{9000, -9000, 0}, []int{0, 4, 0}, Match},
		{"beside one that others proposed", []int{3, 4, 5, 7}, []int64{0, 15_000, 100, 0}, []int{4, 0, 0, 0}, Match},
		{"none of them is weighed", []int{7}, []int64{9000}, []int{0}, Match},
	} {
		t.Run(test.what, func(t *testing.T) {
			all := make([]Weighed, len(test.weights))
			for i, w := range test.weights {
				all[i] = weighed(kindPhone, w, 0)
			}
			n.Stand(test.firms, all)
			for i := range all {
				if all[i].Others != test.others[i] {
					t.Errorf("%d stands for %d", test.firms[i], all[i].Others)
				}
			}
			if d := m.Decide(all); d.Outcome != test.outcome {
				t.Errorf("%+v", d)
			}
		})
	}
}

// Decide takes one that stands for others for so many.
func TestOthersCount(t *testing.T) {
	m := testModel()
	for _, kind := range []string{kindPhone, kindName} {
		for _, others := range []int{1, 7} {
			w := weighed(kind, 4000, 0)
			many := m.Decide(slices.Repeat([]Weighed{w}, 1+others))
			w.Others = others
			one := m.Decide([]Weighed{w})
			if one.Outcome != many.Outcome || one.Probability-many.Probability > 1e-9 || many.Probability-one.Probability > 1e-9 {
				t.Errorf("%+v, weighed one by one %+v", one, many)
			}
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	rng := rand.New(rand.NewPCG(17, 18))
	found := make([][]string, 8)
	for i := range found {
		for k := range 1 + i*i {
			found[i] = append(found[i], string(rune('а'+rng.IntN(32)))+string(rune('а'+k)))
		}
		slices.Sort(found[i])
		found[i] = slices.Compact(found[i])
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += len(Nearest(found).Firms)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "listings/s")
	if n == 0 {
		b.Fatal("nobody")
	}
}
