package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

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
	s, err := n.scorer(n.Segments, v, day, stops)
	return scoring{stops, s}, err
}

// scorer gives points by a segments file on a day.
func (n *Night) scorer(s *config.Segments, v *view, day company.Date, ex score.Exclusions) (*score.Scorer, error) {
	return score.New(s, score.Options{
		Today: day, SellerRegion: string(n.Config.Seller.Region), Exclusions: ex, Releases: v.releases, Watched: v.watched,
	})
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
	err = n.reachable(ctx, v, func(c *company.Company) { set.Learn(score.ContactsOf(c)) })
	return set, err
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
	err = n.reachable(ctx, v, func(c *company.Company) {
		contacts := score.ContactsOf(c)
		if _, hit := set.Reason("", contacts.Phones, contacts.Emails, contacts.Domains); hit {
			out = append(out, *c)
		}
	})
	return out, err
}

// reachable calls do for every company with a contact, in no order. Of the
// millions that registries know few have one; as far as the rows stand for
// what is in force now, they tell which.
func (n *Night) reachable(ctx context.Context, v *view, do func(*company.Company)) error {
	state, err := n.Store.RowState(ctx)
	if err != nil {
		return err
	}
	if state.All || state.Tag != n.rowTag(v) {
		for d, err := range v.all(ctx) {
			if err != nil {
				return err
			}
			c := v.company(d)
			do(&c)
		}
		return nil
	}
	one := func(inn company.INN) error {
		d, err := v.Dossier(ctx, inn)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err == nil {
			c := v.company(d)
			do(&c)
		}
		return err
	}
	seen := map[company.INN]bool{}
	for page, err := range n.stale(ctx) {
		if err != nil {
			return err
		}
		for _, inn := range page {
			seen[inn] = true
			if err := one(inn); err != nil {
				return err
			}
		}
	}
	return n.eachRow(ctx, func(row *score.Row) error {
		if row.Reach&(score.ReachPhone|score.ReachEmail|score.ReachSite|score.ReachListed) == 0 || seen[row.INN()] {
			return nil
		}
		return one(row.INN())
	})
}
