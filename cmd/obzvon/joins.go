package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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
		Long: "joins lists each join with its evidence and what every piece of it weighs for\n" +
			"or against, in natural log-odds: 4.6 in all is a probability of 99 %, if no\n" +
			"other company comes near. prior is what was likely before anything was\n" +
			"compared; kin weighs that a kindred firm, of the same owner or brand, would\n" +
			"agree in the same. undo takes a join back for ever, confirm makes one by hand;\n" +
			"both outlive every rebuild. A listing is named by its source and the source's\n" +
			"own key, as joins prints them.",
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
				fmt.Fprintf(a.io.out, "%s %s -> %s%s\n", j.ID.Source, asArgument(j.ID.Key), j.INN, joinReasons(j))
			}
			if len(joins) < page {
				return nil
			}
			after = joins[len(joins)-1].ID
		}
	})
}

// joinReasons tells what a join rests on, the weightiest piece first.
func joinReasons(j store.Join) string {
	var b strings.Builder
	if j.Manual {
		b.WriteString("  by hand")
	}
	if len(j.Evidence) == 0 {
		return b.String()
	}
	sum := int64(0)
	pieces := slices.Clone(j.Evidence)
	slices.SortStableFunc(pieces, func(a, b store.Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	parts := make([]string, len(pieces))
	for i, e := range pieces {
		sum += e.Weight
		parts[i] = strings.TrimSpace(e.Kind+" "+e.Value) + " (" + logOdds(e.Weight) + ")"
	}
	fmt.Fprintf(&b, "  %s in all: %s", logOdds(sum), strings.Join(parts, ", "))
	return b.String()
}

// logOdds writes thousandths.
func logOdds(weight int64) string { return fmt.Sprintf("%+.1f", float64(weight)/1000) }

// asArgument quotes a key that a shell would take apart.
func asArgument(key string) string {
	if strings.ContainsAny(key, " \t'\"\\$&;|<>()*?#") {
		return "'" + strings.ReplaceAll(key, "'", `'\''`) + "'"
	}
	return key
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
