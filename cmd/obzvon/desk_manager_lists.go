package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/exports/web/manager"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// Days implements manager.Lists.
func (d *managerDesk) Days(ctx context.Context) (days []company.Date, now company.Date, err error) {
	h := d.live()
	if days, err = h.store.ListDays(ctx); err != nil {
		return nil, 0, fmt.Errorf("read the days of lists: %w", err)
	}
	if len(days) == 0 {
		return nil, 0, nil
	}
	today := company.DateOf(h.night.Clock().In(h.zone()))
	at, _ := slices.BinarySearch(days, today)
	return days, days[min(at, len(days)-1)], nil
}

// Sheet implements manager.Lists.
func (d *managerDesk) Sheet(ctx context.Context, day company.Date, id string) (*manager.Sheet, error) {
	h := d.live()
	frozen, err := h.frozen(ctx, day)
	if err != nil {
		return nil, err
	}
	issued, err := h.night.Issued(ctx, day)
	if err != nil {
		return nil, err
	}
	managers := managersOf(frozen)
	if id == "" && len(managers) > 0 {
		id = managers[0].ID
	}
	at := slices.IndexFunc(managers, func(m manager.Manager) bool { return m.ID == id })
	if at < 0 {
		return nil, manager.ErrNoManager
	}
	s := &manager.Sheet{Day: day, Manager: managers[at], Managers: managers}
	live := map[company.INN]bool{}
	for i := range issued.Rows {
		live[issued.Rows[i].Row.INN] = true
	}
	for i := range frozen.Rows {
		r := manager.Row{Row: frozen.Rows[i].Row}
		if r.ManagerID != id {
			continue
		}
		if r.Result, err = h.resultOf(ctx, frozen.ID, r.INN); err != nil {
			return nil, err
		}
		putRow(s, r, live[r.INN])
	}
	return s, nil
}

// putRow puts a row where it is shown: live tells that the stop list leaves it.
func putRow(s *manager.Sheet, r manager.Row, live bool) {
	said := r.Result != nil && r.Result.Outcome != ""
	if !live && !said {
		s.Withdrawn++
		return
	}
	s.Tally.Rows++
	tallyUp(&s.Tally, r.Result)
	if !live {
		s.Stopped = append(s.Stopped, r)
		return
	}
	r.Number = len(s.Rows) + 1
	s.Rows = append(s.Rows, r)
}

// frozen is a day's list as it was issued.
func (h *house) frozen(ctx context.Context, day company.Date) (*calllist.List, error) {
	list, err := h.listOf(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return nil, manager.ErrNoList
	}
	return list, err
}

// managersOf are those of a list, and those who stand on a row of it only.
func managersOf(l *calllist.List) []manager.Manager {
	var out []manager.Manager
	note := func(id, name string) {
		if id != "" && !slices.ContainsFunc(out, func(m manager.Manager) bool { return m.ID == id }) {
			out = append(out, manager.Manager{ID: id, Name: cmp.Or(name, id)})
		}
	}
	for _, m := range l.Managers {
		note(m.ID, m.Name)
	}
	for i := range l.Rows {
		note(l.Rows[i].Row.ManagerID, l.Rows[i].Row.Manager)
	}
	return out
}

// tallyUp counts a row.
func tallyUp(t *manager.Tally, r *manager.Result) {
	if r == nil {
		return
	}
	rule, ok := funnel.RuleOf(r.Outcome)
	if !ok {
		return
	}
	t.Dialled++
	if rule.Answered {
		t.Answered++
	}
	if interested(rule) {
		t.Interest++
	}
}

// resultOf is what stands of a company's row on a list; nil = nothing was put down.
func (h *house) resultOf(ctx context.Context, list string, inn company.INN) (*manager.Result, error) {
	results, err := h.store.Results(ctx, inn)
	if err != nil {
		return nil, fmt.Errorf("read results of %s: %w", inn, err)
	}
	r := standingOn(results, list)
	if r == nil {
		return nil, nil
	}
	out := &manager.Result{
		Outcome: r.Outcome, Next: r.Next, At: r.NextAt, Comment: r.Comment, Amount: r.Amount, Person: r.Person, Post: r.Post,
		Phone: phonesText(r.Phones), Email: r.Email, Saved: r.Saved, File: r.FileName,
	}
	switch r.Consent {
	case store.ConsentGiven:
		out.Consent = "да"
	case store.ConsentRefused:
		out.Consent = "нет"
	}
	return out, nil
}

// standingOn is what counts of a company's results for one list. An edit without an
// outcome that was saved after the result adds to it.
func standingOn(results []store.Result, list string) *store.Result {
	stand, _ := funnel.Standing(results)
	var out *store.Result
	for i := range stand {
		r := &stand[i]
		switch {
		case r.List != list:
		case out == nil:
			out = r
		default:
			out.Next, out.NextAt = cmp.Or(r.Next, out.Next), cmp.Or(r.NextAt, out.NextAt)
			out.Comment, out.Consent, out.Amount = cmp.Or(r.Comment, out.Comment), cmp.Or(r.Consent, out.Consent), cmp.Or(r.Amount, out.Amount)
			out.Person, out.Post, out.Email = cmp.Or(r.Person, out.Person), cmp.Or(r.Post, out.Post), cmp.Or(r.Email, out.Email)
			if len(r.Phones) > 0 {
				out.Phones = r.Phones
			}
		}
	}
	return out
}

// Past implements manager.Lists.
func (d *managerDesk) Past(ctx context.Context, days []company.Date, id string) ([]manager.PastDay, error) {
	h := d.live()
	var out []manager.PastDay
	for _, day := range days {
		list, err := h.frozen(ctx, day)
		if err != nil {
			return nil, err
		}
		past := manager.PastDay{Day: day}
		for i := range list.Rows {
			row := &list.Rows[i].Row
			if row.ManagerID != id {
				continue
			}
			r, err := h.resultOf(ctx, list.ID, row.INN)
			if err != nil {
				return nil, err
			}
			past.Rows++
			tallyUp(&past.Tally, r)
		}
		out = append(out, past)
	}
	return out, nil
}

// Workbook implements manager.Lists.
func (d *managerDesk) Workbook(ctx context.Context, day company.Date, id string) (*manager.File, error) {
	book, err := d.live().night.Handout(ctx, day, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, manager.ErrNoList
	case errors.Is(err, night.ErrNoManager):
		return nil, manager.ErrNoManager
	case err != nil:
		return nil, err
	}
	return handedOut(ctx, book, id)
}

// Book implements manager.Lists.
func (d *managerDesk) Book(ctx context.Context, day company.Date, who manager.Who) (*manager.File, error) {
	leave, err := d.enter(ctx, gate.Night, "whole book", who.Account)
	if err != nil {
		return nil, err
	}
	defer leave()
	book, err := d.live().night.Book(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return nil, manager.ErrNoList
	}
	if err != nil {
		return nil, fmt.Errorf("make the book of %s: %w", day, err)
	}
	return handedOut(ctx, book, "")
}

func handedOut(ctx context.Context, book *pipeline.Book, id string) (*manager.File, error) {
	w, err := xlsx.Handout(book, id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := w.Write(ctx, &b); err != nil {
		return nil, err
	}
	return &manager.File{Name: w.File(), Data: b.Bytes(), Rows: w.Rows()}, nil
}
