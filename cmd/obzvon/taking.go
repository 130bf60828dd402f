package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// taking turns filled rows into decisions of the store. A decision is as old as
// the book that it stands in: what was decided later is not overridden.
type taking struct {
	house  *house
	stands map[store.ObservationID][]store.Decision // of each ИНН one
	by     string
	now    time.Time
}

// taken is what came of the rows of one book.
type taken struct {
	kept, known     int // decisions
	older, problems []xlsx.Problem
}

// deciding knows what was decided before.
func (h *house) deciding(ctx context.Context) (*taking, error) {
	known, err := h.store.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was decided: %w", err)
	}
	t := &taking{house: h, stands: map[store.ObservationID][]store.Decision{}, by: h.by, now: time.Now()}
	for _, d := range known {
		t.note(d)
	}
	return t, nil
}

// decisions takes over «На проверку», nil for a file without that sheet.
func (t *taking) decisions(ctx context.Context, book *xlsx.Returned) (*decided, error) {
	if len(book.Decisions)+len(book.Problems)+book.Blank == 0 {
		return nil, nil
	}
	took, err := t.take(ctx, book)
	if err != nil {
		return nil, err
	}
	return &decided{
		Remembered: took.kept, Known: took.known, Open: book.Blank, Older: took.older,
		Problems: append(slices.Clone(book.Problems), took.problems...),
	}, nil
}

func (t *taking) take(ctx context.Context, book *xlsx.Returned) (out taken, err error) {
	at := book.Saved
	if at.After(t.now) { // by a clock that is fast
		at = t.now
	}
	several := severalSame(book.Decisions)
	for _, row := range book.Decisions {
		id := store.ObservationID{Source: row.Source, Key: row.Key}
		if row.Same && several[id] {
			out.problems = append(out.problems, xlsx.Problem{Row: row.Row, Text: "«да» стоит у нескольких компаний одной записи: оставьте одно"})
			continue
		}
		for _, inn := range row.INNs {
			d := store.Decision{ID: id, INN: inn, Same: row.Same, By: t.by, At: at}
			if err := t.decide(ctx, d, row.Row, &out); err != nil {
				return out, fmt.Errorf("row %d: %w", row.Row, err)
			}
		}
	}
	return out, nil
}

// severalSame are the listings that a book gives to several companies.
func severalSame(rows []xlsx.Decision) map[store.ObservationID]bool {
	first, several := map[store.ObservationID]company.INN{}, map[store.ObservationID]bool{}
	for _, row := range rows {
		id := store.ObservationID{Source: row.Source, Key: row.Key}
		for _, inn := range row.INNs {
			if !row.Same {
				continue
			}
			if was, ok := first[id]; ok && was != inn {
				several[id] = true
			}
			first[id] = inn
		}
	}
	return several
}

// decide remembers what the row says, if it can be and nothing later stands.
func (t *taking) decide(ctx context.Context, d store.Decision, row int, out *taken) error {
	before, known := t.before(d)
	switch {
	case known:
		out.known++
		if !d.At.After(before.At) {
			return nil
		}
	case before.At.After(d.At):
		out.older = append(out.older, xlsx.Problem{Row: row, Text: olderText(d, before, t.house.zone())})
		return nil
	default:
		text, err := t.impossible(ctx, d.ID, d.INN, d.Same)
		if err != nil {
			return err
		}
		if text != "" {
			out.problems = append(out.problems, xlsx.Problem{Row: row, Text: text})
			return nil
		}
		out.kept++
	}
	if err := t.house.tellDecision(ctx, d); err != nil {
		return err
	}
	if err := t.house.store.Decide(ctx, d); err != nil {
		return fmt.Errorf("remember the decision: %w", err)
	}
	t.note(d)
	return nil
}

// before is the decision that says the same and is in force, known, or else the
// latest that speaks against it, zero if none does: another word on the two, or
// of a listing that is one company's that it is another's.
func (t *taking) before(d store.Decision) (before store.Decision, known bool) {
	var own, whose store.Decision // on the two; whose the listing is, by the latest word
	for _, s := range t.stands[d.ID] {
		if s.INN == d.INN {
			own = s
		}
		if s.Same && (whose.INN == "" || cmp.Or(s.At.Compare(whose.At), cmp.Compare(s.INN, whose.INN)) > 0) {
			whose = s
		}
	}
	another := d.Same && whose.INN != "" && whose.INN != d.INN
	switch said := own.INN != "" && own.Same == d.Same; {
	case said && !another:
		return own, true
	case another && (said || whose.At.After(own.At)):
		return whose, false
	}
	return own, false
}

func (t *taking) note(d store.Decision) {
	t.stands[d.ID] = append(slices.DeleteFunc(t.stands[d.ID], func(s store.Decision) bool { return s.INN == d.INN }), d)
}

// olderText says which decision stands instead of a row's, and how to make the
// row's the last word.
func olderText(row, stands store.Decision, zone *time.Location) string {
	when := func(at time.Time) string { return at.In(zone).Format("02.01.2006 15:04") }
	said := "ИНН " + string(stands.INN) + ": " + word(stands.Same)
	verb := "undo"
	if row.Same {
		verb = "confirm"
	}
	return fmt.Sprintf("строка устарела: файл сохранён %s, а %s решено «%s» (%s), так и остаётся. Если верна строка: obzvon joins %s %s %s %s",
		when(row.At), when(stands.At), said, cmp.Or(stands.By, "кто, неизвестно"), verb, row.ID.Source, asArgument(row.ID.Key), row.INN)
}

// word is a decision as it stands in «Решение».
func word(same bool) string {
	if same {
		return "да"
	}
	return "нет"
}
