package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// marksOf are what people settled about a company, with "" about all.
func (h *house) marksOf(ctx context.Context, inn company.INN) ([]store.Mark, error) {
	all, err := h.store.Marks(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was settled: %w", err)
	}
	if inn == "" {
		return all, nil
	}
	return slices.DeleteFunc(all, func(m store.Mark) bool { return m.INN != inn }), nil
}

// markText says in Russian what was settled, by whom and when.
func (h *house) markText(m *store.Mark) string {
	what := map[store.MarkKind]string{
		store.MarkManager: "менеджер: " + h.managerName(m.Value), store.MarkPin: "закреплена за: " + h.managerName(m.Value),
		store.MarkTarget: "в ТОП-20 вручную", store.MarkReleased: "снята с ТОП-20",
	}[m.Kind]
	text := fmt.Sprintf("%s (%s, %s", what, m.By, m.At.In(h.zone()).Format("02.01.2006 15:04"))
	if m.Note != "" {
		text += ", " + m.Note
	}
	return text + ")"
}

// putMarks settles the same about companies and takes other kinds of mark away
// that speak against it.
func (h *house) putMarks(ctx context.Context, inns []company.INN, mark store.Mark, instead ...store.MarkKind) error {
	marks := make([]store.Mark, len(inns))
	for i, inn := range inns {
		marks[i] = mark
		marks[i].INN = inn
	}
	if err := h.writeMarks(ctx, marks); err != nil || len(instead) == 0 {
		return err
	}
	for _, inn := range inns {
		if _, err := h.dropMarks(ctx, inn, instead...); err != nil {
			return err
		}
	}
	return nil
}

// writeMarks signs marks, tells of them and writes them.
func (h *house) writeMarks(ctx context.Context, marks []store.Mark) error {
	for i := range marks {
		marks[i].By, marks[i].At = h.by, time.Now()
	}
	if err := h.tellMarks(ctx, journal.KindMark, marks); err != nil {
		return err
	}
	if err := h.store.PutMarks(ctx, marks); err != nil {
		return fmt.Errorf("write what was settled: %w", err)
	}
	return nil
}

// dropMarks takes a company's marks of some kinds away and returns them.
func (h *house) dropMarks(ctx context.Context, inn company.INN, kinds ...store.MarkKind) ([]store.Mark, error) {
	marks, err := h.marksOf(ctx, inn)
	if err != nil {
		return nil, err
	}
	marks = slices.DeleteFunc(marks, func(m store.Mark) bool { return !slices.Contains(kinds, m.Kind) })
	if err := h.tellMarks(ctx, journal.KindUnmark, marks); err != nil {
		return nil, err
	}
	for _, m := range marks {
		if err := h.store.DropMark(ctx, m.INN, m.Kind); err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, fmt.Errorf("take a mark away: %w", err)
		}
	}
	return marks, nil
}

// knownINNs reads ИНН of companies that some source knows; none is taken if one is
// wrong.
func (h *house) knownINNs(ctx context.Context, args []string) ([]company.INN, error) {
	var out []company.INN
	for _, arg := range args {
		inn, err := company.ParseINNCell(arg)
		if err != nil {
			return nil, usage(err)
		}
		_, err = h.store.Dossier(ctx, inn)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return nil, usage(fmt.Errorf("no source knows a company with ИНН %s", inn))
		case err != nil:
			return nil, fmt.Errorf("look for company %s: %w", inn, err)
		}
		if !slices.Contains(out, inn) {
			out = append(out, inn)
		}
	}
	return out, nil
}
