package market

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/calibrate"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

func segments(t testing.TB) *config.Segments {
	t.Helper()
	s, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func small(t *testing.T) *world {
	t.Helper()
	w, err := newWorld(segments(t), 5, 3000, startDay(), 0.3)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The levels of the truth are those that doc.go promises.
func TestLevels(t *testing.T) {
	w := small(t)
	answers, interested, signs := 0.0, 0.0, 0.0
	for i := range w.firms {
		f := &w.firms[i]
		answers, interested, signs = answers+f.answers(), interested+f.interested(11), signs+f.signs()
	}
	n := float64(len(w.firms))
	for name, tt := range map[string]struct{ got, want float64 }{
		"answers a dial": {answers / n, 0.2}, "interested": {interested / n, 0.1}, "signs": {signs / n, 0.2},
	} {
		if math.Abs(tt.got-tt.want) > 0.02 {
			t.Errorf("%s: %.3f, want about %.1f", name, tt.got, tt.want)
		}
	}
}

// Everybody who is called is called by the rules: once for the first time, so many
// dials a day, some of the new ones from below the cut.
func TestCalling(t *testing.T) {
	w := small(t)
	const days, dials = 40, 30
	how := way{dials: func(int) int { return dials }, random: 0.07}
	samples, end, err := w.call(days, how)
	if err != nil {
		t.Fatal(err)
	}
	if end != startDay()+days/5*7 {
		t.Errorf("%d working days end on %s", days, end)
	}
	seen, random, best := map[string]bool{}, 0, 0
	for i := range samples {
		s := &samples[i]
		if seen[string(s.INN)] {
			t.Fatalf("%s is called for the first time twice", s.INN)
		}
		seen[string(s.INN)] = true
		switch s.Pool {
		case calllist.PoolRandom:
			random++
		case calllist.PoolNew:
			best++
		}
		if s.PickedUp && !s.Answered || s.Positive && !s.Answered || len(s.Values) == 0 {
			t.Fatalf("impossible: %+v", s)
		}
	}
	if len(samples) > days*dials || len(samples) < days*dials/2 {
		t.Errorf("%d companies in %d dials", len(samples), days*dials)
	}
	if share := float64(random) / float64(random+best); share < 0.05 || share > 0.1 {
		t.Errorf("%.3f of the new ones are random, want 5 to 10 %%", share)
	}
	again, _, err := w.call(days, how)
	if err != nil || !reflect.DeepEqual(again, samples) {
		t.Errorf("the same market called again gives something else (%v)", err)
	}
}

// Who calibrates on the way calls others than who does not, once there is something
// to learn from, and nobody before.
func TestCallingByWhatWasLearned(t *testing.T) {
	w := small(t)
	const days, every = 75, 70
	how := way{dials: func(int) int { return 50 }, random: 0.1}
	plain, end, err := w.call(days, how)
	if err != nil {
		t.Fatal(err)
	}
	how.recalibrate = every
	learned, _, err := w.call(days, how)
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(learned, plain) {
		t.Error("what was learned changed nobody's turn")
	}
	was := map[string]company.Date{}
	for i := range plain {
		was[string(plain[i].INN)] = plain[i].Day
	}
	for i := range learned {
		if x := &learned[i]; x.Day < end-(days-every)/5*7 && was[string(x.INN)] != x.Day {
			t.Fatalf("%s was called on %s, before anything was learned, and else on %s", x.INN, x.Day, was[string(x.INN)])
		}
	}
}

// What the oracle expects is right on the average, over all companies and over
// those that it takes for the best.
func TestOracleIsRightOnTheAverage(t *testing.T) {
	w := small(t)
	guess, worth := make([]float64, len(w.firms)), make([]float64, len(w.firms))
	for i := range w.firms {
		guess[i], worth[i] = w.insight(i, 11), w.firms[i].worth(11)
	}
	for name, part := range map[string]int{"all": len(guess), "its best tenth": len(guess) / 10} {
		g, h := 0.0, 0.0
		for _, i := range byWorth(guess)[:part] {
			g, h = g+guess[i], h+worth[i]
		}
		if math.Abs(g/h-1) > 0.1 {
			t.Errorf("%s: it expects %.2f contracts, there are %.2f", name, g, h)
		}
	}
}

func TestBayes(t *testing.T) {
	sample := func(v float64, won bool) calibrate.Sample {
		return calibrate.Sample{Values: map[string]float64{"site": v}, Answered: true, Positive: won}
	}
	b := newBayes([]string{"site", "email"}, []calibrate.Sample{sample(1, true), sample(1, true), sample(0, true), sample(0, false), sample(0, false)})
	// Two of three won and none of two lost had a site; nobody's e-mail was known: no news.
	want := math.Log(3.1/2.1) + math.Log(2.1/3.1) - math.Log(0.1/2.1)
	if got := b.odds(map[string]float64{"site": 1}); math.Abs(got-want) > 1e-12 {
		t.Errorf("odds are %v, want %v", got, want)
	}
	if b.odds(map[string]float64{"site": 1}) <= b.odds(map[string]float64{"site": 0}) {
		t.Error("a site speaks against a win")
	}
}

func contest(t *testing.T) Contest {
	c := Standard(segments(t))
	c.Seeds, c.Leads, c.Fresh, c.Terms, c.Second, c.Workers = 2, 2500, 1500, []int{40}, 0, 2
	return c
}

func TestContest(t *testing.T) {
	c := contest(t)
	rounds, err := c.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range rounds {
		r := &rounds[i]
		for _, s := range []string{Random, Default, Bayes, Calibrated, Oracle} {
			if r.Won[s] > r.Won[Omniscient] {
				t.Errorf("market %d: %s wins %.2f, who knows all %.2f", r.Seed, s, r.Won[s], r.Won[Omniscient])
			}
		}
		if r.Won[Oracle] <= r.Won[Default] || r.Won[Default] <= r.Won[Random] {
			t.Errorf("market %d: won %v", r.Seed, r.Won)
		}
		if r.Recovered(Random, Oracle) != 0 || r.Recovered(Oracle, Oracle) != 1 {
			t.Errorf("market %d: the ends of the gap are %v and %v", r.Seed, r.Recovered(Random, Oracle), r.Recovered(Oracle, Oracle))
		}
	}
	again, err := c.Run(t.Context())
	if err != nil || !reflect.DeepEqual(again, rounds) {
		t.Errorf("the same contest gives something else (%v)", err)
	}
	var b strings.Builder
	if err := c.WriteText(&b, rounds); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"After 40 working days", "calibrated weights", "oracle that sees", "Calibrated ahead of default weights"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, b.String())
		}
	}
}

func TestContestStops(t *testing.T) {
	c := contest(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestInterval(t *testing.T) {
	m := Interval([]float64{1, 2, 3, 4, 5})
	// Mean 3, deviation 1.5811, t of 4 degrees 2.7764.
	if math.Abs(m.Value-3) > 1e-12 || math.Abs(m.High-4.9632) > 1e-4 || math.Abs(m.Low-1.0368) > 1e-4 {
		t.Errorf("interval is %+v", m)
	}
}
