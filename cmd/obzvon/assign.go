package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newAssign(a *app) *cobra.Command {
	var pin bool
	c := &cobra.Command{
		Use:   "assign MANAGER ИНН…",
		Short: "Give companies to a manager, or pin them to one",
		Long: "assign makes a manager call companies from the next list on, whoever called them\n" +
			"before. MANAGER is an id or a name of the config. With --pin they stay with that\n" +
			"manager whatever comes, a contract included; without it a contract moves them to\n" +
			"who keeps clients. Lists that were issued stay as they are. The same is settled\n" +
			"by another name in «Менеджер» of the whole book; what was said later stands.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usage(errors.New("want a manager and at least one ИНН; or assign clear, assign list"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "assign", gate.Write, func(h *house) error {
				return a.assign(cmd.Context(), h, args[0], args[1:], pin)
			})
		},
	}
	c.Flags().BoolVar(&pin, "pin", false, "keep them there whatever comes")
	c.AddCommand(newAssignClear(a), newAssignList(a))
	return c
}

func (a *app) assign(ctx context.Context, h *house, name string, args []string, pin bool) error {
	id, err := h.managerID(name)
	if err != nil {
		return err
	}
	inns, err := h.knownINNs(ctx, args)
	if err != nil {
		return err
	}
	mark, said := store.Mark{Kind: store.MarkManager, Value: id}, "given to"
	if pin {
		mark.Kind, said = store.MarkPin, "pinned to"
	} else if err := h.notPinned(ctx, inns, id); err != nil {
		return err
	}
	if err := h.putMarks(ctx, inns, mark); err != nil {
		return err
	}
	for _, inn := range inns {
		fmt.Fprintf(a.io.out, "ИНН %s %s %s\n", inn, said, id)
	}
	return nil
}

// notPinned refuses to give away what a pin holds elsewhere.
func (h *house) notPinned(ctx context.Context, inns []company.INN, id string) error {
	for _, inn := range inns {
		marks, err := h.marksOf(ctx, inn)
		if err != nil {
			return err
		}
		for _, m := range marks {
			if m.Kind == store.MarkPin && m.Value != id {
				return usage(fmt.Errorf("ИНН %s is pinned to %s: assign --pin moves it, assign clear frees it", inn, m.Value))
			}
		}
	}
	return nil
}

// managerID finds a manager of the config by id or name.
func (h *house) managerID(name string) (string, error) {
	known := make([]string, len(h.config.Managers))
	for i, m := range h.config.Managers {
		if name == m.ID || strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(m.Name)) {
			return m.ID, nil
		}
		known[i] = m.ID
	}
	return "", usage(fmt.Errorf("there is no manager %q: want one of %s", name, strings.Join(known, ", ")))
}

func newAssignClear(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "clear ИНН…",
		Short: "Take back what assign settled: the list decides again",
		Args:  someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "assign", gate.Write, func(h *house) error {
				for _, arg := range args {
					inn, err := company.ParseINNCell(arg)
					if err != nil {
						return usage(err)
					}
					dropped, err := h.dropMarks(cmd.Context(), inn, store.MarkManager, store.MarkPin)
					if err != nil {
						return err
					}
					if len(dropped) == 0 {
						return fmt.Errorf("ИНН %s was given to nobody: %w", inn, store.ErrNotFound)
					}
					fmt.Fprintf(a.io.out, "ИНН %s is free\n", inn)
				}
				return nil
			})
		},
	}
}

func newAssignList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Print which companies were given or pinned to whom",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.within(cmd.Context(), "assign", gate.Read, func(h *house) error {
				return a.listMarks(cmd.Context(), h, store.MarkManager, store.MarkPin)
			})
		},
	}
}

// listMarks prints marks of some kinds, one in a line.
func (a *app) listMarks(ctx context.Context, h *house, kinds ...store.MarkKind) error {
	marks, err := h.marksOf(ctx, "")
	if err != nil {
		return err
	}
	for _, m := range marks {
		if !slices.Contains(kinds, m.Kind) {
			continue
		}
		if err := a.writeNamed(ctx, h, m.INN, h.markText(&m)); err != nil {
			return err
		}
	}
	return nil
}
