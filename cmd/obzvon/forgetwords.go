package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"obzvon/pipeline/erasure"
	"obzvon/pipeline/store/bolt"
)

func (w *forgetting) writeSubject(out io.Writer) {
	s := w.subject
	switch s.Kind {
	case erasure.SubjectSole:
		fmt.Fprintf(out, "ИНН %s is a sole proprietor's: everything of it goes\n", s.Value)
	case erasure.SubjectFirm:
		fmt.Fprintf(out, "ИНН %s is a legal entity's: its people go, what is known of the company stays\n", s.Value)
	case erasure.SubjectPhone, erasure.SubjectEmail:
		fmt.Fprintf(out, "%s %s\n", s.Kind, s.Value)
	}
	if !w.plan.Known && !w.known {
		fmt.Fprintln(out, "the store does not know it; it will not be taken in")
	}
	if len(w.plan.With) > 0 {
		fmt.Fprintf(out, "with it, since nobody else has them: %s\n", strings.Join(w.plan.With, ", "))
	}
	if len(w.plan.Shared) > 0 {
		fmt.Fprintf(out, "others have them too, and keep them: %s\n", strings.Join(w.plan.Shared, ", "))
	}
}

// rehearse says what would be erased.
func (w *forgetting) rehearse(ctx context.Context, out io.Writer) error {
	for _, f := range w.found {
		fmt.Fprintf(out, "%s %s\n", w.relative(f.Path), fate(f, true))
	}
	count, err := w.sweep(true).Run(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "would be erased: %s\n", countWords(count))
	w.writeInputs(ctx, out)
	return nil
}

// erase does it, all but the free pages of the store.
func (w *forgetting) erase(ctx context.Context, out io.Writer) error {
	if err := w.remember(ctx); err != nil {
		return fmt.Errorf("remember what is forgotten: %w", err)
	}
	for _, f := range w.found {
		if err := w.files.Erase(f); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s %s\n", w.relative(f.Path), fate(f, false))
	}
	count, err := w.sweep(false).Run(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "erased: %s\n", countWords(count))
	w.writeInputs(ctx, out)
	return nil
}

func (w *forgetting) writeInputs(ctx context.Context, out io.Writer) {
	for _, path := range w.inputs(ctx) {
		fmt.Fprintf(out, "%s is a source's input that holds it, outside the data folder: it stays, and nothing of it is taken in\n", path)
	}
}

func (w *forgetting) writeEnd(out io.Writer, sizes bolt.Sizes) {
	fmt.Fprintf(out, "free pages: registry %s before, %s after; state %s before, %s after\n",
		byteSize(sizes.Before), byteSize(sizes.After), byteSize(sizes.StateBefore), byteSize(sizes.StateAfter))
	fmt.Fprintf(out, "kept: %d digests under the key %s, which is in no backup: keep a copy of it elsewhere\n", len(w.digests), erasure.KeyName)
	fmt.Fprintln(out, "Backups that were written before still hold it, wherever they lie: delete them, or run the same command after a restore.")
	fmt.Fprintln(out, "So do files that managers have on their own machines, and exports that sources were read from.")
}

// countWords says what was erased: «3 rows of lists, 1 result».
func countWords(c erasure.Count) string {
	var out []string
	for _, part := range []struct {
		n          int
		one, other string
	}{
		{c.Observations, "observation", "observations"},
		{c.Changed, "observation in part", "observations in part"},
		{c.Joins, "join's evidence", "joins' evidence"},
		{c.Entries, "index entry", "index entries"},
		{c.Events, "event", "events"},
		{c.Visits, "memory of a visit", "memories of visits"},
		{c.Rejects, "rejected row", "rejected rows"},
		{c.Pulls, "state of a pull", "states of pulls"},
		{c.Rows, "row of a list", "rows of lists"},
		{c.Runs, "report of a run", "reports of runs"},
		{c.Results, "result", "results"},
		{c.Marks, "mark", "marks"},
		{c.Stops, "stop, whose digest stays in force", "stops, whose digests stay in force"},
		{c.Lines, "line of the journal", "lines of the journal"},
	} {
		switch {
		case part.n == 1:
			out = append(out, "1 "+part.one)
		case part.n > 1:
			out = append(out, fmt.Sprintf("%d %s", part.n, part.other))
		}
	}
	if len(out) == 0 {
		return "nothing in the store"
	}
	return strings.Join(out, ", ")
}

// declareLost gives up the digests of a key that is gone.
func (a *app) declareLost(ctx context.Context, h *house) error {
	key, err := erasure.ReadKey(h.dir)
	if err != nil {
		return err
	}
	digests, err := h.store.Forgotten(ctx)
	if err != nil {
		return fmt.Errorf("read what was forgotten: %w", err)
	}
	lost, n := erasure.Lost(key, digests)
	if n == 0 {
		fmt.Fprintln(a.io.out, "every digest is under the key that is there")
		return nil
	}
	if err := h.store.AddForgotten(ctx, lost); err != nil {
		return err
	}
	fmt.Fprintf(a.io.out, "%d digests are worth nothing now: forget anew whom your records name\n", n)
	return nil
}
