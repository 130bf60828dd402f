package calibrate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// plainSegments is a file of three groups: signals of yes and no, one on a ladder,
// one that is always the same, and a group that waits for signals.
func plainSegments(t testing.TB) *config.Segments {
	t.Helper()
	s, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	s.Groups = []config.Group{
		{ID: "fit", Title: "Профиль", Cap: 40},
		{ID: "size", Title: "Размер", Cap: 30},
		{ID: "reach", Title: "Связь", Cap: 20},
		{ID: "later", Title: "Потом", Cap: 10},
	}
	s.Signals = []config.Signal{
		{ID: "okved_main", Group: "fit", Title: "Основной код", Points: 20},
		{ID: "rubric", Group: "fit", Title: "Рубрика", Points: 20, Unknown: 0.2},
		{ID: "sme_category", Group: "size", Title: "Категория", Points: 30, Unknown: 0.5},
		{ID: "mobile", Group: "reach", Title: "Мобильный", Points: 10},
		{ID: "phone", Group: "reach", Title: "Телефон", Points: 10},
	}
	s.Ladders.Category = []config.Step{{From: 1, Value: 0.3}, {From: 2, Value: 0.7}, {From: 3, Value: 1}}
	return s
}

// law is a truth that the formula can express, in logits.
type law struct {
	level, main, rubric, rubricUnknown, mobile float64
	category                                   [3]float64
	categoryUnknown                            float64
	reach, reachMobile                         float64
}

// draw makes companies whose outcomes follow the law.
func (l *law) draw(n int, seed uint64) []Sample {
	r := rand.New(rand.NewPCG(seed, 7))
	steps := []float64{0.3, 0.7, 1}
	out := make([]Sample, n)
	for i := range out {
		s := Sample{
			INN: company.INN(fmt.Sprintf("59%08d", i)), Day: company.Date(20000 + i%100),
			Values: map[string]float64{"phone": 1}, Pool: calllist.PoolNew,
		}
		z, reach := l.level, l.reach
		s.Values["okved_main"] = float64(r.IntN(2))
		z += l.main * s.Values["okved_main"]
		switch r.IntN(3) {
		case 0:
			z += l.rubricUnknown
		case 1:
			s.Values["rubric"] = 0
		case 2:
			s.Values["rubric"], z = 1, z+l.rubric
		}
		if k := r.IntN(4); k < 3 {
			s.Values["sme_category"], z = steps[k], z+l.category[k]
		} else {
			z += l.categoryUnknown
		}
		s.Values["mobile"] = float64(r.IntN(2))
		z += l.mobile * s.Values["mobile"]
		reach += l.reachMobile * s.Values["mobile"]
		s.PickedUp = r.Float64() < logistic(reach)
		s.Answered = s.PickedUp || r.Float64() < logistic(reach)
		s.Positive = s.Answered && r.Float64() < logistic(z)
		out[i] = s
	}
	return out
}
