package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline/calibrate"
	"obzvon/pipeline/gate"
)

func newCalibrate(a *app) *cobra.Command {
	var write string
	var asJSON, force bool
	threshold := calibrate.DefaultThreshold()
	c := &cobra.Command{
		Use:   "calibrate",
		Short: "What outcomes say of the weights, and which would foretell them better (in Russian)",
		Long: "calibrate joins issued lists with the results of calls. Below a threshold of\n" +
			"outcomes it counts, signal by signal: called, answered, interested. Above it,\n" +
			"it also suggests points, held against today's. It changes nothing by itself:\n" +
			"--write puts the suggestion into a new file, comments and order kept, for\n" +
			"`obzvon preview --with` and for segments_file. Weights that foretell no better\n" +
			"than today's are only written with --force.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if threshold.Answered < 1 {
				return usage(errors.New("--threshold: want 1 or more companies that answered"))
			}
			return a.calibrate(cmd.Context(), threshold, suggested{write, force}, asJSON)
		},
	}
	c.Flags().IntVar(&threshold.Answered, "threshold", threshold.Answered, "how many companies must have answered before weights are suggested, `N`")
	c.Flags().StringVar(&write, "write", "", "write the suggested weights into a new segments `file`")
	c.Flags().BoolVar(&force, "force", false, "write them though they foretell no better than today's")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// suggested is where the suggestion goes.
type suggested struct {
	path  string // "" = nowhere
	force bool   // though it is no better
}

func (a *app) calibrate(ctx context.Context, t calibrate.Threshold, to suggested, asJSON bool) error {
	return a.within(ctx, "calibrate", gate.Read, func(h *house) error {
		report, err := calibrate.Calibrate(ctx, h.segments, h.store, t)
		if err != nil {
			return fmt.Errorf("calibrate: %w", err)
		}
		if asJSON {
			err = a.printJSON(report)
		} else if err = report.WriteText(a.io.out); err != nil {
			err = fmt.Errorf("print what was calibrated: %w", err)
		}
		if err != nil || to.path == "" {
			return err
		}
		if err := to.worthIt(report); err != nil {
			return err
		}
		if err := a.writeSuggested(h, report, to.path); err != nil {
			return err
		}
		fmt.Fprintf(a.io.err, "%s: written; see obzvon preview --with %s\n", to.path, to.path)
		return nil
	})
}

// worthIt refuses weights that foretell no better than today's.
func (s suggested) worthIt(r *calibrate.Report) error {
	if r.Learned == nil || r.Learned.Better() || s.force {
		return nil
	}
	return fmt.Errorf("--write %s: новые веса не лучше сегодняшних, файл не записан; всё равно записать: --force", s.path)
}

// writeSuggested makes a new segments file of the one in use. One that is there
// already is never written over, least of all the one in use.
func (a *app) writeSuggested(h *house, r *calibrate.Report, path string) (err error) {
	if r.Learned == nil {
		return fmt.Errorf("--write %s: too few outcomes, no weights are suggested: %d companies answered, want %d; %d interested, want %d",
			path, r.All.Answered, r.Threshold.Answered, r.All.Interested, r.Threshold.Positives)
	}
	name, data, err := segmentsInUse(h)
	if err != nil {
		return err
	}
	text, err := config.RewriteSegments(name, data, r.Learned.Suggested.Numbers(h.segments))
	if err != nil {
		return fmt.Errorf("put the suggested weights into a copy of %s: %w", name, err)
	}
	f, err := a.disk().OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Errorf("--write %s: there is such a file already, which may be in use: give a new name", path))
	}
	if err != nil {
		return fmt.Errorf("--write: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(text); err != nil {
		return fmt.Errorf("--write %s: %w", path, err)
	}
	return nil
}

func segmentsInUse(h *house) (name string, data []byte, err error) {
	if name = h.config.SegmentsFile; name == "" {
		_, data = config.DefaultFiles()
		return "built-in segments.yaml", data, nil
	}
	if data, err = os.ReadFile(name); err != nil {
		return name, nil, fmt.Errorf("read the segments file in use: %w", err)
	}
	return name, data, nil
}
