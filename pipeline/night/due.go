package night

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// due presents the companies whose turn to be called again has come. Those that a
// rule forbids meanwhile are counted.
func (p *presenter) due(ctx context.Context, skipped map[string]int64) iter.Seq2[calllist.Candidate, error] {
	inns := func(yield func(company.INN) bool) {
		for i := range p.calls.due {
			if !yield(p.calls.due[i].inn) {
				return
			}
		}
	}
	return p.named(ctx, inns, func(res *score.Result) bool {
		if res.Veto.Code != "" {
			skipped[calllist.SkipVeto]++
		}
		return res.Veto.Code == "" // what was agreed on holds for one outside the segments too
	})
}

// held are those that were issued and not called; who is no lead any more is
// let go.
func (p *presenter) held(ctx context.Context) ([]calllist.Candidate, error) {
	inns := slices.Values(slices.Sorted(maps.Keys(p.keepers.held)))
	var held []calllist.Candidate
	for c, err := range p.named(ctx, inns, (*score.Result).Lead) {
		if err != nil {
			return nil, err
		}
		held = append(held, c)
	}
	slices.SortStableFunc(held, func(a, b calllist.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return held, nil
}

// named presents companies by their ИНН, those whose result is wanted.
func (p *presenter) named(ctx context.Context, inns iter.Seq[company.INN], want func(*score.Result) bool) iter.Seq2[calllist.Candidate, error] {
	return func(yield func(calllist.Candidate, error) bool) {
		for inn := range inns {
			res, err := p.result(ctx, inn)
			if errors.Is(err, store.ErrNotFound) {
				continue // no source knows it any more
			}
			if err == nil && !want(&res) {
				continue
			}
			var c calllist.Candidate
			if err == nil {
				c, err = p.candidate(ctx, &res)
			}
			if err != nil {
				yield(c, fmt.Errorf("present %s: %w", inn, err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (p *presenter) tenders(ctx context.Context, results []score.Result) ([]calllist.Candidate, error) {
	var out []calllist.Candidate
	for i := range results {
		c, err := p.candidate(ctx, &results[i])
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", results[i].INN(), err)
		}
		out = append(out, c)
	}
	return out, nil
}

// mark notes on each row what outcomes will be held against.
func (p *presenter) mark(chosen *calllist.Chosen, k *ranking) {
	for i := range chosen.Rows {
		row := &chosen.Rows[i]
		row.Tenth, row.Half = k.totalsBy.tenth(score.Points(row.Score)), row.Turn.Half
	}
}
