package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"

	"obzvon/cmd/simulate/market"
	"obzvon/config"
)

// holdContest holds strategies of calling against each other on invented markets.
func holdContest(ctx context.Context, args []string, out io.Writer) error {
	var asJSON bool
	segmentsFile := ""
	flags := flag.NewFlagSet("contest", flag.ContinueOnError)
	c := market.Standard(nil)
	flags.IntVar(&c.Seeds, "seeds", c.Seeds, "markets, each drawn anew")
	flags.IntVar(&c.First, "first", c.First, "seed of the first market")
	days := flags.Int("days", 0, "hold one contest after so many working days of calling; 0 = after half a year and after a year")
	flags.IntVar(&c.Leads, "leads", c.Leads, "companies of a market")
	flags.IntVar(&c.Fresh, "fresh", c.Fresh, "companies nobody has called, on which strategies are tried")
	flags.IntVar(&c.Dials, "dials", c.Dials, "a day and manager")
	flags.IntVar(&c.Second, "second", c.Second, "working days after which a second manager begins; 0 = never")
	flags.Float64Var(&c.Random, "random", c.Random, "share of the new ones drawn from below the cut")
	flags.IntVar(&c.Recalibrate, "recalibrate", c.Recalibrate, "take what outcomes suggest into use every so many working days (21 = a month); 0 = only at the end")
	flags.Float64Var(&c.Hidden, "hidden", c.Hidden, "spread of what nothing shows, in logits")
	flags.IntVar(&c.Workers, "workers", c.Workers, "markets at a time")
	flags.StringVar(&segmentsFile, "segments", "", "segments file of the default weights; the built-in one if not given")
	flags.BoolVar(&asJSON, "json", false, "print all rounds as JSON")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if c.Seeds < 2 || c.Fresh < 100 || c.Leads < 100 || c.Dials < 1 || c.First < 0 || c.Second < 0 || c.Recalibrate < 0 || c.Hidden < 0 || c.Random < 0 || c.Random > 1 {
		return errors.New("contest: want 2 seeds, 100 leads, 100 fresh companies and 1 dial or more, a random share up to 1 and nothing below 0")
	}
	if *days > 0 {
		c.Terms = []int{*days}
	}
	var err error
	if c.Segments, err = config.LoadSegments(segmentsFile); err != nil {
		return err
	}
	rounds, err := c.Run(ctx)
	if err != nil {
		return fmt.Errorf("contest: %w", err)
	}
	if asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(rounds)
	}
	return c.WriteText(out, rounds)
}
