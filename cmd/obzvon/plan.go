package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"obzvon/exports/svg"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/plan"
	"obzvon/pipeline/socket"
)

type planFlags struct {
	date   string
	charts string
	json   bool
}

func newReport(a *app) *cobra.Command {
	var f planFlags
	c := &cobra.Command{
		Use:   "report",
		Short: "The work, the funnel and the money against the plan (in Russian)",
		Long: "report counts what came of calls: each manager's dials against his norm, the\n" +
			"month's funnel and the year against the targets of section plan in the config,\n" +
			"the money against its milestones, and what segments, sources and places in the\n" +
			"ranking brought. It changes nothing.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.report(cmd.Context(), f) },
	}
	c.Flags().StringVar(&f.date, "date", "", "the last day that counts, `YYYY-MM-DD`; default today in the seller's zone")
	c.Flags().StringVar(&f.charts, "svg", "", "write the charts as SVG files into this `folder`, too")
	c.Flags().BoolVar(&f.json, "json", false, "print JSON")
	return c
}

func (a *app) report(ctx context.Context, f planFlags) error {
	until, err := company.ParseDate(f.date)
	if err != nil {
		return usage(fmt.Errorf("--date: %w", err))
	}
	return a.within(ctx, "report", gate.Read, func(h *house) error {
		if until == 0 {
			if until, err = h.today(); err != nil {
				return err
			}
		}
		r, err := plan.Compute(ctx, h.store, h.config, h.segments, until)
		if err != nil {
			return fmt.Errorf("compute the report: %w", err)
		}
		if f.charts != "" {
			if err := a.writeCharts(r, f.charts); err != nil {
				return err
			}
		}
		if f.json {
			return a.printJSON(r)
		}
		return r.WriteText(a.io.out)
	})
}

// today is the day in the seller's zone.
func (h *house) today() (company.Date, error) {
	zone, err := time.LoadLocation(h.config.Seller.TimeZone)
	if err != nil {
		return 0, fmt.Errorf("load the seller's time zone: %w", err)
	}
	return company.DateOf(h.night.Clock().In(zone)), nil
}

func (a *app) writeCharts(r *plan.Report, folder string) error {
	charts := r.Charts()
	if len(charts) == 0 {
		a.log().Info("no charts: there are no results yet")
		return nil
	}
	if err := a.disk().MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the folder of charts: %w", err)
	}
	for _, c := range charts {
		drawn, err := svg.Draw(&c)
		if err != nil {
			return err
		}
		name := filepath.Join(folder, c.ID+".svg")
		if err := socket.WriteFile(a.disk(), name, drawn, 0o600); err != nil {
			return fmt.Errorf("write chart %s: %w", c.ID, err)
		}
		a.log().Info("chart written", "file", name)
	}
	return nil
}
