package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

type runFlags struct {
	date       string
	only       []string
	skipEnrich bool
	rebuild    bool
	json       bool
}

func newRun(a *app) *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run",
		Short: "The nightly job: pull, resolve, score, enrich, score again, export",
		Long: "run does the whole night. Without --date the list is for the next working day\n" +
			"in the seller's zone. It may be stopped at any moment and run again. A day's\n" +
			"list is frozen once issued: a second run writes the same rows.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.run(cmd.Context(), f) },
	}
	c.Flags().StringVar(&f.date, "date", "", "the list's day, `YYYY-MM-DD`; default the next working day")
	c.Flags().StringSliceVar(&f.only, "only", nil, "pull only these `sources`")
	c.Flags().BoolVar(&f.skipEnrich, "skip-enrich", false, "leave enrichment out")
	c.Flags().BoolVar(&f.rebuild, "rebuild", false, "drop what was pulled and derived and build it anew; state, issued lists and what sites said stay, «Новые» starts again")
	c.Flags().BoolVar(&f.json, "json", false, "print the report as JSON")
	return c
}

func (a *app) run(ctx context.Context, f runFlags) error {
	req, err := f.request()
	if err != nil {
		return err
	}
	return a.within(ctx, "run", gate.Night, func(h *house) error {
		if err := knownSources(h, req.Only); err != nil {
			return err
		}
		if f.rebuild {
			if len(req.Only) > 0 {
				return usage(errors.New("--rebuild drops every source and --only pulls some: give one of them"))
			}
			if err := allThere(h); err != nil {
				return err
			}
			if err := dropRegistry(ctx, h); err != nil {
				return fmt.Errorf("rebuild: %w", err)
			}
		}
		a.sweepAnswers(ctx, h)
		report, err := a.withProgress(h, func(n *night.Night) (*night.Report, error) { return n.Run(ctx, req) })
		if err != nil {
			return err
		}
		return a.conclude(report, f.json)
	})
}

func (f runFlags) request() (night.Request, error) {
	day, err := company.ParseDate(f.date)
	if err != nil {
		return night.Request{}, usage(fmt.Errorf("--date: %w", err))
	}
	return night.Request{Day: day, Only: f.only, SkipEnrich: f.skipEnrich}, nil
}

// withProgress runs a stage with the watcher on.
func (a *app) withProgress(h *house, stage func(*night.Night) (*night.Report, error)) (*night.Report, error) {
	w := a.watch()
	a.watching = w
	defer func() { a.watching = nil }()
	h.night.Progress = w.on
	defer w.done()
	return stage(h.night)
}

// conclude prints the report and turns it into the command's end.
func (a *app) conclude(r *night.Report, asJSON bool) error {
	if asJSON {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		writeReport(a.io.out, r, a.loudness())
	}
	if r.Exit() == exitShort {
		return errShort
	}
	return nil
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(fmt.Errorf("unexpected argument %q", args[0]))
	}
	return nil
}

func knownSources(h *house, only []string) error {
	for _, name := range only {
		found := false
		for _, s := range h.night.Sources {
			found = found || s.Section.Name == name
		}
		if !found {
			var names []string
			for _, s := range h.night.Sources {
				names = append(names, s.Section.Name)
			}
			return usage(fmt.Errorf("--only: no enabled source %q; there are: %v", name, names))
		}
	}
	return nil
}

// dropRegistry keeps what metered enrichers were told, the disabled ones too: to
// ask again would take as many nights as it took, and ask some twice tonight.
func dropRegistry(ctx context.Context, h *house) error {
	var keep []string
	for _, s := range h.config.Sections(config.Enrichers) {
		made, err := make1("enrich", enricherAdapters(h), s)
		if err != nil {
			return err
		}
		if made.Describe().Metered {
			keep = append(keep, s.Name)
		}
	}
	return h.store.DropRegistry(ctx, keep)
}

// allThere keeps a rebuild from dropping what it could not pull again.
func allThere(h *house) error {
	for _, s := range h.night.Sources {
		if gone, ok := s.Source.(missing); ok {
			return usage(fmt.Errorf("--rebuild drops everything pulled, and this source cannot be pulled again: %w", gone.err))
		}
	}
	return nil
}
