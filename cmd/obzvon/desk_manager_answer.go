package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/exports/web/manager"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// linesMost is how many rows are told one by one; of longer files those that there
// is something to say of.
const linesMost = 300

// answerUpload is what an upload came to, row by row.
func (h *house) answerUpload(ctx context.Context, out *importing, books []*xlsx.Returned, began time.Time) (*manager.Answer, error) {
	a := &manager.Answer{Unread: out.Unread}
	for i := range out.Files {
		f := &out.Files[i]
		b := h.brought(f)
		if books[i] != nil && f.Refused == "" {
			var err error
			if b.Lines, err = h.lines(ctx, f, &books[i].Sheet, began); err != nil {
				return nil, err
			}
		}
		a.Files = append(a.Files, b)
	}
	for _, c := range out.Conflicts {
		a.Conflicts = append(a.Conflicts, c.Text)
	}
	for _, o := range out.Others {
		a.Others = append(a.Others, manager.Named{INN: o.INN, Name: o.Name})
	}
	days, err := h.store.ListDays(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the days of lists: %w", err)
	}
	today := company.DateOf(h.night.Clock().In(h.zone()))
	if at, _ := slices.BinarySearch(days, today+1); at < len(days) {
		a.Next = days[at]
	}
	return a, nil
}

func (h *house) brought(f *imported) manager.Brought {
	b := manager.Brought{
		Name: f.Name, Digest: f.Digest, Refused: f.Refused, What: h.listText(&f.File), Saved: f.Saved,
		Rows: f.Rows, Taken: f.Taken, Edited: f.Edited, Untouched: f.Untouched, Problems: f.Problems,
		New: f.New, Changed: f.Changed, Same: f.Same,
	}
	for i := range f.Notes {
		if n := &f.Notes[i]; n.Row == 0 {
			b.Notes = append(b.Notes, n.Text)
		}
	}
	for i := range f.Stops {
		b.Stopped = append(b.Stopped, stopWords(f.Stops[i:i+1]))
	}
	for _, m := range f.Marks {
		b.Moved = append(b.Moved, fmt.Sprintf("ИНН %s: теперь звонит %s", m.INN, h.managerName(m.Value)))
	}
	if d := f.Decisions; d != nil {
		b.Decisions = &manager.Decided{Remembered: d.Remembered, Known: d.Known, Older: len(d.Older), Open: d.Open}
		for _, p := range slices.Concat(d.Older, d.Problems) {
			b.Decisions.Problems = append(b.Decisions.Problems, fmt.Sprintf("строка %d: %s", p.Row, p.Text))
		}
	}
	return b
}

// lines tells what came of each row that says anything.
func (h *house) lines(ctx context.Context, f *imported, sheet *pipeline.Returned, began time.Time) ([]manager.Line, error) {
	notes := map[int][]*intake.Note{}
	rows := map[int]*pipeline.ReturnedRow{}
	for i := range f.Notes {
		notes[f.Notes[i].Row] = append(notes[f.Notes[i].Row], &f.Notes[i])
	}
	for i := range sheet.Rows {
		rows[sheet.Rows[i].Row] = &sheet.Rows[i]
	}
	var numbers []int
	for n := range rows {
		numbers = append(numbers, n)
	}
	for n := range notes {
		if n > 0 && rows[n] == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	var out []manager.Line
	for _, n := range numbers {
		line, says, err := h.line(ctx, f, n, rows[n], notes[n], began)
		if err != nil {
			return nil, err
		}
		if says {
			out = append(out, line)
		}
	}
	if len(out) > linesMost {
		out = slices.DeleteFunc(out, func(l manager.Line) bool { return len(l.Unread)+len(l.Remarks) == 0 })
		out = out[:min(len(out), linesMost)]
	}
	return out, nil
}

// line is false for a row that says nothing.
func (h *house) line(ctx context.Context, f *imported, number int, row *pipeline.ReturnedRow, notes []*intake.Note, began time.Time) (l manager.Line, says bool, err error) {
	l = manager.Line{Row: number, State: manager.LineProblem}
	if row != nil {
		l.Company, l.Outcome = rowText(row.Cells[heading.TitleCompany]), rowText(row.Cells[heading.TitleResult])
		if inn, ok := intake.ReadINN(row.Cells[heading.TitleINN]); ok {
			l.INN = inn
		}
	}
	for _, n := range notes {
		l.INN, l.Company = cmp.Or(l.INN, n.INN), cmp.Or(l.Company, n.Company)
		if n.Problem {
			l.Unread = append(l.Unread, n.Text)
		} else {
			l.Remarks = append(l.Remarks, n.Text)
		}
	}
	if l.INN == "" {
		return l, len(notes) > 0, nil
	}
	results, err := h.store.Results(ctx, l.INN)
	if err != nil {
		return l, false, fmt.Errorf("read results of %s: %w", l.INN, err)
	}
	at := slices.IndexFunc(results, func(r store.Result) bool { return r.File == f.Digest && r.Row == number })
	if at < 0 {
		return l, len(notes) > 0, nil
	}
	switch r := &results[at]; {
	case r.Taken.Before(began.UTC()):
		l.State, l.Outcome = manager.LineSame, r.Outcome
	case r.Outcome == "":
		l.State = manager.LineEdited
	default:
		l.State, l.Outcome = manager.LineTaken, r.Outcome
	}
	return l, true, nil
}

func rowText(text string) string { return strings.Join(strings.Fields(text), " ") }
