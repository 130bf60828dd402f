package market

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

var titles = map[string]string{
	Random: "random order", Default: "default weights", Bayes: "naive Bayes on the same outcomes",
	Calibrated: "calibrated weights", Oracle: "oracle that sees what the program sees",
	Omniscient: "oracle that sees what nothing shows, too",
}

// WriteText prints the rounds, term by term.
func (c *Contest) WriteText(w io.Writer, rounds []Round) error {
	fmt.Fprintf(w, "%d invented markets of %d companies with a phone; strategies tried on %d others that nobody has called\n",
		c.Seeds, c.Leads, c.Fresh)
	fmt.Fprintf(w, "Contracts in the top tenth, for each hundred companies called; mean of the markets, 95 %% interval (Student's t)\n")
	for t, days := range c.Terms {
		term := rounds[t*c.Seeds : (t+1)*c.Seeds]
		managers := "one manager"
		if c.Second > 0 && days > c.Second {
			managers = fmt.Sprintf("one manager, two from day %d", c.Second+1)
		}
		fmt.Fprintf(w, "\nAfter %d working days of %d dials, %s: %.0f companies called, %.0f answered, %.0f interested; weights suggested in %.0f of %d\n",
			days, c.Dials, managers, mean(term, func(r *Round) float64 { return float64(r.Called) }),
			mean(term, func(r *Round) float64 { return float64(r.Answered) }),
			mean(term, func(r *Round) float64 { return float64(r.Positives) }),
			float64(len(term))*mean(term, func(r *Round) float64 { return one(r.Fitted) }), len(term))
		if err := writeTerm(w, term); err != nil {
			return fmt.Errorf("print the contest: %w", err)
		}
	}
	return nil
}

func writeTerm(w io.Writer, term []Round) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "STRATEGY\tCONTRACTS A HUNDRED\tTO RANDOM\tOF THE GAP TO THE ORACLE\tTO THE ALL-SEEING ONE")
	for _, s := range Strategies() {
		won := Interval(column(term, func(r *Round) float64 { return r.Won[s] }))
		lift := mean(term, func(r *Round) float64 { return r.Won[s] / r.Won[Random] })
		seen := Interval(column(term, func(r *Round) float64 { return 100 * r.Recovered(s, Oracle) }))
		all := Interval(column(term, func(r *Round) float64 { return 100 * r.Recovered(s, Omniscient) }))
		fmt.Fprintf(tw, "%s\t%s\t%.2f ×\t%s %%\t%s %%\n", titles[s], won.format("%.2f"), lift, seen.format("%.0f"), all.format("%.0f"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, other := range []string{Default, Bayes} {
		ahead := column(term, func(r *Round) float64 { return r.Won[Calibrated] - r.Won[other] })
		better := 0
		for _, d := range ahead {
			better += int(one(d > 0))
		}
		if _, err := fmt.Fprintf(w, "Calibrated ahead of %s by %s, in %d of %d markets\n",
			titles[other], Interval(ahead).format("%.2f"), better, len(ahead)); err != nil {
			return err
		}
	}
	return nil
}

// Mean is a mean with its 95 % interval.
type Mean struct{ Value, Low, High float64 }

// Interval is Student's: means of markets that were drawn alike.
func Interval(values []float64) Mean {
	m, sd := stat.MeanStdDev(values, nil)
	n := float64(len(values))
	if n < 2 {
		return Mean{m, math.Inf(-1), math.Inf(1)}
	}
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975) * sd / math.Sqrt(n)
	return Mean{m, m - half, m + half}
}

func (m Mean) format(verb string) string {
	return fmt.Sprintf(verb+" ["+verb+" to "+verb+"]", m.Value, m.Low, m.High)
}

func column(rounds []Round, of func(*Round) float64) []float64 {
	out := make([]float64, len(rounds))
	for i := range rounds {
		out[i] = of(&rounds[i])
	}
	return out
}

func mean(rounds []Round, of func(*Round) float64) float64 {
	return stat.Mean(column(rounds, of), nil)
}
