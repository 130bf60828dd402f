package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/store"
)

func newOutcomesExport(a *app) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "export FILE.csv",
		Short: "Write all results as a table for other tools, \"-\" to standard output",
		Long: "export writes every result that was brought in, a row each, with whether it counts:\n" +
			"CSV in UTF-8 with semicolons, as Excel opens it here. Where the table is opened\n" +
			"as text, ИНН keep their zeros. A file that is there is not replaced without --force.",
		Args: oneArg("the file's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "outcomes", gate.Read, func(h *house) error { return a.exportOutcomes(cmd.Context(), h, args[0], force) })
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace a file that stands there")
	return c
}

func (a *app) exportOutcomes(ctx context.Context, h *house, path string, force bool) (err error) {
	if err := h.toldBefore(ctx); err != nil {
		return err
	}
	if path == "-" {
		_, err := h.writeOutcomes(ctx, a.io.out)
		return err
	}
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := a.disk().OpenFile(path, how, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usage(fmt.Errorf("%s is there already; --force replaces it", path))
	}
	if err != nil {
		return usage(fmt.Errorf("write results: %w", err))
	}
	rows, err := h.writeOutcomes(ctx, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(a.io.out, "%s: %d results\n", path, rows)
	return nil
}

// exportTitles are those of the table, Russian as the call list's.
var exportTitles = []string{
	"ИНН", "Дата", "Список", "Менеджер", "Результат", "Учтён", "Следующий контакт", "Комментарий", "Согласие", "Сумма (₽)",
	"Телефон", "Другие телефоны", "ЛПР", "Должность ЛПР", "E-mail", "Источник", "Файл", "Строка", "Сохранён", "Загрузил",
}

// writeOutcomes writes the results company by company.
func (h *house) writeOutcomes(ctx context.Context, w io.Writer) (rows int, err error) {
	const byteOrderMark = "\ufeff" // by which Excel knows UTF-8
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return 0, fmt.Errorf("write results: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	if err := out.Write(exportTitles); err != nil {
		return 0, fmt.Errorf("write results: %w", err)
	}
	const page = 1000
	var firm []store.Result
	flush := func() error {
		n, err := h.writeFirm(out, firm)
		rows, firm = rows+n, firm[:0]
		return err
	}
	for after := (store.ResultKey{}); ; {
		some, err := h.store.ResultsAfter(ctx, after, page)
		if err != nil {
			return rows, fmt.Errorf("read results: %w", err)
		}
		for _, r := range some {
			if len(firm) > 0 && firm[0].INN != r.INN {
				if err := flush(); err != nil {
					return rows, err
				}
			}
			firm = append(firm, r)
		}
		if len(some) < page {
			break
		}
		after = some[len(some)-1].Key()
	}
	if err := flush(); err != nil {
		return rows, err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return rows, fmt.Errorf("write results: %w", err)
	}
	return rows, nil
}

func (h *house) writeFirm(out *csv.Writer, firm []store.Result) (int, error) {
	standing, _ := funnel.Standing(firm)
	for i := range firm {
		r := &firm[i]
		counts := word(slices.ContainsFunc(standing, func(s store.Result) bool { return s.Key() == r.Key() }))
		if err := out.Write(h.exportRow(r, counts)); err != nil {
			return i, fmt.Errorf("write results: %w", err)
		}
	}
	return len(firm), nil
}

func (h *house) exportRow(r *store.Result, counts string) []string {
	next := r.Next.Russian()
	if r.NextAt != 0 {
		next += fmt.Sprintf(" %02d:%02d", r.NextAt/60, r.NextAt%60)
	}
	consent := map[string]string{store.ConsentGiven: "да", store.ConsentRefused: "нет"}[r.Consent]
	amount := ""
	if r.Amount != 0 {
		amount = strconv.FormatInt(r.Amount, 10)
	}
	var phone, others string
	if len(r.Phones) > 0 {
		phone = exportPhone(r.Phones[0])
		var more []string
		for _, p := range r.Phones[1:] {
			more = append(more, exportPhone(p))
		}
		others = strings.Join(more, ", ")
	}
	day := r.Day.Russian()
	if r.Undated { // brought in again it is so still
		day = ""
	}
	row := []string{
		string(r.INN), day, r.List, r.Manager, r.Outcome, counts, next, r.Comment, consent, amount,
		phone, others, r.Person, r.Post, r.Email, r.Origin, r.FileName, strconv.Itoa(r.Row), clockOf(r.Saved, h.zone()), r.By,
	}
	for i, cell := range row {
		row[i] = harmless(cell)
	}
	return row
}

// exportPhone writes a number as people here dial it: a cell that begins with "+"
// is a sum to an editor.
func exportPhone(value string) string {
	p, ok := company.PhoneFromValue(value)
	if !ok {
		return value
	}
	pretty := p.Pretty()
	if rest, ours := strings.CutPrefix(pretty, "+7"); ours {
		return "8" + rest
	}
	return pretty
}

// harmless keeps an editor from computing a text that begins like a formula
// (CWE-1236).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
