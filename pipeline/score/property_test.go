package score

import (
	"math/rand/v2"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// randomSegments changes all numbers of the test file, within what is allowed.
func randomSegments(r *rand.Rand) *config.Segments {
	s := testSegments()
	for i := range s.Signals {
		s.Signals[i].Points = r.Float64() * 40
		s.Signals[i].Unknown = r.Float64()
		s.Signals[i].Group = s.Groups[r.IntN(len(s.Groups))].ID
	}
	left := 100.0
	for i := range s.Groups {
		s.Groups[i].Cap = left * r.Float64()
		left -= s.Groups[i].Cap
	}
	s.Groups[0].Cap += left
	for i := range s.Segments {
		s.Segments[i].Priority = 1 + r.IntN(3)
		s.Segments[i].Season = r.Perm(12)[:r.IntN(12)]
	}
	return s
}

func eachTrial(t *testing.T, n int, trial func(t *testing.T, r *rand.Rand)) {
	t.Helper()
	for seed := range uint64(n) {
		trial(t, rand.New(rand.NewPCG(seed, 7)))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A company without facts lends no evidence, and the numbers do not need any.
func TestContributionsAddUp(t *testing.T) {
	var leads, capped int
	eachTrial(t, 300, func(t *testing.T, r *rand.Rand) {
		sc := newScorer(t, randomSegments(r), Options{})
		for range 20 {
			row := randomRow(r)
			res := sc.Score(&row)
			e := sc.Explain(&row, &company.Company{INN: row.INN()})
			if e.Total != res.Total || e.Lead != res.Lead() || e.Priority != res.Priority || e.Known != res.Known {
				t.Fatalf("explained %+v, scored %+v", e, res)
			}
			var all, intent Points
			for _, g := range e.Groups {
				var sum Points
				for _, c := range g.Contributions {
					sum += c.Points
					if c.Signal == OverCap {
						capped++
					}
				}
				if sum != g.Total || g.Total > g.Cap {
					t.Fatalf("group %s: contributions %s, total %s, cap %s", g.ID, sum, g.Total, g.Cap)
				}
				all += sum
				if g.Intent {
					intent += sum
				}
			}
			if all != res.Total || intent != res.Intent {
				t.Fatalf("contributions make %s (intent %s), the score is %s (%s)", all, intent, res.Total, res.Intent)
			}
			if e.Lead {
				leads++
				wins := slices.IndexFunc(e.Fits, func(s SegmentTotal) bool { return s.Wins })
				if wins != 0 || e.Fits[0].ID != e.SegmentID || e.Fits[0].Total != res.Total {
					t.Fatalf("winner %s %s, listed %+v", e.SegmentID, res.Total, e.Fits)
				}
			}
		}
	})
	if leads < 1000 || capped < 1000 {
		t.Errorf("%d leads, %d capped groups: the trials prove too little", leads, capped)
	}
}

func TestTotalIsWithinTheScale(t *testing.T) {
	eachTrial(t, 300, func(t *testing.T, r *rand.Rand) {
		sc := newScorer(t, randomSegments(r), Options{})
		for range 50 {
			row := randomRow(r)
			if res := sc.Score(&row); res.Total < 0 || res.Total > 100*Point || res.Known < 0 || res.Known > 1000 || res.Intent > res.Total {
				t.Fatalf("result %+v", res)
			}
		}
	})
}

// give makes the row have the signal in full, or be known to lack it.
func give(k kind, r *Row, has bool) {
	set := func(bits Reach) {
		r.Reach |= ReachListed
		r.Reach &^= bits
		if has {
			r.Reach |= bits
		}
	}
	match := func(given Given, bits Match) {
		r.Given |= given
		for i := range r.Match {
			r.Match[i] &^= bits
			if has {
				r.Match[i] |= bits
			}
		}
	}
	switch k {
	case okvedMain:
		match(GivenMain, levelMask)
	case okvedReported:
		match(GivenReported, levelMask<<reportedShift)
	case okvedExtra:
		match(GivenExtra, levelMask<<extraShift)
	case nameWords:
		match(GivenWords, wordBit)
	case rubric:
		match(GivenRubrics, rubricBit)
	case phone:
		set(ReachPhone)
	case mobile:
		set(ReachMobile)
	case email:
		set(ReachEmail)
	case site:
		set(ReachSite)
	case revenue:
		r.Revenue = map[bool]int64{true: 1_000_000, false: 0}[has]
	case statusClean:
		r.Status = map[bool]Status{true: statusActive, false: statusReorganizing}[has]
	}
}

// Whatever else the two companies are, more points for a signal never turn
// the balance against the one that has it.
func TestRaisingPointsNeverHurtsWhoHasTheSignal(t *testing.T) {
	kinds := []kind{okvedMain, okvedReported, okvedExtra, nameWords, rubric, phone, mobile, email, site, revenue, statusClean}
	var moved int
	eachTrial(t, 400, func(t *testing.T, r *rand.Rand) {
		s := randomSegments(r)
		k := kinds[r.IntN(len(kinds))]
		at := slices.IndexFunc(s.Signals, func(c config.Signal) bool { return c.ID == signalIDs[k] })
		before := newScorer(t, s, Options{})
		raised := *s
		raised.Signals = slices.Clone(s.Signals)
		raised.Signals[at].Points += r.Float64() * 30
		after := newScorer(t, &raised, Options{})
		for range 30 {
			has, lacks := randomRow(r), randomRow(r)
			give(k, &has, true)
			give(k, &lacks, false)
			gapBefore := before.Score(&has).Total - before.Score(&lacks).Total
			gapAfter := after.Score(&has).Total - after.Score(&lacks).Total
			if gapAfter < gapBefore {
				t.Fatalf("%s raised: the gap falls from %s to %s", s.Signals[at].ID, gapBefore, gapAfter)
			}
			if gapAfter > gapBefore {
				moved++
			}
		}
	})
	if moved < 500 {
		t.Errorf("only %d gaps moved: the trials prove too little", moved)
	}
}

func TestOrderOfSegmentsDoesNotMatter(t *testing.T) {
	eachTrial(t, 100, func(t *testing.T, r *rand.Rand) {
		s := randomSegments(r)
		turned := *s
		order := r.Perm(len(s.Segments))
		turned.Segments = make([]config.Segment, len(order))
		for i, from := range order {
			turned.Segments[i] = s.Segments[from]
		}
		a, b := newScorer(t, s, Options{}), newScorer(t, &turned, Options{})
		for range 30 {
			row := randomRow(r)
			same := row
			for i, from := range order {
				same.Match[i] = row.Match[from]
			}
			x, y := a.Score(&row), b.Score(&same)
			if x.Total != y.Total || x.Known != y.Known || x.Priority != y.Priority {
				t.Fatalf("%+v in one order, %+v in another", x, y)
			}
		}
	})
}

func TestDecodedRowScoresTheSame(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	for _, row := range randomRows(3000) {
		b, _ := row.AppendBinary(nil)
		back, err := DecodeRow(b)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := sc.Score(&row), sc.Score(&back); x != y {
			t.Fatalf("%+v, decoded %+v", x, y)
		}
	}
}

func TestVetoBeatsEverything(t *testing.T) {
	sc := newScorer(t, testSegments(), Options{})
	for _, row := range randomRows(3000) {
		row.Status = statusBankrupt
		if res := sc.Score(&row); res.Lead() || res.Total != 0 || res.Veto.Code != VetoBankrupt {
			t.Fatalf("%+v", res)
		}
	}
}
