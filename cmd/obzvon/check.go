package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/sources/table"
)

func newSourcesCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check NAME",
		Short: "Read the first rows of one source and store nothing",
		Args:  oneArg("the name of a source"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			h, err := a.load()
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, h.Close()) }()
			for _, s := range h.config.Sections(config.Sources) {
				if s.Name == args[0] {
					return a.checkSource(cmd.Context(), h, s)
				}
			}
			return usage(fmt.Errorf("there is no source %q in config", args[0]))
		},
	}
}

func (a *app) checkSource(ctx context.Context, h *house, s config.Section) error {
	src, err := h.source(s)
	if err != nil {
		return err
	}
	if t, ok := src.(*table.Source); ok {
		if err := writeNotes(ctx, a.io.out, t); err != nil {
			return fmt.Errorf("check %s: %w", s.Name, err)
		}
	}
	if advised, ok := src.(pipeline.Adviser); ok {
		said, err := advised.Advice(ctx)
		if err != nil {
			return fmt.Errorf("check %s: %w", s.Name, err)
		}
		for _, line := range said {
			fmt.Fprintf(a.io.out, "%s\n", line)
		}
	}
	for batch, err := range src.Pull(ctx, pipeline.Request{Now: time.Now(), Persons: h.config.PersonalData.NamedPeople}) {
		if err != nil {
			return fmt.Errorf("check %s: %w", s.Name, err)
		}
		c := batch.Counts
		fmt.Fprintf(a.io.out, "%s: %d rows read, %d usable, %d not wanted, %d would be quarantined\n",
			batch.Unit, c.Read, c.Taken, c.NotWanted, c.Quarantined)
		for _, gap := range batch.Gaps {
			fmt.Fprintf(a.io.out, "could not be read: %s: %s\n", gap.Unit, gap.Detail)
		}
		if len(batch.Observations) > 0 {
			writeObservation(a.io.out, &batch.Observations[0])
		}
		break
	}
	return nil
}

// writeNotes tells how each table would be read: which preset, which columns
// were understood and which left out.
func writeNotes(ctx context.Context, w io.Writer, t *table.Source) error {
	notes, err := t.Notes(ctx)
	for _, n := range notes {
		verified := ""
		if !n.Verified {
			verified = " (unverified: no real export was at hand)"
		}
		fmt.Fprintf(w, "%s: %s, preset %s%s, export of %s\n", n.Input, n.Form, n.Preset, verified, orDash(n.Date.String()))
		fmt.Fprintf(w, "  understood: %s\n", strings.Join(n.Mapped, "; "))
		if len(n.Ignored) > 0 {
			fmt.Fprintf(w, "  columns left out: %s\n", strings.Join(n.Ignored, "; "))
		}
	}
	if err != nil {
		return err
	}
	left, err := t.Left(ctx)
	if why := counted(left, "rows not wanted: ", ""); why != "" {
		fmt.Fprintln(w, why)
	}
	return err
}
