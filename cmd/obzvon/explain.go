package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

func newExplain(a *app) *cobra.Command {
	var date string
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain ИНН|phone|e-mail",
		Short: "Why a company is or is not on the list: every fact, join and point (in Russian)",
		Long:  "explain shows every fact with source and date, joins, segments, what each signal\ncontributed, and why the company is or is not on the list.",
		Args:  oneArg("an ИНН, a phone or an e-mail"),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := company.ParseDate(date)
			if err != nil {
				return usage(fmt.Errorf("--date: %w", err))
			}
			return a.explain(cmd.Context(), args[0], day, asJSON)
		},
	}
	c.Flags().StringVar(&date, "date", "", "the list's day, `YYYY-MM-DD`; default the next working day")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) explain(ctx context.Context, query string, day company.Date, asJSON bool) error {
	return a.within(ctx, "explain", gate.Read, func(h *house) error {
		answers, err := h.night.Explain(ctx, query, day)
		if err != nil {
			return h.unknown(ctx, err)
		}
		if asJSON {
			return a.printJSON(answers)
		}
		for i, answer := range answers {
			if i > 0 {
				fmt.Fprintln(a.io.out, strings.Repeat("─", 60))
			}
			if err := a.writeAnswer(a.io.out, answer); err != nil {
				return fmt.Errorf("print the answer: %w", err)
			}
		}
		return nil
	})
}

func (a *app) writeAnswer(w io.Writer, n night.Answer) error {
	if err := n.Explanation.WriteText(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n", n.OnList)
	writeCalls(w, n.Calls)
	writeContacts(w, n.Contacts)
	if len(n.Visits) > 0 {
		fmt.Fprintln(w)
	}
	for i := range n.Visits {
		fmt.Fprintln(w, n.Visits[i].Text())
	}
	a.writeJoined(w, n.Joins)
	a.writeDecided(w, n.Decisions)
	writeFacts(w, n.Facts)
	return nil
}

func writeCalls(w io.Writer, calls []night.CallLine) {
	if len(calls) == 0 {
		return
	}
	fmt.Fprintln(w, "\nЗвонки:")
	for i := range calls {
		fmt.Fprintf(w, "  %s\n", calls[i].Text())
	}
}

func (a *app) writeJoined(w io.Writer, joins []night.JoinLine) {
	if len(joins) == 0 {
		return
	}
	fmt.Fprintln(w, "\nПривязанные записи справочников:")
	for i := range joins {
		j := &joins[i]
		fmt.Fprintf(w, "  %s\n    %s\n    отвязать: %s\n", listingText(j.Source, j.Key, j.Name), j.Text(), a.decideCommand("undo", j.Section, j.Key, j.INN))
	}
}

func (a *app) writeDecided(w io.Writer, decisions []night.DecisionLine) {
	if len(decisions) == 0 {
		return
	}
	fmt.Fprintln(w, "\nЧто решили люди:")
	for i := range decisions {
		d := &decisions[i]
		verb := "confirm"
		if d.Same {
			verb = "undo"
		}
		fmt.Fprintf(w, "  %s\n    %s\n    решить иначе: %s\n", listingText(d.Source, d.Key, d.Name), d.Text(), a.decideCommand(verb, d.Section, d.Key, d.INN))
	}
}

// listingText names a listing: «2ГИС 990000000001000 «Лазурный Азимут»».
func listingText(source, key, name string) string {
	if name == "" {
		return source + " " + key
	}
	return source + " " + key + " " + quoted(name)
}

// quoted puts a name in quotes, unless it has its own.
func quoted(name string) string {
	if strings.ContainsAny(name, "«\"") {
		return name
	}
	return "«" + name + "»"
}
