package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/store"
)

// whole tells that every file was taken and every row understood.
func (r *importing) whole() bool {
	return !slices.ContainsFunc(r.Files, func(f imported) bool {
		return f.Refused != "" || f.Unclear() > 0 || f.Decisions != nil && len(f.Decisions.Problems) > 0
	})
}

// allRefused is the error of an import of which nothing came.
func (r *importing) allRefused() error {
	var all []error
	for i := range r.Files {
		f := &r.Files[i]
		if f.Refused == "" || f.Decisions != nil {
			return nil
		}
		err := fmt.Errorf("%s: %w: %s", f.Name, f.err, f.Refused)
		if errors.Is(f.err, intake.ErrSample) {
			err = usage(err)
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// stoppedToo names the companies that share a number which was stopped for
// another one's sake.
func (h *house) stoppedToo(ctx context.Context, r *importing) ([]stoppedToo, error) {
	var phones []store.Stop
	own := map[company.INN]bool{}
	for i := range r.Files {
		for _, s := range r.Files[i].Stops {
			switch s.Kind {
			case store.StopPhone:
				phones = append(phones, s)
			case store.StopINN:
				own[company.INN(s.Value)] = true
			case store.StopEmail, store.StopDomain:
			}
		}
	}
	hit, err := h.night.Stopped(ctx, phones)
	if err != nil {
		return nil, fmt.Errorf("look for stopped companies: %w", err)
	}
	var out []stoppedToo
	for i := range hit {
		if !own[hit[i].INN] {
			out = append(out, stoppedToo{hit[i].INN, calllist.DisplayName(&hit[i])})
		}
	}
	slices.SortFunc(out, func(a, b stoppedToo) int { return cmp.Compare(a.INN, b.INN) })
	return out, nil
}

func (a *app) writeImport(r *importing, h *house) {
	for i := range r.Files {
		a.writeImported(&r.Files[i], h)
	}
	for _, c := range r.Conflicts {
		fmt.Fprintf(a.io.out, "расхождение: %s\n", c.Text)
	}
	if r.Unread {
		fmt.Fprintln(a.io.out, "здесь ещё не прочитан ни один источник: компании по ИНН запомнены, а по телефону их пока не найти; "+
			"строки без ИНН загрузите ещё раз после obzvon pull")
	}
	for _, o := range r.Others {
		fmt.Fprintf(a.io.out, "по номеру из стоп-листа не звоним и ей: ИНН %s, %s\n", o.INN, o.Name)
	}
}

func (a *app) writeImported(f *imported, h *house) {
	if f.Refused != "" {
		fmt.Fprintf(a.io.out, "%s: не взят: %s\n", f.Name, f.Refused)
	} else if f.Rows > 0 {
		fmt.Fprintf(a.io.out, "%s: %s, сохранён %s: строк %d: с результатом %d, не тронуто %d, только правки %d, не понято %d, понято частично %d; новых %d, изменено %d, те же %d\n",
			f.Name, h.listText(&f.File), clockOf(f.Saved, h.zone()), f.Rows, f.Taken, f.Untouched, f.Edited, f.Problems, f.Partial, f.New, f.Changed, f.Same)
	}
	for _, n := range f.Notes {
		fmt.Fprintf(a.io.out, "  %s\n", noteLine(&n))
	}
	if len(f.Stops) > 0 {
		fmt.Fprintf(a.io.out, "  в стоп-лист: %s\n", stopWords(f.Stops))
	}
	for _, m := range f.Marks {
		fmt.Fprintf(a.io.out, "  ИНН %s: теперь звонит %s\n", m.INN, h.managerName(m.Value))
	}
	if d := f.Decisions; d != nil {
		fmt.Fprintf(a.io.out, "%s, «%s»: решений записано %d, известно раньше %d, старше действующих %d, не понято %d, осталось решить %d\n",
			f.Name, xlsx.SheetReview, d.Remembered, d.Known, len(d.Older), len(d.Problems), d.Open)
		for _, p := range slices.Concat(d.Older, d.Problems) {
			fmt.Fprintf(a.io.out, "  «%s», строка %d: %s\n", xlsx.SheetReview, p.Row, p.Text)
		}
	}
}

func (h *house) listText(f *intake.File) string {
	switch {
	case f.List == "":
		return "таблица"
	case f.Manager == "":
		return "общая книга на " + f.Day.Russian()
	}
	return "список на " + f.Day.Russian() + ", " + h.managerName(f.Manager)
}

// noteLine is Russian: managers and the head correct their files by it.
func noteLine(n *intake.Note) string {
	mark := " "
	if n.Problem {
		mark = "!"
	}
	where := ""
	if n.Row > 0 {
		where = fmt.Sprintf("строка %d", n.Row)
		if n.Company != "" {
			where += ", " + n.Company
		}
		where += ": "
	}
	return mark + " " + where + n.Text
}

func stopWords(stops []store.Stop) string {
	words := make([]string, len(stops))
	for i, s := range stops {
		words[i] = s.Value
		if s.Kind == store.StopINN {
			words[i] = "ИНН " + s.Value
		}
		if s.Reason == calllist.StopClient {
			words[i] += " (клиент)"
		}
	}
	return strings.Join(words, ", ")
}
