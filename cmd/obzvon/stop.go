package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store"
)

func newStop(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "stop",
		Short: "The stop list: whom never to call",
		Long: "stop keeps the stop list. An entry is an ИНН, a phone, an e-mail or a domain;\n" +
			"what it is, is found by looking. It takes effect at once, on issued lists too.\n" +
			"Existing clients are entries with --reason client. «Не звонить» and a refused\n" +
			"consent of a filled call list become entries when it is imported.",
		Args: noSuchCommand,
		RunE: showHelp,
	}
	c.AddCommand(newStopAdd(a), newStopRemove(a), newStopList(a), newStopImport(a))
	return c
}

var stopReasons = []string{calllist.StopRefused, calllist.StopClient, calllist.StopOther}

func newStopAdd(a *app) *cobra.Command {
	var reason, note string
	c := &cobra.Command{
		Use:   "add ИНН|phone|e-mail|domain…",
		Short: "Add entries",
		Args:  someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.addStops(cmd.Context(), stopSource{text: strings.NewReader(strings.Join(args, "\n"))}, reason, note)
		},
	}
	stopFlags(c, &reason, &note)
	return c
}

func newStopImport(a *app) *cobra.Command {
	var reason, note string
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Add entries from a text file, one a line, \"-\" from standard input; # begins a remark",
		Args:  oneArg("the file's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from := stopSource{text: a.io.in, lines: true}
			if args[0] != "-" {
				f, err := socket.Open(a.disk(), args[0])
				if err != nil {
					return usage(fmt.Errorf("read the stop list: %w", err))
				}
				defer f.Close()
				from.text = f
			}
			return a.addStops(cmd.Context(), from, reason, note)
		},
	}
	stopFlags(c, &reason, &note)
	return c
}

func stopFlags(c *cobra.Command, reason, note *string) {
	c.Flags().StringVar(reason, "reason", calllist.StopRefused, "why: "+strings.Join(stopReasons, ", "))
	c.Flags().StringVar(note, "note", "", "a remark to keep with it")
}

// stopSource is where entries come from: arguments, or the lines of a file.
type stopSource struct {
	text  io.Reader
	lines bool // name the line of one that cannot be read
}

func (a *app) addStops(ctx context.Context, from stopSource, reason, note string) error {
	if !slices.Contains(stopReasons, reason) {
		return usage(fmt.Errorf("--reason %q: want one of %s", reason, strings.Join(stopReasons, ", ")))
	}
	return a.within(ctx, "stop", gate.Write, func(h *house) error {
		stops, err := readStops(from, h.shared())
		if err != nil {
			return err
		}
		added, err := h.putStops(ctx, stops, reason, note)
		if err != nil {
			return err
		}
		if !from.lines {
			for _, s := range stops {
				fmt.Fprintf(a.io.out, "%s %s\n", s.Kind, s.Value)
			}
		}
		fmt.Fprintf(a.io.out, "%d added, %d were there already\n", added, len(stops)-added)
		return a.tellStopped(ctx, h, stops)
	})
}

// putStops signs entries, tells of the new ones and writes them; it returns how many
// are new.
func (h *house) putStops(ctx context.Context, stops []store.Stop, reason, note string) (added int, err error) {
	now := time.Now()
	for i := range stops {
		stops[i].Reason, stops[i].Note, stops[i].By, stops[i].At = reason, note, h.by, now
	}
	fresh, err := h.newStops(ctx, stops)
	if err != nil {
		return 0, err
	}
	if err := h.tellStops(ctx, journal.KindStop, fresh); err != nil {
		return 0, err
	}
	if added, err = h.guard().AddStops(ctx, stops); err != nil {
		return 0, fmt.Errorf("write the stop list: %w", err)
	}
	return added, nil
}

// newStops are those that do not stand on the stop list yet.
func (h *house) newStops(ctx context.Context, stops []store.Stop) ([]store.Stop, error) {
	stand, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(stops), func(s store.Stop) bool {
		return slices.ContainsFunc(stand, func(o store.Stop) bool {
			return o.Kind == s.Kind && o.Value == s.Value && o.Reason == s.Reason
		})
	}), nil
}

// tellStopped names the companies that entries by a contact stop: a number may
// be shared, and a company may change it.
func (a *app) tellStopped(ctx context.Context, h *house, stops []store.Stop) error {
	hit, err := h.night.Stopped(ctx, stops)
	if err != nil {
		return fmt.Errorf("look for stopped companies: %w", err)
	}
	for _, c := range hit {
		fmt.Fprintf(a.io.out, "stops ИНН %s, %s\n", c.INN, calllist.DisplayName(&c))
	}
	if len(hit) > 0 {
		fmt.Fprintln(a.io.out, "A company may change its number: to stop it for good, add its ИНН too.")
	}
	return nil
}

// shared are the domains that say nothing of one firm.
func (h *house) shared() []string {
	return slices.Concat(h.config.Resolve.FreeMail, h.config.Resolve.SharedHosts)
}

// readStops reads entries one a line; none is taken if one cannot be read.
func readStops(from stopSource, shared []string) ([]store.Stop, error) {
	var out []store.Stop
	lines := bufio.NewScanner(from.text)
	for number := 1; lines.Scan(); number++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		stop, err := calllist.ParseStop(text, shared...)
		if err != nil && from.lines {
			err = fmt.Errorf("line %d: %w", number, err)
		}
		if err != nil {
			return nil, usage(err)
		}
		out = append(out, stop)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	return out, nil
}

func newStopList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Print the stop list, with the names of companies",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.within(cmd.Context(), "stop", gate.Read, func(h *house) error { return a.listStops(cmd.Context(), h) })
		},
	}
}

func (a *app) listStops(ctx context.Context, h *house) error {
	stops, err := h.store.StopList(ctx)
	if err != nil {
		return fmt.Errorf("read the stop list: %w", err)
	}
	for _, s := range stops {
		words := []string{h.stopBy(&s)}
		if s.Kind == store.StopINN {
			name, err := h.companyName(ctx, company.INN(s.Value))
			if err != nil {
				return err
			}
			words = append(words, name)
		}
		words = slices.DeleteFunc(append(words, s.Note), func(w string) bool { return w == "" })
		fmt.Fprintf(a.io.out, "%-6s  %-24s  %-8s  %s  %s\n", s.Kind, s.Value, s.Reason, s.At.Format(time.DateOnly), strings.Join(words, "  "))
	}
	return nil
}

func someArgs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage(errors.New("want at least one ИНН, phone, e-mail or domain"))
	}
	return nil
}
