package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

// The single stages of run, for operators who mend one thing at a time.

func newPull(a *app) *cobra.Command {
	var only []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "pull",
		Short: "Only read the sources into the store",
		Long:  "pull reads the sources into the store, as the first stage of run does.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.stage(cmd.Context(), "pull", asJSON, only, func(ctx context.Context, n *night.Night) (*night.Report, error) {
				return n.Pull(ctx, night.Request{Only: only})
			})
		},
	}
	c.Flags().StringSliceVar(&only, "only", nil, "pull only these `sources`")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

func newEnrich(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "enrich",
		Short: "Only fill in what companies lack",
		Long:  "enrich asks the enrichers for what the best companies lack, as run does.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.stage(cmd.Context(), "enrich", asJSON, nil, func(ctx context.Context, n *night.Night) (*night.Report, error) {
				return n.Enrich(ctx, night.Request{})
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

func newExport(a *app) *cobra.Command {
	var date string
	var asJSON bool
	c := &cobra.Command{
		Use:   "export",
		Short: "Only score, issue and write the day's list from what is in the store",
		Long:  "export scores what the store holds and writes the day's list. A list that was\nissued before is written again as it was, less what the stop list names.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := company.ParseDate(date)
			if err != nil {
				return usage(fmt.Errorf("--date: %w", err))
			}
			return a.stage(cmd.Context(), "export", asJSON, nil, func(ctx context.Context, n *night.Night) (*night.Report, error) {
				return n.Export(ctx, night.Request{Day: day})
			})
		},
	}
	c.Flags().StringVar(&date, "date", "", "the list's day, `YYYY-MM-DD`; default the next working day")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

func (a *app) stage(ctx context.Context, name string, asJSON bool, only []string,
	do func(context.Context, *night.Night) (*night.Report, error),
) error {
	return a.within(ctx, name, gate.Night, func(h *house) error {
		if err := knownSources(h, only); err != nil {
			return err
		}
		report, err := a.withProgress(h, func(n *night.Night) (*night.Report, error) { return do(ctx, n) })
		if err != nil {
			return err
		}
		return a.conclude(report, asJSON)
	})
}
