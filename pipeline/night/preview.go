package night

import (
	"context"
	"errors"
	"iter"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
)

// Preview tells what another segments file would change, and changes nothing.
// Weights alone are tried on the stored rows; other codes or words mean that
// every company is matched anew.
func (n *Night) Preview(ctx context.Context, other *config.Segments, day company.Date, limits score.Limits) (*score.Preview, error) {
	day, v, err := n.asOf(ctx, day)
	if err != nil {
		return nil, err
	}
	sc, err := n.scoring(ctx, v, day)
	if err != nil {
		return nil, err
	}
	before := sc.scorer
	after, err := n.scorer(other, v, day, sc.stops)
	if err != nil {
		return nil, err
	}
	rows, err := n.Store.RowState(ctx)
	if err != nil {
		return nil, err
	}
	pairs := matchedPairs(ctx, v, before, after)
	if !rows.All && rows.Tag == n.rowTag(v) && score.Tag(n.Segments, v.standings) == score.Tag(other, v.standings) {
		pairs = score.Same(n.storedRows(ctx))
	}
	p, err := score.Compare(before, after, pairs, limits)
	if err != nil {
		return nil, err
	}
	read := n.wanted()
	p.NewCodes = slices.DeleteFunc(p.NewCodes, func(code string) bool { return read.Any(company.OKVED(code)) })
	return p, nameMovers(ctx, v, p)
}

// errBrokenOff says that the reader of a sequence has had enough.
var errBrokenOff = errors.New("sequence broken off")

func (n *Night) storedRows(ctx context.Context) iter.Seq2[*score.Row, error] {
	return func(yield func(*score.Row, error) bool) {
		err := n.eachRow(ctx, func(r *score.Row) error {
			if !yield(r, nil) {
				return errBrokenOff
			}
			return nil
		})
		if err != nil && !errors.Is(err, errBrokenOff) {
			yield(nil, err)
		}
	}
}

func matchedPairs(ctx context.Context, v *view, before, after *score.Scorer) iter.Seq2[score.Pair, error] {
	return func(yield func(score.Pair, error) bool) {
		for d, err := range v.all(ctx) {
			if err != nil {
				yield(score.Pair{}, err)
				return
			}
			c := v.company(d)
			a, b := v.row(before.Matcher(), &c), v.row(after.Matcher(), &c)
			if !yield(score.Pair{Before: &a, After: &b}, nil) {
				return
			}
		}
	}
}

func nameMovers(ctx context.Context, v *view, p *score.Preview) error {
	var failed error
	p.Resolve(func(inn company.INN) string {
		d, err := v.Dossier(ctx, inn)
		if err != nil {
			failed = err
			return string(inn)
		}
		c := v.company(d)
		return calllist.DisplayName(&c)
	})
	return failed
}
