package calibrate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Lift is how well two orders put the interested first, among companies that
// were called. The new one is that of companies held out.
type Lift struct {
	Tenths []Tenth  `json:"tenths"`
	Today  Estimate `json:"auc_today"` // chance that an interested company stands before another
	New    Estimate `json:"auc_new"`
}

// Tenth is one tenth of the called by each order, the best first.
type Tenth struct {
	Called int      `json:"called"`
	Today  Estimate `json:"today"` // lift: share of interested to that of all
	New    Estimate `json:"new"`
	Gained Gained   `json:"gained"` // of all interested, in this tenth and those before
}

// Gained is by each order.
type Gained struct {
	Today float64 `json:"today"`
	New   float64 `json:"new"`
}

// Estimate has an interval in which it lies in 95 of 100 bootstrap samples.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// The bootstrap: as many samples with replacement, always the same ones.
const (
	resamples = 400
	bootSeed  = 20261123
)

// inOrder sorts a copy by ИНН, so that nothing depends on how samples came.
func inOrder(samples []Sample) []Sample {
	out := slices.Clone(samples)
	slices.SortStableFunc(out, func(a, b Sample) int {
		return cmp.Or(strings.Compare(string(a.INN), string(b.INN)), cmp.Compare(a.Day, b.Day))
	})
	return out
}

// judged is a company with its place by two orders.
type judged struct {
	today, held float64
	positive    bool
}

func liftOf(f *form, samples []Sample, held []float64) Lift {
	all := make([]judged, len(samples))
	for i := range samples {
		row := f.row(samples[i].Values)
		all[i] = judged{f.score(f.prior, &row), held[i], samples[i].Answered && samples[i].Positive}
	}
	c := counterOf(all)
	times := make([]int, len(all))
	for i := range times {
		times[i] = 1
	}
	whole := c.curves(times)
	r := rand.New(rand.NewPCG(bootSeed, bootSeed))
	boot := make([]curves, 0, resamples)
	for range resamples {
		clear(times)
		for range times {
			times[r.IntN(len(times))]++
		}
		boot = append(boot, c.curves(times))
	}
	estimate := func(pick func(*curves) float64) Estimate {
		values := make([]float64, 0, len(boot))
		for i := range boot {
			if v := pick(&boot[i]); !math.IsNaN(v) {
				values = append(values, v)
			}
		}
		slices.Sort(values)
		low, high := quantile(values, 0.025), quantile(values, 0.975)
		return Estimate{pick(&whole), low, high}
	}
	out := Lift{
		Today: estimate(func(c *curves) float64 { return c.today.auc }),
		New:   estimate(func(c *curves) float64 { return c.held.auc }),
	}
	for n := range 10 {
		out.Tenths = append(out.Tenths, Tenth{
			Called: len(all)*(n+1)/10 - len(all)*n/10,
			Today:  estimate(func(c *curves) float64 { return c.today.lift[n] }),
			New:    estimate(func(c *curves) float64 { return c.held.lift[n] }),
			Gained: Gained{whole.today.gained(n), whole.held.gained(n)},
		})
	}
	return out
}

type curves struct{ today, held curve }

// curve is what one order makes of the interested.
type curve struct {
	hits [10]float64
	all  float64
	lift [10]float64
	auc  float64
}

// counter makes the curves of companies that count so many times each, without
// sorting them anew.
type counter struct {
	all         []judged
	today, held []int // numbers of companies in the two orders, the best first
}

func counterOf(all []judged) *counter {
	sorted := func(by func(*judged) float64) []int {
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by(&all[b]), by(&all[a])) })
		return order
	}
	return &counter{all, sorted(byToday), sorted(byHeld)}
}

func byToday(j *judged) float64 { return j.today }
func byHeld(j *judged) float64  { return j.held }

func (c *counter) curves(times []int) curves {
	return curves{c.curve(c.today, times, byToday), c.curve(c.held, times, byHeld)}
}

// curve cuts an order into tenths. Companies that score the same share what they
// bring: no order of theirs is better than another.
func (c *counter) curve(order, times []int, by func(*judged) float64) curve {
	var out curve
	n, before, pairs, place := 0, 0.0, 0.0, 0
	for _, k := range times {
		n += k
	}
	for first := 0; first < len(order); {
		end, size, hits := first, 0, 0.0
		for end < len(order) && by(&c.all[order[end]]) == by(&c.all[order[first]]) {
			size += times[order[end]]
			if c.all[order[end]].positive {
				hits += float64(times[order[end]])
			}
			end++
		}
		for range size {
			out.hits[tenthOf(place, n)] += hits / float64(size)
			place++
		}
		pairs += (float64(size) - hits) * (before + hits/2)
		before += hits
		first = end
	}
	out.all = before
	for i := range out.lift {
		size := float64(n*(i+1)/10 - n*i/10)
		out.lift[i] = out.hits[i] / size / (out.all / float64(n))
	}
	out.auc = pairs / (before * (float64(n) - before))
	return out
}

// tenthOf is the tenth of a place, so that tenth i ends at n·(i+1)/10.
func tenthOf(place, n int) int {
	t := place * 10 / n
	for t < 9 && place >= n*(t+1)/10 {
		t++
	}
	return t
}

// gained is the share of all interested in the first tenths.
func (c *curve) gained(last int) float64 {
	sum := 0.0
	for _, h := range c.hits[:last+1] {
		sum += h
	}
	return sum / c.all
}

// quantile of rising values, by the nearest; 0 of none.
func quantile(rising []float64, p float64) float64 {
	if len(rising) == 0 {
		return 0
	}
	return rising[min(len(rising)-1, int(p*float64(len(rising))))]
}
