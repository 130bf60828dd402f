package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/score"
	"obzvon/pipeline/socket"
)

func newPreview(a *app) *cobra.Command {
	var with, date string
	var top int
	var asJSON bool
	c := &cobra.Command{
		Use:   "preview --with FILE",
		Short: "What another segments file would do: who moves, the distribution before and after (in Russian)",
		Long:  "preview scores everything with today's segments file and with another one, and\ntells who changes priority, who enters or leaves the top. It changes nothing.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := company.ParseDate(date)
			if err != nil {
				return usage(fmt.Errorf("--date: %w", err))
			}
			if with == "" {
				return usage(errors.New("name the segments file to try: --with FILE"))
			}
			return a.preview(cmd.Context(), with, day, score.Limits{Top: top, Examples: 10}, asJSON)
		},
	}
	c.Flags().StringVar(&with, "with", "", "the segments `file` to try")
	c.Flags().StringVar(&date, "date", "", "score for this day, `YYYY-MM-DD`; default the next working day")
	c.Flags().IntVar(&top, "top", 50, "how many leads count as the top")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// segmentsOf reads a segments file that the command line names.
func (a *app) segmentsOf(name string) (*config.Segments, error) {
	const limit = 1 << 20 // as config has it
	f, err := socket.Open(a.disk(), name)
	var data []byte
	if err == nil {
		defer f.Close()
		data, err = io.ReadAll(io.LimitReader(f, limit+1))
	}
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return nil, &config.Error{File: name, Allowed: "cannot be read: " + path.Err.Error()}
	case err != nil:
		return nil, &config.Error{File: name, Allowed: "cannot be read: " + err.Error()}
	case len(data) > limit:
		return nil, &config.Error{File: name, Allowed: fmt.Sprintf("larger than %d bytes: not a config file", limit)}
	}
	return config.ParseSegments(name, data)
}

func (a *app) preview(ctx context.Context, with string, day company.Date, limits score.Limits, asJSON bool) error {
	other, err := a.segmentsOf(with)
	if err != nil {
		return err
	}
	return a.within(ctx, "preview", gate.Read, func(h *house) error {
		p, err := h.night.Preview(ctx, other, day, limits)
		if err != nil {
			return fmt.Errorf("preview %s: %w", with, err)
		}
		if asJSON {
			return a.printJSON(p)
		}
		if err := p.WriteText(a.io.out); err != nil {
			return fmt.Errorf("print the preview: %w", err)
		}
		return nil
	})
}
