package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func newJoins(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "joins",
		Short: "Which listings without ИНН were joined to which company, and why",
		Long: "joins lists the joins with their evidence. undo takes one back for ever,\n" +
			"confirm makes one by hand; both outlive every rebuild. A listing is named by\n" +
			"its source and the source's own key, as list prints them.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listJoins(cmd.Context()) },
	}
	c.AddCommand(
		newDecide(a, "undo", "Take a join back: these two are never joined again", false),
		newDecide(a, "confirm", "Join a listing to a company by hand", true),
	)
	return c
}

func (a *app) listJoins(ctx context.Context) error {
	return a.within(ctx, "joins", func(h *house) error {
		const page = 500
		for after := (store.ObservationID{}); ; {
			joins, err := h.store.Joins(ctx, after, page)
			if err != nil {
				return fmt.Errorf("read joins: %w", err)
			}
			for _, j := range joins {
				fmt.Fprintf(a.io.out, "%s %s -> %s%s\n", j.ID.Source, j.ID.Key, j.INN, joinReasons(j))
			}
			if len(joins) < page {
				return nil
			}
			after = joins[len(joins)-1].ID
		}
	})
}

func joinReasons(j store.Join) string {
	var b strings.Builder
	if j.Manual {
		b.WriteString("  by hand")
	}
	for _, e := range j.Evidence {
		b.WriteString("  " + e.Kind + " " + e.Value)
	}
	return b.String()
}

func newDecide(a *app, verb, short string, same bool) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " SOURCE KEY ИНН",
		Short: short,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 3 {
				return usage(errors.New("want SOURCE KEY ИНН as `obzvon joins` prints them"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			inn, err := company.ParseINN(args[2])
			if err != nil {
				return usage(err)
			}
			return a.within(cmd.Context(), "joins", func(h *house) error {
				id := store.ObservationID{Source: args[0], Key: args[1]}
				if err := decidable(cmd.Context(), h.store, id, inn, same); err != nil {
					return err
				}
				d := store.Decision{ID: id, INN: inn, Same: same, By: whoami(), At: time.Now()}
				if err := h.store.Decide(cmd.Context(), d); err != nil {
					return fmt.Errorf("remember the decision: %w", err)
				}
				fmt.Fprintln(a.io.out, "remembered; the next run follows it")
				return nil
			})
		},
	}
}

// decidable refuses decisions that could have no effect.
func decidable(ctx context.Context, s store.Store, id store.ObservationID, inn company.INN, same bool) error {
	o, err := s.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("listing %s %s: %w", id.Source, id.Key, err)
	}
	if o.INN != "" {
		return usage(fmt.Errorf("listing %s %s names its ИНН itself (%s): there is nothing to decide", id.Source, id.Key, o.INN))
	}
	if !same {
		return nil
	}
	if _, err := s.Dossier(ctx, inn); err != nil {
		return usage(fmt.Errorf("no source knows a company with ИНН %s: %w", inn, err))
	}
	return nil
}
