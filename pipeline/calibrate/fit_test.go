package calibrate

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"obzvon/config"
)

// With outcomes enough the regression finds the law by which they came about, from
// a file that has it wrong: what matters twice as much moves the score twice as
// far.
func TestFitFindsTheLaw(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -2, main: 1.6, rubric: 0.8, rubricUnknown: 0.4, category: [3]float64{1.2, 0.6, 0}, reach: 1}
	learned, err := Fit(s, l.draw(3000, 1), DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	moved := movedBy(s, learned.Suggested)
	main := moved("okved_main", 0, 1)
	near(t, "rubric to main code", moved("rubric", 0, 1)/main, 0.5, 0.2)
	near(t, "unknown rubric to main code", moved("rubric", 0, -1)/main, 0.25, 0.2)
	near(t, "micro to unknown category", moved("sme_category", -1, 0.3)/main, 0.75, 0.2)
	near(t, "small to unknown category", moved("sme_category", -1, 0.7)/main, 0.375, 0.2)
	near(t, "medium to unknown category", moved("sme_category", -1, 1)/main, 0, 0.2)
	near(t, "mobile to main code", moved("mobile", 0, 1)/main, 0, 0.2)
	if w := learned.Suggested; w.Caps[3] != 10 {
		t.Errorf("the idle group's cap became %v", w.Caps[3])
	}
	if learned.Lift.New.Value <= learned.Lift.Today.Value {
		t.Errorf("the law foretells no better than a wrong file: %+v", learned.Lift)
	}
}

// movedBy tells how far a change of one signal moves the score of a company of
// which nothing else speaks; a value of −1 is unknown.
func movedBy(s *config.Segments, w Weights) func(signal string, from, to float64) float64 {
	before, after := newForm(s), newForm(w.Apply(s))
	score := func(signal string, v float64) float64 {
		values := map[string]float64{"okved_main": 0, "rubric": 0, "mobile": 0, "phone": 1}
		if values[signal] = v; v < 0 {
			delete(values, signal)
		}
		row := before.row(values) // its cells, since the steps have new values
		return after.score(after.prior, &row)
	}
	return func(signal string, from, to float64) float64 { return score(signal, to) - score(signal, from) }
}

// A phone that is answered counts for points, and its being silent says nothing
// of the need.
func TestFitTellsPhoneFromNeed(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -2.5, main: 1.5, reach: -1.5, reachMobile: 2}
	samples := l.draw(3000, 2)
	learned, err := Fit(s, samples, DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	moved := movedBy(s, learned.Suggested)
	main := moved("okved_main", 0, 1)
	// 2 × (1 − p) of picking up, where p is near a third or two fifths, to
	// 1.5 × (1 − p) of a need, where it is near a sixth.
	near(t, "mobile to main code", moved("mobile", 0, 1)/main, 1, 0.3)
	near(t, "rubric to main code", moved("rubric", 0, 1)/main, 0, 0.2)
	if learned.Answering.Asked != len(samples) || learned.Need.Asked != count(samples).Answered {
		t.Errorf("asked %d and %d", learned.Answering.Asked, learned.Need.Asked)
	}
}

func near(t *testing.T, what string, got, want, slack float64) {
	t.Helper()
	if math.Abs(got-want) > slack {
		t.Errorf("%s is %.3f, want %.2f ± %.2f", what, got, want, slack)
	}
}

func TestFitKeepsStillBelowTheThreshold(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -1, main: 1, reach: 5}
	for name, tt := range map[string]struct {
		n int
		t Threshold
	}{
		"few answered":   {300, DefaultThreshold()},
		"few interested": {450, Threshold{Answered: 400, Positives: 400, PerWeight: 10}},
		"nobody":         {0, Threshold{}},
	} {
		if learned, err := Fit(s, l.draw(tt.n, 3), tt.t); learned != nil || err != nil {
			t.Errorf("%s: %v, %v", name, learned, err)
		}
	}
}

// Where outcomes follow today's points nothing much is changed, and where they
// follow nothing at all the tie to today's points holds.
func TestFitStaysWhereOutcomesSayNothing(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -2, reach: 1}
	learned, err := Fit(s, l.draw(1200, 4), DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	if learned.Need.Free > 5 {
		t.Errorf("chance alone freed %.1f weights", learned.Need.Free)
	}
	if learned.Need.Loss > learned.Need.LossToday {
		t.Errorf("what was chosen foretells worse than today's weights: %+v", learned.Need)
	}
}

func TestFitIsTheSameInAnyOrder(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -2, main: 1, category: [3]float64{0, 0.5, 1}, reach: 1}
	samples := l.draw(600, 5)
	want, err := Fit(s, samples, DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(samples), func(i, k int) { samples[i], samples[k] = samples[k], samples[i] })
	got, err := Fit(s, samples, DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the order of the samples matters")
	}
}

// The slope of the loss is that of its values.
func TestGradient(t *testing.T) {
	s := plainSegments(t)
	l := law{level: -1, main: 1, reach: 1}
	f := newForm(s)
	for name, q := range map[string]question{"need": f.interest(l.draw(200, 6)), "answering": f.answering(l.draw(200, 6))} {
		r := rand.New(rand.NewPCG(8, 8))
		x := make([]float64, len(f.prior)+1)
		for i := range x {
			x[i] = 0.1 + r.Float64()
		}
		prior := make([]float64, len(f.prior))
		loss := newLoss(&q, prior, 3)
		grad := make([]float64, len(x))
		loss.Grad(grad, x)
		for i := range x {
			const step = 1e-6
			up, down := append([]float64(nil), x...), append([]float64(nil), x...)
			up[i], down[i] = x[i]+step, x[i]-step
			if want := (loss.Func(up) - loss.Func(down)) / (2 * step); math.Abs(grad[i]-want) > 1e-3*(1+math.Abs(want)) {
				t.Errorf("%s: slope %d is %v, the values say %v", name, i, grad[i], want)
			}
		}
	}
}

// Whatever is fitted, what is suggested is a file that config accepts.
func TestSuggestionsAreFiles(t *testing.T) {
	_, data := config.DefaultFiles()
	s, err := config.ParseSegments("test", data)
	if err != nil {
		t.Fatal(err)
	}
	f := newForm(s)
	r := rand.New(rand.NewPCG(9, 9))
	for range 40 {
		fit := &fitted{points: make([]float64, len(f.prior))}
		for i := range fit.points {
			fit.points[i] = max(0, r.NormFloat64()) * math.Exp(r.NormFloat64())
		}
		w, ok := f.suggest(fit)
		if !ok {
			t.Fatal("nothing suggested")
		}
		out, err := config.RewriteSegments("test", data, w.Numbers(s))
		if err != nil {
			t.Fatal(err)
		}
		got, err := config.ParseSegments("test", out)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(WeightsOf(got), w) || !reflect.DeepEqual(got, w.Apply(s)) {
			t.Fatalf("the file says %+v, suggested was %+v", WeightsOf(got), w)
		}
	}
}

func TestSuggestNothing(t *testing.T) {
	f := newForm(plainSegments(t))
	if w, ok := f.suggest(&fitted{points: make([]float64, len(f.prior))}); ok {
		t.Errorf("suggested %+v", w)
	}
}

// Where nearly all that were called score alike and chance made the outcomes point
// the other way, what today's points know is not lost: a hundred of them stay
// worth some logits. With outcomes enough these say what a point is worth.
func TestSlope(t *testing.T) {
	f := newForm(plainSegments(t))
	ask := func(n int, chance func(main float64) float64) question {
		r := rand.New(rand.NewPCG(13, 13))
		q := question{form: f}
		for range n {
			v := float64(r.IntN(2))
			x := Sample{Values: map[string]float64{"okved_main": v, "rubric": 0}}
			q.add(&x, r.Float64() < chance(v))
		}
		return q
	}
	few := ask(100, func(v float64) float64 { return logistic(-2 - v) })
	if s := few.slope(); s.byPoint < 0.5*usualSlope || s.byPoint > usualSlope {
		t.Errorf("a hundred outcomes the other way make a point worth %.4f", s.byPoint)
	}
	many := ask(40_000, func(v float64) float64 { return logistic(-2 + 2*v) })
	near(t, "a point by many outcomes", many.slope().byPoint, 2./20, 0.01)
}

// The mean of many fits gives fewer weights nothing at all than one fit does, is
// the same each time, and leaves today's where nothing is to be learned.
func TestAveraged(t *testing.T) {
	f := newForm(plainSegments(t))
	l := law{level: -2, main: 1, category: [3]float64{0, 0.2, 0.4}, reach: 1}
	q := f.interest(l.draw(800, 14))
	one, err := q.fit(4, nil)
	if err != nil {
		t.Fatal(err)
	}
	mean, err := q.averaged(4, one)
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(points []float64) (n int) {
		for _, p := range points {
			if p < 0 {
				t.Fatalf("points below nothing: %v", points)
			}
			if p < 1e-4 {
				n++
			}
		}
		return n
	}
	if a, b := nothing(one.points), nothing(mean.points); a == 0 || b >= a {
		t.Errorf("one fit gives nothing to %d weights, the mean to %d", a, b)
	}
	if again, err := q.averaged(4, one); err != nil || !reflect.DeepEqual(again, mean) {
		t.Errorf("averaged again: %v, %v", again, err)
	}
	if stay, err := q.averaged(0, nil); err != nil || !reflect.DeepEqual(stay, q.today()) {
		t.Errorf("at no strength: %v, %v", stay, err)
	}
}

func BenchmarkFit(b *testing.B) {
	s := plainSegments(b)
	l := law{level: -2, main: 1, category: [3]float64{0, 0.5, 1}, reach: 0}
	samples := l.draw(3000, 11)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Fit(s, samples, DefaultThreshold()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(samples))/b.Elapsed().Seconds(), "companies/s")
}
