package night

import (
	"context"
	"iter"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// Preview tells what another segments file would change, and changes nothing.
// Weights alone are tried on the stored rows; other codes or words mean that
// every company is matched anew.
func (n *Night) Preview(ctx context.Context, other *config.Segments, day company.Date, limits score.Limits) (*score.Preview, error) {
	if day == 0 {
		var err error
		if day, err = n.day(Request{}); err != nil {
			return nil, err
		}
	}
	stops, err := n.stops(ctx)
	if err != nil {
		return nil, err
	}
	before, err := n.scorer(day, stops)
	if err != nil {
		return nil, err
	}
	after, err := score.New(other, score.Options{Today: day, SellerRegion: string(n.Config.Seller.Region), Exclusions: stops})
	if err != nil {
		return nil, err
	}
	tag, err := n.Store.RowsTag(ctx)
	if err != nil {
		return nil, err
	}
	pairs := n.matchedPairs(ctx, before, after)
	if tag == score.Tag(n.Segments) && tag == score.Tag(other) {
		pairs = score.Same(n.storedRows(ctx))
	}
	p, err := score.Compare(before, after, pairs, limits)
	if err != nil {
		return nil, err
	}
	return p, n.nameMovers(ctx, p)
}

func (n *Night) storedRows(ctx context.Context) iter.Seq2[*score.Row, error] {
	return func(yield func(*score.Row, error) bool) {
		stopped := false
		err := n.eachRow(ctx, func(r *score.Row) {
			if !stopped {
				stopped = !yield(r, nil)
			}
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

func (n *Night) matchedPairs(ctx context.Context, before, after *score.Scorer) iter.Seq2[score.Pair, error] {
	return func(yield func(score.Pair, error) bool) {
		shown, err := n.lastShown(ctx)
		if err != nil {
			yield(score.Pair{}, err)
			return
		}
		for d, err := range n.dossiers(ctx) {
			if err != nil {
				yield(score.Pair{}, err)
				return
			}
			c := company.Derive(d.INN, d.Observations, n.trust())
			seen := shown.newest(&c)
			a, b := score.RowOf(before.Matcher(), &c, seen), score.RowOf(after.Matcher(), &c, seen)
			if !yield(score.Pair{Before: &a, After: &b}, nil) {
				return
			}
		}
	}
}

func (n *Night) nameMovers(ctx context.Context, p *score.Preview) error {
	var failed error
	p.Resolve(func(inn company.INN) string {
		d, err := n.Store.Dossier(ctx, inn)
		if err != nil {
			failed = err
			return string(inn)
		}
		c := company.Derive(d.INN, d.Observations, n.trust())
		return calllist.DisplayName(&c)
	})
	return failed
}
