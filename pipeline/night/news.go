package night

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// news is what happened to one company.
type news struct {
	named   bool // another source names its ИНН
	listing bool // a listing joined to it came
	changes []company.Change
}

func (n *news) add(e store.Event) {
	switch e.Kind {
	case store.EventNew:
		if e.INN != "" {
			n.named = true
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
	case len(n.changes) == 0 && n.listing:
		return "появилась в справочнике"
	case len(n.changes) == 0:
		return "изменились сведения"
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

// freshRows presents what is new.
func (p *presenter) freshRows(ctx context.Context, k *ranking) ([]pipeline.Fresh, error) {
	rows, err := p.rows(ctx, k.fresh)
	if err != nil {
		return nil, err
	}
	told, err := p.newsOf(ctx, k)
	if err != nil {
		return nil, err
	}
	out := make([]pipeline.Fresh, len(rows))
	for i := range rows {
		out[i] = pipeline.Fresh{Row: rows[i], What: textNew}
		if n := told[rows[i].INN]; n != nil {
			if out[i].What, err = p.newsText(ctx, rows[i].INN, n, k.freshness.since); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// newsOf gathers the events of the companies that are shown and were known
// before.
func (p *presenter) newsOf(ctx context.Context, k *ranking) (map[company.INN]*news, error) {
	told := map[company.INN]*news{}
	for i := range k.fresh {
		d, err := p.Dossier(ctx, k.fresh[i].INN())
		if err != nil {
			return nil, err
		}
		if c := p.company(d); !k.freshness.isNew(c.Known) {
			told[d.INN] = &news{}
		}
	}
	if len(told) == 0 {
		return nil, nil
	}
	err := k.freshness.events(ctx, func(inn company.INN, e store.Event) {
		if n := told[inn]; n != nil && k.freshness.telling(&e) {
			n.add(e)
		}
	})
	return told, err
}

// newsText tells what happened to a company that was known before: also which
// sources name it only since the baseline.
func (p *presenter) newsText(ctx context.Context, inn company.INN, n *news, since company.Date) (string, error) {
	if !n.named {
		return n.text(), nil
	}
	d, err := p.Dossier(ctx, inn)
	if err != nil {
		return "", err
	}
	var added []string
	for _, o := range d.Observations {
		if o.INN == inn && !p.standings[o.Source].Annex && firstSeen(&o) > since {
			added = append(added, p.title(o.Source))
		}
	}
	if len(added) == 0 {
		return n.text(), nil
	}
	slices.Sort(added)
	text := "появилась в источнике: " + strings.Join(slices.Compact(added), ", ")
	if len(n.changes) > 0 {
		text += "; " + n.text()
	}
	return text, nil
}

// firstSeen is the day on which an observation came for the first time.
func firstSeen(o *company.Observation) company.Date {
	first := o.Date
	for i, f := range o.Facts {
		if i == 0 || f.FirstSeen < first {
			first = f.FirstSeen
		}
	}
	return first
}
