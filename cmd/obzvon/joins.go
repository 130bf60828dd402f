package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

func newJoins(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "joins [ИНН]",
		Short: "Which listings without ИНН were joined to which company, and why",
		Long: "joins lists the joins, one in a line: the listing, the company, and how likely it\n" +
			"is that they are one, if no other company comes near. Of one ИНН it shows what\n" +
			"every piece of evidence weighs for or against, in natural log-odds (4.6 in all\n" +
			"is 99 %), and the command that takes the join back.\n" +
			"undo takes a join back for ever, confirm makes one by hand; both outlive every\n" +
			"rebuild, and decisions lists them. A listing is named by its source and the\n" +
			"source's own key, as joins prints them.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(fmt.Errorf("unexpected argument %q: want one ИНН, or none for all", args[1]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			inn := company.INN("")
			if len(args) == 1 {
				var err error
				if inn, err = company.ParseINN(args[0]); err != nil {
					return usage(err)
				}
			}
			return a.listJoins(cmd.Context(), inn, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	c.AddCommand(
		newDecide(a, "undo", "Take a join back: these two are never joined again", false),
		newDecide(a, "confirm", "Join a listing to a company by hand", true),
		newDecisions(a),
	)
	return c
}

func (a *app) listJoins(ctx context.Context, inn company.INN, asJSON bool) error {
	return a.within(ctx, "joins", gate.Read, func(h *house) error {
		all := []night.JoinLine{}
		n := 0
		for j, err := range h.night.Joins(ctx, inn) {
			if errors.Is(err, store.ErrNotFound) {
				return usage(fmt.Errorf("no source knows a company with ИНН %s", inn))
			}
			if err != nil {
				return fmt.Errorf("read joins: %w", err)
			}
			n++
			switch {
			case asJSON:
				all = append(all, j)
			case inn == "":
				fmt.Fprintln(a.io.out, joinText(&j))
			default:
				a.writeJoin(a.io.out, &j)
			}
		}
		switch {
		case asJSON:
			return a.printJSON(all)
		case n == 0 && inn != "":
			fmt.Fprintf(a.io.out, "no listing is joined to ИНН %s\n", inn)
		case n == 0:
			fmt.Fprintln(a.io.out, "no listing is joined to a company")
		}
		return nil
	})
}

// joinText is a join in one line.
func joinText(j *night.JoinLine) string {
	how := likelihood(j)
	if j.Manual {
		how = "by hand"
	}
	return pairText(j.Section, j.Key, j.Name, j.INN, j.Company) + "  " + how
}

// pairText names a listing and a company: gis 990 «Азимут» -> 6300… ИП Образцов.
func pairText(section, key, name string, inn company.INN, firm string) string {
	text := section + " " + asArgument(key)
	if name != "" {
		text += " " + quoted(name)
	}
	return strings.TrimSpace(text + " -> " + string(inn) + " " + firm)
}

// writeJoin shows a join with what it rests on, the weightiest piece first, and
// the way to undo it.
func (a *app) writeJoin(w io.Writer, j *night.JoinLine) {
	fmt.Fprintln(w, joinText(j))
	for _, e := range weightiestFirst(j.Evidence) {
		fmt.Fprintf(w, "  %6s  %s\n", logOdds(e.Weight), evidenceText(e))
	}
	if len(j.Evidence) > 0 {
		fmt.Fprintf(w, "  %6s  in all: %s\n", logOdds(j.Weight()), likelihood(j))
	}
	fmt.Fprintf(w, "  to take it back: %s\n", a.decideCommand("undo", j.Section, j.Key, j.INN))
}

// decideCommand is the very command line that decides otherwise.
func (a *app) decideCommand(verb, section, key string, inn company.INN) string {
	words := []string{"obzvon"}
	if a.configPath != "" {
		words = append(words, "--config", asArgument(a.configPath))
	}
	return strings.Join(append(words, "joins", verb, section, asArgument(key), string(inn)), " ")
}

// asArgument quotes a key that a shell would take apart.
func asArgument(key string) string {
	if key == "" || strings.ContainsAny(key, " \t'\"\\$&;|<>()*?#`!~[]{}") {
		return "'" + strings.ReplaceAll(key, "'", `'\''`) + "'"
	}
	return key
}

func newDecisions(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "decisions",
		Short: "What people decided of listings and companies: да joins for ever, нет never joins",
		Long:  "decisions lists every decision: of `joins undo` and `confirm` and of workbooks that\ncame back through `outcomes import`. A later one on the same two takes its place.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.within(cmd.Context(), "joins decisions", gate.Read, func(h *house) error {
				all, err := h.night.Decisions(cmd.Context(), "")
				switch {
				case err != nil:
					return err
				case asJSON:
					return a.printJSON(append([]night.DecisionLine{}, all...))
				case len(all) == 0:
					fmt.Fprintln(a.io.out, "nothing has been decided yet")
				}
				for _, d := range all {
					word := "нет"
					if d.Same {
						word = "да"
					}
					fmt.Fprintf(a.io.out, "%-3s  %s  by %s, %s\n", word, pairText(d.Section, d.Key, d.Name, d.INN, d.Company), orDash(d.By), d.At.In(h.zone()).Format("2006-01-02 15:04"))
				}
				return nil
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
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
			d := store.Decision{ID: store.ObservationID{Source: args[0], Key: args[1]}, INN: inn, Same: same, By: a.by(), At: time.Now()}
			return a.within(cmd.Context(), "joins", gate.Write, func(h *house) error { return a.decide(cmd.Context(), h, d) })
		},
	}
}
