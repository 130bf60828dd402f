package night

import (
	"context"
	"fmt"

	"obzvon/config"
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

// scoring is what a day's scores rest on beside the companies: the stop list and
// the points.
type scoring struct {
	stops  *calllist.StopSet
	scorer *score.Scorer
}

func (n *Night) scoring(ctx context.Context, v *view, day company.Date) (scoring, error) {
	stops, err := n.stops(ctx, v)
	if err != nil {
		return scoring{}, fmt.Errorf("read the stop list: %w", err)
	}
	s, err := n.scorer(n.Segments, day, stops)
	return scoring{stops, s}, err
}

// scorer gives points by a segments file on a day.
func (n *Night) scorer(s *config.Segments, day company.Date, ex score.Exclusions) (*score.Scorer, error) {
	return score.New(s, score.Options{Today: day, SellerRegion: string(n.Config.Seller.Region), Exclusions: ex})
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
