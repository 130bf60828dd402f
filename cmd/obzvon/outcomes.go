package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newOutcomes(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "outcomes",
		Short: "What people wrote into call lists and tables",
		Args:  noSuchCommand,
		RunE:  showHelp,
	}
	c.AddCommand(newOutcomesImport(a), newOutcomesShow(a), newOutcomesExport(a))
	return c
}

func newOutcomesImport(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take over filled call lists, and tables of clients, contacts and referrals",
		Long: "import reads filled call lists (call-list-….xlsx, of a manager or the whole book)\n" +
			"and plain tables (.xlsx, .csv) of existing clients, fair contacts and referrals:\n" +
			"ИНН or Телефон, Результат, Менеджер, Источник, Дата, Сумма. Columns are found by\n" +
			"their titles; several files may be given, in any order, and a file may be imported\n" +
			"again. Row by row it says what it could not read; the other rows count. Tables may\n" +
			"come before the first run, so that it calls no client.\n\n" +
			"A client's row without «Дата» is one of long standing, whom nobody welcomes anew;\n" +
			"so is one without «Результат» whose «Источник» begins with «клиент».\n\n" +
			"«Не звонить», and «нет» in «Согласие», put the company and all its numbers on the\n" +
			"stop list at once. Of two files that tell different things of one call the one\n" +
			"that was saved later counts, and the conflict is named. In the whole book another\n" +
			"name in «Менеджер» gives the company to that manager.\n\n" +
			"A row of «На проверку» with «да» in «Решение» makes the listing part of the\n" +
			"company of «ИНН кандидата», «нет» never joins them. The next run follows it, and\n" +
			"so does every later one; `obzvon joins undo` and `confirm` change a decision. A\n" +
			"book counts from when it was saved, and what was decided later stands.\n\n" +
			"Rows that were not understood, or a file of several that was refused, end the\n" +
			"command with code 3.",
		Args: someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "outcomes", gate.Write, func(h *house) error {
				return a.importOutcomes(cmd.Context(), h, args, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func someFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage(errors.New("want at least one file"))
	}
	return nil
}

// impossible says in Russian why a decision could have no effect, "" if it can.
func (t *taking) impossible(ctx context.Context, id store.ObservationID, inn company.INN, same bool) (string, error) {
	o, err := t.house.store.Get(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "такой записи больше нет в источнике " + id.Source, nil
	case err != nil:
		return "", fmt.Errorf("read listing %s %s: %w", id.Source, id.Key, err)
	case o.INN != "":
		return "источник теперь сам называет ИНН " + string(o.INN) + ": решать нечего", nil
	case !same:
		return "", nil
	}
	_, err = t.house.store.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return "компании с ИНН " + string(inn) + " нет в базе", nil
	}
	return "", err
}
