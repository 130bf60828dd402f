package night

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// freshSince tells, for each company with a change after the last completed
// run of an earlier day, what is new, in Russian. A first run finds everything
// new.
func (n *Night) freshSince(ctx context.Context, day company.Date) (map[company.INN]string, error) {
	since := company.Date(0)
	run, err := n.Store.LastCompleted(ctx, day)
	switch {
	case err == nil:
		since = run.Day
	case !errors.Is(err, store.ErrNotFound):
		return nil, err
	}
	joined, err := n.joinedTo(ctx)
	if err != nil {
		return nil, err
	}
	gathered := map[company.INN]*news{}
	for after := (store.Event{}); ; {
		page, err := n.Store.Events(ctx, since, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			inn := e.INN
			if inn == "" {
				inn = joined[e.ID]
			}
			if inn == "" || e.Day > day {
				continue
			}
			if gathered[inn] == nil {
				gathered[inn] = &news{}
			}
			gathered[inn].add(e)
		}
		if len(page) < pageSize {
			break
		}
		after = page[len(page)-1]
	}
	out := make(map[company.INN]string, len(gathered))
	for inn, what := range gathered {
		if text := what.text(); text != "" {
			out[inn] = text
		}
	}
	return out, nil
}

func (n *Night) joinedTo(ctx context.Context) (map[store.ObservationID]company.INN, error) {
	out := map[store.ObservationID]company.INN{}
	for after := (store.ObservationID{}); ; {
		page, err := n.Store.Joins(ctx, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, j := range page {
			out[j.ID] = j.INN
		}
		if len(page) < pageSize {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}

// news is what happened to one company.
type news struct {
	own     bool // an observation under its own ИНН came for the first time
	listing bool // a listing joined to it came
	changes []company.Change
}

func (n *news) add(e store.Event) {
	switch e.Kind {
	case store.EventNew:
		if e.INN != "" {
			n.own = true
		} else {
			n.listing = true
		}
	case store.EventChanged:
		n.changes = append(n.changes, e.Changes...)
	case store.EventGone:
	}
}

// shownChanges is how many changes a cell names before it only counts.
const shownChanges = 3

func (n *news) text() string {
	switch {
	case n.own:
		return "новая"
	case len(n.changes) == 0 && n.listing:
		return "появилась в справочнике"
	}
	var parts []string
	for i, c := range n.changes {
		if i == shownChanges {
			parts = append(parts, fmt.Sprintf("и ещё %d", len(n.changes)-i))
			break
		}
		parts = append(parts, changeText(c))
	}
	return strings.Join(parts, "; ")
}

func changeText(c company.Change) string {
	info, _ := c.Field.Info()
	title := info.Title
	if c.Key != "" && c.Field != company.FieldBranch {
		title += " за " + c.Key
	}
	switch {
	case c.From == "":
		return fmt.Sprintf("%s: добавлено «%s»", title, readable(c.Field, c.To))
	case c.To == "":
		return fmt.Sprintf("%s: убрано «%s»", title, readable(c.Field, c.From))
	}
	return fmt.Sprintf("%s: «%s» → «%s»", title, readable(c.Field, c.From), readable(c.Field, c.To))
}
