package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
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
	return a.within(ctx, "explain", func(h *house) error {
		answers, err := h.night.Explain(ctx, query, day)
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(answers)
		}
		for i, answer := range answers {
			if i > 0 {
				fmt.Fprintln(a.io.out, strings.Repeat("─", 60))
			}
			if err := writeAnswer(a.io.out, answer); err != nil {
				return fmt.Errorf("print the answer: %w", err)
			}
		}
		return nil
	})
}

func writeAnswer(w io.Writer, a night.Answer) error {
	if err := a.Explanation.WriteText(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n", a.OnList)
	if len(a.Joins) > 0 {
		fmt.Fprintln(w, "\nПривязанные записи справочников:")
		for _, j := range a.Joins {
			fmt.Fprintf(w, "  %s %s «%s»\n    %s\n", j.Source, j.Key, j.Name, j.Text())
		}
	}
	fmt.Fprintln(w, "\nЧто известно и откуда:")
	title := ""
	for _, f := range a.Facts {
		head := f.Title
		if f.Key != "" && f.Field != company.FieldBranch {
			head += " " + f.Key
		}
		if head == title {
			head = ""
		} else {
			title = head
		}
		fmt.Fprintf(w, "  %-24s %s\n", head, factText(f))
	}
	return nil
}

func factText(f night.FactLine) string {
	text := f.Value + inBrackets(f.Note) + " — " + f.Source
	if f.Date.Known() {
		text += ", " + f.Date.Russian()
	}
	if f.Joined {
		text += ", по привязке"
	}
	if !f.Wins {
		text += " (уступает)"
	}
	return text
}
