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
	"obzvon/pipeline/intake"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

func newStopRemove(a *app) *cobra.Command {
	var reason string
	var withPhones bool
	c := &cobra.Command{
		Use:   "remove ИНН|phone|e-mail|domain",
		Short: "Remove an entry",
		Long: "remove takes entries off the stop list. «Не звонить» of a filled list stops a company\n" +
			"and its numbers, whose notes name its ИНН: what still stands of them is named, and\n" +
			"--with-phones takes it off, too, but for numbers of another stopped company.",
		Args: someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if reason != "" && !slices.Contains(stopReasons, reason) {
				return usage(fmt.Errorf("--reason %q: want one of %s", reason, strings.Join(stopReasons, ", ")))
			}
			return a.within(cmd.Context(), "stop", gate.Write, func(h *house) error {
				for _, arg := range args {
					stop, err := calllist.NameStop(arg)
					if err != nil {
						return usage(err)
					}
					stop.Reason = reason
					if err := a.removeStops(cmd.Context(), h, stop, withPhones); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "only the entry with this reason: "+strings.Join(stopReasons, ", "))
	c.Flags().BoolVar(&withPhones, "with-phones", false, "of an ИНН also the numbers that came with it")
	return c
}

// removeStops takes an entry off, and of an ИНН those that came with it; or names them.
func (a *app) removeStops(ctx context.Context, h *house, stop store.Stop, withPhones bool) error {
	off, err := h.takeOff(ctx, stop, withPhones)
	for _, s := range off.gone {
		fmt.Fprintf(a.io.out, "%s %s removed\n", s.Kind, s.Value)
	}
	for _, s := range off.shared {
		fmt.Fprintf(a.io.out, "%s %s stays: ИНН %s, which has it too, asked not to be called\n", s.Kind, s.Value, s.of)
	}
	for _, s := range off.stay {
		fmt.Fprintf(a.io.out, "still stopped, of the same call: %s %s (%s)\n", s.Kind, s.Value, s.Note)
	}
	if len(off.stay) > 0 {
		fmt.Fprintf(a.io.out, "To remove these too: obzvon stop remove %s --with-phones\n", stop.Value)
	}
	return err
}

// takenOff is what came of taking an entry off.
type takenOff struct {
	gone   []store.Stop
	stay   []store.Stop // of the same call, not asked for
	shared []sharedStop // asked for, but another stopped company has them
}

type sharedStop struct {
	store.Stop

	of company.INN
}

// takeOff takes an entry off, and with phones those that came with it. What it tells
// is good also when an error is returned.
func (h *house) takeOff(ctx context.Context, stop store.Stop, withPhones bool) (off takenOff, err error) {
	came, err := h.cameWith(ctx, stop)
	if err != nil {
		return off, err
	}
	err = h.removeStop(ctx, stop)
	switch {
	case err == nil:
		off.gone = append(off.gone, stop)
	case !errors.Is(err, store.ErrNotFound) || !withPhones || len(came) == 0: // else it went before them
		return off, err
	}
	if !withPhones {
		off.stay = came
		return off, nil
	}
	others, err := h.numbersOfOthers(ctx, company.INN(stop.Value))
	if err != nil {
		return off, err
	}
	for _, s := range came {
		if of, shared := others[s.Value]; shared {
			off.shared = append(off.shared, sharedStop{s, of})
			continue
		}
		if err := h.removeStop(ctx, store.Stop{Kind: s.Kind, Value: s.Value, Reason: s.Reason}); err != nil {
			return off, err
		}
		off.gone = append(off.gone, s)
	}
	return off, nil
}

// cameWith are the other entries whose note names the ИНН of a stop.
func (h *house) cameWith(ctx context.Context, stop store.Stop) ([]store.Stop, error) {
	if stop.Kind != store.StopINN {
		return nil, nil
	}
	all, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	return slices.DeleteFunc(all, func(s store.Stop) bool {
		return s.Kind == store.StopINN || stop.Reason != "" && s.Reason != stop.Reason || !strings.HasSuffix(s.Note, intake.StopsWith(company.INN(stop.Value)))
	}), nil
}

// numbersOfOthers are the numbers by which other companies of the stop list were
// called, or that their callers wrote down, each with one of them: an entry names
// only the company that asked first.
func (h *house) numbersOfOthers(ctx context.Context, inn company.INN) (map[string]company.INN, error) {
	all, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	out := map[string]company.INN{}
	for _, s := range all {
		other := company.INN(s.Value)
		if s.Kind != store.StopINN || other == inn || s.Reason != calllist.StopRefused {
			continue
		}
		numbers, err := h.calledBy(ctx, other)
		if err != nil {
			return nil, err
		}
		for _, n := range numbers {
			out[n] = other
		}
	}
	return out, nil
}

// calledBy are the numbers of a company in its results and on the lists they are of,
// E.164.
func (h *house) calledBy(ctx context.Context, inn company.INN) ([]string, error) {
	results, err := h.store.Results(ctx, inn)
	if err != nil {
		return nil, fmt.Errorf("read results of %s: %w", inn, err)
	}
	var out []string
	for i := range results {
		out = append(out, results[i].Dialled)
		for _, p := range results[i].Phones {
			number, _, _ := strings.Cut(p, ";")
			out = append(out, number)
		}
		if results[i].List == "" {
			continue
		}
		data, err := h.store.List(ctx, results[i].Day)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the list of %s: %w", results[i].Day, err)
		}
		list, err := calllist.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("read the list of %s: %w", results[i].Day, err)
		}
		for n := range list.Rows {
			if list.Rows[n].Row.INN == inn {
				out = append(out, list.Rows[n].Phones...)
			}
		}
	}
	return out, nil
}

// removeStop takes an entry off the stop list, with reason "" all of the value.
func (h *house) removeStop(ctx context.Context, stop store.Stop) error {
	stand, err := h.store.StopList(ctx)
	if err != nil {
		return fmt.Errorf("read the stop list: %w", err)
	}
	there := func(s store.Stop) bool {
		return s.Kind == stop.Kind && s.Value == stop.Value && (stop.Reason == "" || s.Reason == stop.Reason)
	}
	if slices.ContainsFunc(stand, there) {
		if err := h.tellStops(ctx, journal.KindUnstop, []store.Stop{stop}); err != nil {
			return err
		}
	}
	if err := h.store.RemoveStop(ctx, stop.Kind, stop.Value, stop.Reason); err != nil {
		return fmt.Errorf("remove %s %s: %w", stop.Kind, stop.Value, err)
	}
	return nil
}
