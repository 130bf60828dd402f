package market

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"obzvon/config"
	"obzvon/pipeline/calibrate"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// Contest is how strategies are held against each other.
type Contest struct {
	Segments *config.Segments
	Seeds    int     // markets, each drawn anew
	First    int     // seed of the first
	Leads    int     // of a market, that can be dialled
	Fresh    int     // companies nobody has called, on which strategies are tried
	Terms    []int   // after so many working days of calling
	Second   int     // working day on which a second manager begins; 0 = none does
	Dials    int     // a day and manager
	Random   float64 // share of the new ones drawn from below the cut
	Hidden   float64 // spread of what nothing shows, in logits
	Workers  int     // markets at a time

	// Recalibrate is after how many working days the weights that outcomes suggest
	// are taken into use, again and again; 0 = the default ones are called by to
	// the end.
	Recalibrate int
}

// Standard is the contest whose figures are published: the first half-year of the
// plan with one manager, and the year with a second one for its other half.
func Standard(segments *config.Segments) Contest {
	return Contest{
		Segments: segments, Seeds: 12, First: 1, Leads: 30_000, Fresh: 10_000,
		Terms: []int{126, 252}, Second: 126, Dials: 40, Random: 0.07, Hidden: 0.3, Workers: 4,
	}
}

// The strategies, worst expected first.
const (
	Random     = "random"
	Default    = "default"
	Bayes      = "bayes"
	Calibrated = "calibrated"
	Oracle     = "oracle"     // knows the truth, sees what the program sees
	Omniscient = "all-seeing" // sees what nothing shows, too
)

// Strategies are all of them.
func Strategies() []string {
	return []string{Random, Default, Bayes, Calibrated, Oracle, Omniscient}
}

// Round is one market after one term: what was learned on it, and what each
// strategy brings.
type Round struct {
	Seed      uint64  `json:"seed"`
	Days      int     `json:"days"`
	Called    int     `json:"called"`
	Answered  int     `json:"answered"`
	Positives int     `json:"positives"`
	Fitted    bool    `json:"fitted"` // there were outcomes enough
	Need      float64 `json:"need"`   // strength of the regularisation; 0 = today's weights stay
	Free      float64 `json:"free"`   // weights it left free

	// Contracts in the top tenth of the fresh companies for each hundred calls to
	// a company, by strategy. The luck of single calls is averaged out: a company
	// counts with its chance.
	Won map[string]float64 `json:"won"`
}

// Recovered is the share of the gap from random order to another strategy.
func (r *Round) Recovered(strategy, best string) float64 {
	return (r.Won[strategy] - r.Won[Random]) / (r.Won[best] - r.Won[Random])
}

// Run plays all rounds: for each term those of all seeds in order.
func (c *Contest) Run(ctx context.Context) ([]Round, error) {
	out := make([]Round, len(c.Terms)*c.Seeds)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, c.Workers))
	for t, days := range c.Terms {
		for seed := range c.Seeds {
			g.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				r, err := c.round(uint64(c.First+seed), days)
				if err != nil {
					return fmt.Errorf("market %d after %d days: %w", c.First+seed, days, err)
				}
				out[t*c.Seeds+seed] = r
				return nil
			})
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}

// dials is how many a day are made in all.
func (c *Contest) dials(nth int) int {
	if c.Second > 0 && nth >= c.Second {
		return 2 * c.Dials
	}
	return c.Dials
}

func (c *Contest) round(seed uint64, days int) (Round, error) {
	r := Round{Seed: seed, Days: days, Won: map[string]float64{}}
	w, err := newWorld(c.Segments, 2*seed, c.Leads, startDay(), c.Hidden)
	if err != nil {
		return r, err
	}
	samples, end, err := w.call(days, way{c.dials, c.Random, c.Recalibrate})
	if err != nil {
		return r, err
	}
	r.count(samples)
	fresh, err := newWorld(c.Segments, 2*seed+1, c.Fresh, end, c.Hidden)
	if err != nil {
		return r, err
	}
	orders, err := c.orders(&r, fresh, samples)
	if err != nil {
		return r, err
	}
	r.judge(orders)
	return r, nil
}

func (r *Round) count(samples []calibrate.Sample) {
	r.Called = len(samples)
	for i := range samples {
		r.Answered += int(one(samples[i].Answered))
		r.Positives += int(one(samples[i].Positive))
	}
}

// orders is what each strategy takes the fresh companies to be worth.
func (c *Contest) orders(r *Round, w *world, samples []calibrate.Sample) (map[string][]float64, error) {
	learned, err := calibrate.Fit(c.Segments, samples, calibrate.DefaultThreshold())
	if err != nil {
		return nil, err
	}
	weights := calibrate.WeightsOf(c.Segments)
	if r.Fitted = learned != nil; r.Fitted {
		weights, r.Need, r.Free = learned.Suggested, learned.Need.Strength, learned.Need.Free
	}
	out := map[string][]float64{}
	if out[Default], err = w.scores(c.Segments); err != nil {
		return nil, err
	}
	if out[Calibrated], err = w.scores(weights.Apply(c.Segments)); err != nil {
		return nil, err
	}
	if out[Bayes], err = w.odds(samples); err != nil {
		return nil, err
	}
	month := monthOf(w.day)
	for i := range w.firms {
		out[Omniscient] = append(out[Omniscient], w.firms[i].worth(month))
		out[Oracle] = append(out[Oracle], w.insight(i, month))
	}
	return out, nil
}

// judge counts what the top tenth of each order brings. Random order brings what
// all bring on the average.
func (r *Round) judge(orders map[string][]float64) {
	worth := orders[Omniscient]
	top := len(worth) / 10
	for name, order := range orders {
		for _, i := range byWorth(order)[:top] {
			r.Won[name] += 100 * worth[i] / float64(top)
		}
	}
	for _, v := range worth {
		r.Won[Random] += 100 * v / float64(len(worth))
	}
}

// scores are the program's own for each company.
func (w *world) scores(segments *config.Segments) ([]float64, error) {
	scorer, err := w.scorer(segments, w.day)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(w.rows))
	for i := range w.rows {
		res := scorer.Score(&w.rows[i])
		out[i] = float64(res.Total) / float64(score.Point)
	}
	return out, nil
}

// odds are those of naive Bayes on the same outcomes.
func (w *world) odds(samples []calibrate.Sample) ([]float64, error) {
	scorer, err := w.scorer(w.segments, w.day)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range w.segments.Signals {
		ids = append(ids, s.ID)
	}
	b, out := newBayes(ids, samples), make([]float64, len(w.rows))
	for i := range w.rows {
		out[i] = b.odds(w.values(scorer, i))
	}
	return out, nil
}

func monthOf(d company.Date) int { return int(d.Time().Month()) }
