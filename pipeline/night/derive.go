package night

import (
	"context"
	"errors"
	"iter"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// derive folds every dossier into a company and keeps the scoring row of each.
func (n *Night) derive(ctx context.Context, _ company.Date, r *Report) error {
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	shown, err := n.lastShown(ctx)
	if err != nil {
		return err
	}
	r.Companies = 0
	rows := func(yield func(store.ScoreRow, error) bool) {
		for d, err := range n.dossiers(ctx) {
			if err != nil {
				yield(store.ScoreRow{}, err)
				return
			}
			c := company.Derive(d.INN, d.Observations, n.trust())
			row := score.RowOf(matcher, &c, shown.newest(&c))
			data, err := row.AppendBinary(nil)
			r.Companies++
			if !yield(store.ScoreRow{INN: d.INN, Data: data}, err) || err != nil {
				return
			}
			if r.Companies%pageSize == 0 {
				n.progress(Event{Stage: StageDerive, Done: r.Companies})
			}
		}
	}
	return n.Store.ReplaceRows(ctx, score.Tag(n.Segments), rows)
}

// dossiers walks all of them in the order of ИНН.
func (n *Night) dossiers(ctx context.Context) iter.Seq2[store.Dossier, error] {
	return func(yield func(store.Dossier, error) bool) {
		for after := company.INN(""); ; {
			page, err := n.Store.Dossiers(ctx, after, pageSize)
			if err != nil {
				yield(store.Dossier{}, err)
				return
			}
			for _, d := range page {
				if !yield(d, nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1].INN
		}
	}
}

// trust of each source and enricher by its section.
func (n *Night) trust() company.Trust {
	t := company.Trust{}
	for _, s := range n.Sources {
		t[s.Section.Name] = s.Section.Trust
	}
	for _, e := range n.Enrichers {
		t[e.Section.Name] = e.Section.Trust
	}
	return t
}

// shown is the date of each source's whole release: all that it holds was seen
// on that day, though unchanged observations keep an older date.
type shown map[string]company.Date

func (n *Night) lastShown(ctx context.Context) (shown, error) {
	out := shown{}
	for _, s := range n.Sources {
		p, err := n.Store.Pull(ctx, s.Section.Name)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		case p.Complete && p.Release.Whole:
			out[s.Section.Name] = p.Release.Date
		}
	}
	return out, nil
}

func (s shown) newest(c *company.Company) company.Date {
	day := c.Updated()
	for i := range c.Observations {
		day = max(day, s[c.Observations[i].Source])
	}
	return day
}

// stops is the stop list, with the companies that it names by a contact.
func (n *Night) stops(ctx context.Context) (*calllist.StopSet, error) {
	list, err := n.Store.StopList(ctx)
	if err != nil {
		return nil, err
	}
	set := calllist.NewStopSet(list)
	if !set.ByContact() {
		return set, nil
	}
	for d, err := range n.dossiers(ctx) {
		if err != nil {
			return nil, err
		}
		c := company.Derive(d.INN, d.Observations, n.trust())
		set.Learn(score.ContactsOf(&c))
	}
	return set, nil
}
