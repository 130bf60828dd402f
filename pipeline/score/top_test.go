package score

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func results(t testing.TB, rows []Row) []Result {
	sc := newScorer(t, testSegments(), Options{})
	out := make([]Result, len(rows))
	for i := range rows {
		out[i] = sc.Score(&rows[i])
	}
	return out
}

// distinct drops rows of one ИНН, which Compare rightly calls equal.
func distinct(rows []Row) []Row {
	seen := map[innKey]bool{}
	return slices.DeleteFunc(rows, func(r Row) bool {
		again := seen[r.inn]
		seen[r.inn] = true
		return again
	})
}

func TestTopIsTheSameAtAnyNumberOfWorkers(t *testing.T) {
	all := results(t, distinct(randomRows(5000)))
	for _, tt := range []struct {
		name    string
		new     func(int) *Top
		compare func(a, b *Result) int
	}{
		{"by points", NewTop, (*Result).Compare},
		{"by priority", NewTopByPriority, (*Result).ComparePriority},
	} {
		leads := slices.DeleteFunc(slices.Clone(all), func(r Result) bool { return !r.Lead() })
		slices.SortFunc(leads, func(a, b Result) int { return tt.compare(&a, &b) })
		for _, n := range []int{0, 1, 100, len(leads), len(leads) + 5} {
			want := leads[:min(n, len(leads))]
			for _, workers := range []int{1, 2, 7} {
				shuffled := slices.Clone(all)
				rand.New(rand.NewPCG(uint64(workers), 3)).Shuffle(len(shuffled), func(i, j int) {
					shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
				})
				tops := make([]*Top, workers)
				for i := range tops {
					tops[i] = tt.new(n)
				}
				for i := range shuffled {
					tops[i%workers].Add(&shuffled[i])
				}
				for _, other := range tops[1:] {
					tops[0].Merge(other)
				}
				if got := tops[0].Results(); !slices.Equal(got, want) {
					t.Fatalf("%s, top %d of %d workers differs from sorting", tt.name, n, workers)
				}
			}
		}
	}
}

func TestOrderOfEqualTotals(t *testing.T) {
	a := Result{inn: keyOf(inn10(1)), Total: 5, Known: 3, Priority: 2}
	known, other, better := a, a, a
	known.Known = 4
	other.inn = keyOf(inn10(2))
	better.Priority = 1
	if known.Compare(&a) >= 0 || a.Compare(&other) >= 0 || a.Compare(&a) != 0 {
		t.Error("want more known first, then the smaller ИНН")
	}
	if better.Compare(&a) != 0 || better.ComparePriority(&a) >= 0 {
		t.Error("want the priority to count only where it is asked for")
	}
}

func TestTally(t *testing.T) {
	all := results(t, randomRows(3000))
	var whole, left, right Tally
	for i := range all {
		whole.Add(&all[i])
		if i%3 == 0 {
			left.Add(&all[i])
		} else {
			right.Add(&all[i])
		}
	}
	left.Merge(&right)
	if whole.Companies != 3000 || whole.Leads+whole.Outside+whole.VetoedAll() != 3000 || whole.Vetoed[VetoBankrupt] == 0 {
		t.Errorf("tally %+v does not add up", whole)
	}
	var leads, banded int64
	for i := range whole.Segments {
		if left.Segments[i] != whole.Segments[i] {
			t.Errorf("merged %+v, whole %+v", left.Segments[i], whole.Segments[i])
		}
		leads += whole.Segments[i].Leads
		for _, n := range whole.Segments[i].Bands {
			banded += n
		}
	}
	if leads != whole.Leads || banded != whole.Leads || left.VetoedAll() != whole.VetoedAll() {
		t.Errorf("%d leads by segment, %d by band, %d in all", leads, banded, whole.Leads)
	}
}

func TestBandOf(t *testing.T) {
	for total, want := range map[Points]int{0: 0, 9999: 0, 10 * Point: 1, 99_999: 9, 100 * Point: 9} {
		if got := BandOf(total); got != want {
			t.Errorf("band of %s is %d, want %d", total, got, want)
		}
	}
}
