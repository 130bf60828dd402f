package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newTargets(a *app) *cobra.Command {
	list := func(cmd *cobra.Command, _ []string) error {
		return a.within(cmd.Context(), "targets", gate.Read, func(h *house) error { return a.listTargets(cmd.Context(), h) })
	}
	c := &cobra.Command{
		Use:   "targets",
		Short: "«ТОП-20»: who is on it, put companies on it, release them",
		Long: "list shows the companies of «ТОП-20» as the last list has it, with what was\n" +
			"settled since. add puts companies on it from the next list on, before those that\n" +
			"potential chooses; release takes them off, and they are not chosen again until\n" +
			"they are added.",
		Args: noSuchCommand,
		RunE: list,
	}
	c.AddCommand(
		&cobra.Command{Use: "list", Short: "Print who is on it; so does targets alone", Args: noArgs, RunE: list},
		newTargetsSettle(a, "add", "Put companies on it", "on «ТОП-20» from the next list on", store.MarkTarget, store.MarkReleased),
		newTargetsSettle(a, "release", "Take companies off it", "off «ТОП-20» from the next list on", store.MarkReleased, store.MarkTarget),
	)
	return c
}

func newTargetsSettle(a *app, verb, short, said string, kind, instead store.MarkKind) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " ИНН…",
		Short: short,
		Args:  someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "targets", gate.Write, func(h *house) error {
				inns, err := h.knownINNs(cmd.Context(), args)
				if err != nil {
					return err
				}
				if err := h.putMarks(cmd.Context(), inns, store.Mark{Kind: kind}, instead); err != nil {
					return err
				}
				for _, inn := range inns {
					fmt.Fprintf(a.io.out, "ИНН %s: %s\n", inn, said)
				}
				return nil
			})
		},
	}
}

// listTargets prints those of the last list, then what was settled.
func (a *app) listTargets(ctx context.Context, h *house) error {
	inns, day, err := h.lastTargets(ctx)
	if err != nil {
		return err
	}
	marks, err := h.marksOf(ctx, "")
	if err != nil {
		return err
	}
	marks = slices.DeleteFunc(marks, func(m store.Mark) bool { return m.Kind != store.MarkTarget && m.Kind != store.MarkReleased })
	for _, inn := range inns {
		words := []string{"в списке на " + day.Russian()}
		for _, m := range marks {
			if m.INN == inn {
				words = append(words, h.markText(&m))
			}
		}
		if err := a.writeNamed(ctx, h, inn, strings.Join(words, "; ")); err != nil {
			return err
		}
	}
	for _, m := range marks {
		if !slices.Contains(inns, m.INN) {
			if err := a.writeNamed(ctx, h, m.INN, h.markText(&m)); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastTargets are those of the last list that was issued, and its day.
func (h *house) lastTargets(ctx context.Context) ([]company.INN, company.Date, error) {
	days, err := h.store.ListDays(ctx)
	if err != nil || len(days) == 0 {
		return nil, 0, err
	}
	day := days[len(days)-1]
	data, err := h.store.List(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the list of %v: %w", day, err)
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return nil, 0, err
	}
	return list.Targets, day, nil
}
