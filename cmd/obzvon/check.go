package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/opendata"
	"obzvon/sources/table"
)

func newSourcesCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check NAME [SITE]",
		Short: "Read the first rows of one source, visit one site, or ask a service once; store nothing",
		Long:  "check NAME of a service makes one cheap call with the operator's key and says what\nit saw; the call counts for the budget. Of a source in files check tells how a source would be read and shows its first rows; it stores nothing.\nOf an open data set it asks the page which release is the newest, and fetches none.\nWith the name of the enricher that visits sites, and a site, it visits that site;\nit ends with 1 if the site could not be read.",
		Args:  checkArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withConfig(func(h *house) error {
				for _, s := range h.config.Sections(config.Sources) {
					switch {
					case s.Name != args[0]:
					case len(args) > 1:
						return usage(fmt.Errorf("unexpected argument %q: %s is a source, and none is asked for one site", args[1], s.Name))
					default:
						return a.checkSource(cmd.Context(), h, s)
					}
				}
				for _, s := range h.config.Sections(config.Enrichers) {
					if s.Name == args[0] {
						return a.checkEnricher(cmd.Context(), h, s, args[1:])
					}
				}
				return usage(fmt.Errorf("there is no source or enricher %q in config", args[0]))
			})
		},
	}
}

func checkArgs(_ *cobra.Command, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return usage(errors.New("want the name of a source, or of the enricher that visits sites and a site"))
	}
	return nil
}

func (a *app) checkSource(ctx context.Context, h *house, s config.Section) error {
	src, err := h.source(s)
	if err != nil {
		return err
	}
	if probed(src) {
		return a.probe(ctx, config.Sources, s, src.Describe(), sourceNamed(s))
	}
	var unnamed error // what is here is looked at all the same
	if set, ok := src.(*opendata.Source); ok {
		here, err := set.Here()
		if err != nil {
			return fmt.Errorf("check %s: %w", s.Name, err)
		}
		if unnamed = a.askNewest(ctx, set, here); unnamed != nil {
			unnamed = fmt.Errorf("check %s: ask for the newest release: %w", s.Name, unnamed)
		}
		if len(here) == 0 {
			fmt.Fprintln(a.io.out, "no release is here yet, so there are no rows to look at")
			return unnamed
		}
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
	if err := a.firstRows(ctx, h, src); err != nil {
		return errors.Join(unnamed, fmt.Errorf("check %s: %w", s.Name, err))
	}
	return unnamed
}

// firstRows reads the first unit of a source as if everything were wanted.
func (a *app) firstRows(ctx context.Context, h *house, src pipeline.Source) error {
	for batch, err := range src.Pull(ctx, pipeline.Request{Now: time.Now(), Persons: h.config.PersonalData.NamedPeople}) {
		if err != nil {
			return err
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

// askNewest tells which releases are here and, asking only the page, which one
// is the newest: what a run would fetch.
func (a *app) askNewest(ctx context.Context, set *opendata.Source, here []opendata.Held) error {
	for _, r := range here {
		fmt.Fprintf(a.io.out, "here: %s\n", heldText(r))
	}
	if set.Local() {
		return nil
	}
	newest, err := set.Named(ctx)
	if err != nil {
		return err
	}
	does := "a run fetches it"
	switch {
	case slices.ContainsFunc(here, func(r opendata.Held) bool { return r.Name == newest.Name }):
		does = "it is here; a run fetches it again only if it has been replaced"
	case slices.ContainsFunc(here, func(r opendata.Held) bool { return r.Read && newest.Date.Known() && r.Date > newest.Date }):
		does = "a newer one is here, so a run fetches nothing"
	}
	fmt.Fprintf(a.io.out, "newest by its page: %s of %s; %s\n", newest.Name, orUnknown(newest.Date.String()), does)
	return nil
}

// heldText tells of a release in the inbox.
func heldText(r opendata.Held) string {
	does := "kept, not read"
	if r.Read {
		does = "read"
	}
	return fmt.Sprintf("%s of %s, %s, %s", r.Name, orUnknown(r.Date.String()), byteSize(r.Size), does)
}

func orUnknown(date string) string {
	if date == "" {
		return "an unknown date"
	}
	return date
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
