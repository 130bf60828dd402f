package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func newOutcomes(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "outcomes",
		Short: "What people wrote into the workbooks",
		Args:  noSuchCommand,
		RunE:  showHelp,
	}
	c.AddCommand(&cobra.Command{
		Use:   "import FILE…",
		Short: "Take over the decisions of «На проверку»: да joins for ever, нет never joins",
		Long: "import reads whole books that came back (call-list-YYYY-MM-DD.xlsx). A row of\n" +
			"«На проверку» with «да» in «Решение» makes the listing part of the company of\n" +
			"«ИНН кандидата», «нет» never joins them. The next run follows it, and so does\n" +
			"every later one; `obzvon joins undo` and `confirm` change a decision. A file\n" +
			"may be imported again: a book counts from when it was saved, and what was\n" +
			"decided later stands. Rows that cannot be understood are named, the others\n" +
			"count, and the command ends with code 3.",
		Args: someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "outcomes", func(h *house) error { return a.importOutcomes(cmd.Context(), h, args) })
		},
	})
	return c
}

func (a *app) importOutcomes(ctx context.Context, h *house, paths []string) error {
	known, err := h.store.Decisions(ctx)
	if err != nil {
		return fmt.Errorf("read what was decided: %w", err)
	}
	t := taking{house: h, stands: map[store.ObservationID][]store.Decision{}, by: whoami(), now: time.Now()}
	for _, d := range known {
		t.note(d)
	}
	short := false
	for _, path := range paths {
		book, err := readReturned(path, h.sample)
		if err != nil {
			return err
		}
		took, err := t.take(ctx, book)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		problems := append(book.Problems, took.problems...)
		fmt.Fprintf(a.io.out, "%s: %d decisions remembered, %d known before, %d older than what stands, %d rows not understood, %d left open\n",
			filepath.Base(path), took.kept, took.known, len(took.older), len(problems), book.Blank)
		for _, p := range append(took.older, problems...) {
			fmt.Fprintf(a.io.out, "  «%s», row %d: %s\n", xlsx.SheetReview, p.Row, p.Text)
		}
		short = short || len(problems) > 0
	}
	if short {
		return errShort
	}
	return nil
}

func readReturned(path string, sample bool) (*xlsx.Returned, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("read a workbook: %w", err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read a workbook: %w", err)
	}
	book, err := xlsx.ReadReturned(f, info.Size())
	switch {
	case errors.Is(err, xlsx.ErrNoReview):
		return nil, fmt.Errorf("%s: %w: decisions stand in the whole book, call-list-%s.xlsx", path, err, "YYYY-MM-DD")
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	case book.Sample != sample:
		return nil, usage(fmt.Errorf("%s: sample data and real data do not mix: the book has invented companies: %v, the store: %v", path, book.Sample, sample))
	}
	return book, nil
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
