package market

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calibrate"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// dueShare of a day at most goes to those called before, as config has it by
// default.
const dueShare = 0.4

// way is how the calling goes.
type way struct {
	dials       func(nth int) int // a day, by its number
	random      float64           // share of the new ones drawn from below the cut
	recalibrate int               // working days between calibrations; 0 = none while the calling goes on
}

// again is after how many working days a company is tried once more.
var again = [maxDials - 1]int{1, 2, 3, 5, 7}

// followUps are the calls that a need brings with it.
var followUps = [...]int{1, 4, 9}

// due is a call that must be made.
type due struct {
	firm   int
	dial   int  // number of it; of a company that has not answered
	follow bool // with a need: takes time and changes nothing here
}

// season is some months of calling by the score.
type season struct {
	way
	world    *world
	r        *rand.Rand
	segments *config.Segments // whose weights order the leads
	agenda   map[int][]due    // by working day
	order    []int            // leads by score, best first
	scorer   *score.Scorer    // of the weights of the first day, which the lists keep the values by
	day      company.Date
	nth      int // working day
	samples  map[int]*calibrate.Sample
	drawn    float64 // random ones that are owed
}

// call works through so many days and returns who was called and what came of it.
func (w *world) call(days int, how way) ([]calibrate.Sample, company.Date, error) {
	s := season{
		way: how, world: w, r: rand.New(rand.NewPCG(w.seed, 3)), segments: w.segments,
		agenda: map[int][]due{}, samples: map[int]*calibrate.Sample{}, day: w.day,
	}
	for s.nth = range days {
		if s.recalibrate > 0 && s.nth > 0 && s.nth%s.recalibrate == 0 {
			if err := s.learn(); err != nil {
				return nil, 0, err
			}
		}
		if s.nth == 0 || s.day.Time().Weekday() == time.Monday {
			if err := s.rank(); err != nil {
				return nil, 0, err
			}
		}
		s.work()
		s.day = nextWorkday(s.day)
	}
	return s.called(s.day), s.day, nil
}

// called are those whose first dial was up to a day, in the order of the firms.
func (s *season) called(until company.Date) []calibrate.Sample {
	firms := slices.Sorted(maps.Keys(s.samples))
	out := make([]calibrate.Sample, 0, len(firms))
	for _, i := range firms {
		if s.samples[i].Day <= until {
			out = append(out, *s.samples[i])
		}
	}
	return out
}

// learn takes the weights that outcomes suggest into use, as calibrate --write
// would: from the file of the first day, and of companies called long enough ago.
func (s *season) learn() error {
	samples := s.called(s.day - calibrate.Window)
	learned, err := calibrate.Fit(s.world.segments, samples, calibrate.DefaultThreshold())
	if err != nil {
		return fmt.Errorf("calibrate on %s: %w", s.day, err)
	}
	if learned != nil && learned.Better() {
		s.segments = learned.Suggested.Apply(s.world.segments)
	}
	return nil
}

func nextWorkday(d company.Date) company.Date {
	for d++; d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday; d++ {
	}
	return d
}

// rank orders all leads by the score of the day.
func (s *season) rank() error {
	w := s.world
	scorer, err := w.scorer(s.segments, s.day)
	if err != nil {
		return err
	}
	if s.scorer, err = w.scorer(w.segments, s.day); err != nil {
		return err
	}
	results := make([]score.Result, len(w.rows))
	s.order = make([]int, len(w.rows))
	for i := range w.rows {
		results[i], s.order[i] = scorer.Score(&w.rows[i]), i
	}
	slices.SortFunc(s.order, func(a, b int) int { return results[a].Compare(&results[b]) })
	return nil
}

// work is one manager's day: what is due, then new ones.
func (s *season) work() {
	today := s.agenda[s.nth]
	delete(s.agenda, s.nth)
	dials := s.dials(s.nth)
	limit := int(dueShare * float64(dials))
	for n, d := range today {
		if n >= limit {
			s.agenda[s.nth+1] = append(s.agenda[s.nth+1], today[n:]...)
			today = today[:n]
			break
		}
		if !d.follow {
			s.dial(d.firm, d.dial)
		}
	}
	fresh := dials - len(today)
	s.drawn += s.random * float64(fresh)
	lots := int(s.drawn)
	s.drawn -= float64(lots)
	for range fresh - lots {
		s.first(s.best(), calllist.PoolNew)
	}
	for range lots {
		s.first(s.below(fresh), calllist.PoolRandom)
	}
}

// best is the best of those never called.
func (s *season) best() int {
	i := slices.IndexFunc(s.order, func(i int) bool { return s.samples[i] == nil })
	if i < 0 {
		return -1
	}
	s.order = s.order[i:]
	return s.order[0]
}

// below draws one from below the cut.
func (s *season) below(cut int) int {
	for range 1000 {
		if len(s.order) <= cut {
			break
		}
		if i := s.order[cut+s.r.IntN(len(s.order)-cut)]; s.samples[i] == nil {
			return i
		}
	}
	return s.best()
}

func (s *season) first(i int, pool calllist.Pool) {
	if i < 0 {
		return
	}
	f := &s.world.firms[i]
	res := s.scorer.Score(&s.world.rows[i])
	s.samples[i] = &calibrate.Sample{
		INN: inn(f.serial), Day: s.day, Segment: f.segment, Values: s.world.values(s.scorer, i),
		Score: float64(res.Total) / float64(score.Point), Pool: pool,
	}
	s.dial(i, 0)
}

// dial makes one call.
func (s *season) dial(i, dial int) {
	f := &s.world.firms[i]
	month := monthOf(s.day)
	switch {
	case f.picksUp(dial):
		sample := s.samples[i]
		sample.PickedUp, sample.Answered, sample.Positive = dial == 0, true, f.hasNeed(month)
		if sample.Positive {
			for _, days := range followUps {
				s.put(days, due{firm: i, follow: true})
			}
		}
	case dial+1 < maxDials:
		s.put(again[dial], due{firm: i, dial: dial + 1})
	}
}

func (s *season) put(days int, d due) {
	s.agenda[s.nth+days] = append(s.agenda[s.nth+days], d)
}

// byWorth sorts the best first; ties by number.
func byWorth(worth []float64) []int {
	order := make([]int, len(worth))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(a, b)) })
	return order
}
