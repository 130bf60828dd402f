package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/socket"
)

// errUnsaved is files that hold more than what is to be forgotten, and nothing else
// does.
var errUnsaved = errors.New("what people wrote there is in no other place: import the files first (obzvon outcomes import), or give --force to lose it")

// allowed refuses to remove what people wrote and nobody imported.
func (w *forgetting) allowed(ctx context.Context) error {
	if w.force {
		return nil
	}
	losses, err := w.losses(ctx)
	if err != nil || len(losses) == 0 {
		return err
	}
	unsaved := make([]string, len(losses))
	for i, l := range losses {
		why := "is filled in and not imported"
		if l.unopened {
			why = "cannot be searched"
		}
		unsaved[i] = l.name + " " + why
	}
	return fmt.Errorf("%s: %w", strings.Join(unsaved, "; "), errUnsaved)
}

// loss is a file that would go with what nothing else holds.
type loss struct {
	name     string
	unopened bool // it cannot be searched: what it holds is not known
}

// losses are those files.
func (w *forgetting) losses(ctx context.Context) ([]loss, error) {
	var out []loss
	for _, f := range w.found {
		if f.Left || f.Release || f.Backup || f.Rewrite {
			continue
		}
		if !f.Unopened {
			filled, err := w.house.unsaved(ctx, f.Path)
			if err != nil {
				return nil, err
			}
			if !filled {
				continue
			}
		}
		out = append(out, loss{w.relative(f.Path), f.Unopened})
	}
	return out, nil
}

// unsaved tells a workbook into which people wrote and of which the store has
// nothing.
func (h *house) unsaved(ctx context.Context, path string) (bool, error) {
	book, err := readFile(socket.Disk{}, path)
	var refused *heading.Refusal
	switch {
	case errors.As(err, &refused):
		return false, nil // no list of ours, nor a table of results
	case err != nil:
		return false, err
	case book.Sheet.List == nil:
		return false, nil
	}
	filled := len(book.Decisions) > 0
	for _, row := range book.Sheet.Rows {
		inn, err := company.ParseINNCell(row.Cells[heading.TitleINN])
		if err != nil || !differs(row.Cells, book.Sheet.List.Issued[inn]) {
			continue
		}
		filled = true
		results, err := h.store.Results(ctx, inn)
		if err != nil {
			return false, fmt.Errorf("read the results of %s: %w", inn, err)
		}
		for i := range results {
			if results[i].File == book.Sheet.Digest {
				return false, nil
			}
		}
	}
	if !filled || len(book.Decisions) == 0 {
		return filled, nil
	}
	return h.undecided(ctx, book)
}

// undecided tells whether a decision of a book is not in the store.
func (h *house) undecided(ctx context.Context, book *xlsx.Returned) (bool, error) {
	stand, err := h.store.Decisions(ctx)
	if err != nil {
		return false, fmt.Errorf("read what was decided: %w", err)
	}
	for _, d := range book.Decisions {
		for _, inn := range d.INNs {
			known := false
			for _, s := range stand {
				known = known || s.ID.Source == d.Source && s.ID.Key == d.Key && s.INN == inn
			}
			if !known {
				return true, nil
			}
		}
	}
	return false, nil
}

// differs tells a row that does not show what it was issued with.
func differs(cells, issued map[string]string) bool {
	for title, text := range cells {
		if strings.TrimSpace(text) != strings.TrimSpace(issued[title]) {
			return true
		}
	}
	return false
}

// inputs are the files of sources that lie elsewhere and hold what is forgotten:
// they are not ours to change.
func (w *forgetting) inputs(ctx context.Context) []string {
	var out []string
	for _, s := range w.house.night.Sources {
		inputs, err := expander().Expand(s.Section.Paths)
		if err != nil {
			continue // the night says so
		}
		for _, in := range inputs {
			path := in.Path
			if path == "" || within(path, w.house.dir) {
				continue
			}
			if hit, err := w.forgotten.File(ctx, path); err == nil && hit {
				out = append(out, path)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func within(path, dir string) bool {
	name, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(name)
}

// fate says what becomes of a file, in Russian.
func fate(f erasure.File, dry bool) string {
	removed, rewritten := "удалён", "записан заново без этого"
	if dry {
		removed, rewritten = "будет удалён", "будет записан заново без этого"
	}
	switch {
	case f.Backup:
		return "резервная копия, в ней это осталось: удалите её и сделайте новую"
	case f.Left:
		return removed + ": остаток прерванной записи"
	case f.Rewrite:
		return rewritten
	case f.Unopened:
		return removed + ": его нельзя просмотреть"
	case f.Release:
		return removed + ": публичный выпуск; следующая ночь может скачать его снова, но этого из него не возьмёт"
	case strings.HasPrefix(filepath.Base(f.Path), "call-list-"):
		return removed + "; книги дня запишет снова obzvon export --date ДЕНЬ"
	}
	return removed
}
