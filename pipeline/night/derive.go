package night

import (
	"context"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// derive folds every dossier into a company and keeps the scoring row of each.
func (n *Night) derive(ctx context.Context, v *view, r *Report) error {
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	r.Companies = 0
	rows := func(yield func(store.ScoreRow, error) bool) {
		for d, err := range v.all(ctx) {
			if err != nil {
				yield(store.ScoreRow{}, err)
				return
			}
			c := v.company(d)
			row := v.row(matcher, &c)
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

// stops is the stop list, with the companies that it names by a contact.
func (n *Night) stops(ctx context.Context, v *view) (*calllist.StopSet, error) {
	list, err := n.Store.StopList(ctx)
	if err != nil {
		return nil, err
	}
	set := calllist.NewStopSet(list)
	if !set.ByContact() {
		return set, nil
	}
	for d, err := range v.all(ctx) {
		if err != nil {
			return nil, err
		}
		c := v.company(d)
		set.Learn(score.ContactsOf(&c))
	}
	return set, nil
}

// Stopped lists the companies that entries of the stop list name by a contact.
func (n *Night) Stopped(ctx context.Context, stops []store.Stop) ([]company.Company, error) {
	set := calllist.NewStopSet(stops)
	if !set.ByContact() {
		return nil, nil
	}
	v, err := n.view(ctx)
	if err != nil {
		return nil, err
	}
	var out []company.Company
	for d, err := range v.all(ctx) {
		if err != nil {
			return nil, err
		}
		c := v.company(d)
		contacts := score.ContactsOf(&c)
		if _, hit := set.Reason("", contacts.Phones, contacts.Emails, contacts.Domains); hit {
			out = append(out, c)
		}
	}
	return out, nil
}
