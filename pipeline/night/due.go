package night

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// due are the companies whose turn to be called again has come. Those that a rule
// forbids meanwhile are counted.
func (p *presenter) due(ctx context.Context, skipped map[string]int64) ([]calllist.Candidate, error) {
	return p.named(ctx, p.calls.due, func(res *score.Result) bool {
		if res.Veto.Code != "" {
			skipped[calllist.SkipVeto]++
		}
		return res.Veto.Code == "" // what was agreed on holds for one outside the segments too
	})
}

// held are those that were issued and not called; who is no lead any more is
// let go.
func (p *presenter) held(ctx context.Context) ([]calllist.Candidate, error) {
	held, err := p.named(ctx, slices.Sorted(maps.Keys(p.keepers.held)), (*score.Result).Lead)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(held, func(a, b calllist.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return held, nil
}

// named presents companies by their ИНН, those whose result is wanted.
func (p *presenter) named(ctx context.Context, inns []company.INN, want func(*score.Result) bool) ([]calllist.Candidate, error) {
	var out []calllist.Candidate
	for _, inn := range inns {
		res, err := p.result(ctx, inn)
		if errors.Is(err, store.ErrNotFound) {
			continue // no source knows it any more
		}
		if err != nil {
			return nil, fmt.Errorf("score %s: %w", inn, err)
		}
		if !want(&res) {
			continue
		}
		c, err := p.candidate(ctx, &res)
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", inn, err)
		}
		out = append(out, c)
	}
	return out, nil
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
