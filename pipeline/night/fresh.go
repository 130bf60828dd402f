package night

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// textNew is what «Новые» says of a company that nobody knew before.
const textNew = "новая"

// baseline is the day after which things count as new: that of the last
// completed run before this one. ok is false when the registry begins after
// it, since it was rebuilt: then nothing can be told from what was known.
func (n *Night) baseline(ctx context.Context, day company.Date) (since company.Date, ok bool, err error) {
	run, err := n.Store.LastCompleted(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return 0, true, nil
	}
	if err != nil {
		return 0, false, err
	}
	first, err := n.Store.Events(ctx, 0, store.Event{}, 1)
	if err != nil {
		return 0, false, err
	}
	return run.Day, len(first) == 0 || first[0].Day <= run.Day, nil
}

// freshSince tells, for each company with a change after the last completed
// run of an earlier day, what is new, in Russian. A first run finds everything
// new.
func (n *Night) freshSince(ctx context.Context, day company.Date) (map[company.INN]string, error) {
	since, ok, err := n.baseline(ctx, day)
	if err != nil || !ok {
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
		return textNew
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

// freshRows presents what is new. A company that some source knew before the
// baseline is not new because another one names it now.
func (p *presenter) freshRows(ctx context.Context, k *ranking) ([]pipeline.Fresh, error) {
	since, _, err := p.night.baseline(ctx, p.day)
	if err != nil {
		return nil, err
	}
	rows, err := p.rows(ctx, k.fresh)
	if err != nil {
		return nil, err
	}
	out := make([]pipeline.Fresh, len(rows))
	for i := range rows {
		out[i] = pipeline.Fresh{Row: rows[i], What: k.freshAll[rows[i].INN]}
		if out[i].What != textNew {
			continue
		}
		if out[i].What, err = p.sourceNews(ctx, rows[i].INN, since); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sourceNews names the sources that know a company only since the baseline, if
// another knew it before.
func (p *presenter) sourceNews(ctx context.Context, inn company.INN, since company.Date) (string, error) {
	d, err := p.Dossier(ctx, inn)
	if err != nil {
		return "", err
	}
	known := false
	var added []string
	for _, o := range d.Observations {
		first := o.Date
		for i, f := range o.Facts {
			if i == 0 || f.FirstSeen < first {
				first = f.FirstSeen
			}
		}
		if first <= since {
			known = true
		} else {
			added = append(added, p.title(o.Source))
		}
	}
	if !known || len(added) == 0 {
		return textNew, nil
	}
	slices.Sort(added)
	return "появилась в источнике: " + strings.Join(slices.Compact(added), ", "), nil
}
