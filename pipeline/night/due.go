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
// rule forbids meanwhile are counted, and what was agreed with them, or with those
// whom no source knows any more, is noted in missed.
func (p *presenter) due(ctx context.Context, skipped map[string]int64, missed *[]calllist.Missed) iter.Seq2[calllist.Candidate, error] {
	miss := func(inn company.INN, reason string) {
		skipped[reason]++
		for i := range p.calls.due {
			if d := &p.calls.due[i]; d.inn == inn && d.turn.Agreed() {
				*missed = append(*missed, calllist.Missed{INN: inn, Due: d.turn.Due, Reason: reason})
			}
		}
	}
	inns := func(yield func(company.INN) bool) {
		for i := range p.calls.due {
			if !yield(p.calls.due[i].inn) {
				return
			}
		}
	}
	want := func(res *score.Result) bool {
		if res.Veto.Code != "" {
			miss(res.INN(), calllist.SkipVeto)
		}
		return res.Veto.Code == "" // what was agreed on holds for one outside the segments too
	}
	return p.named(ctx, inns, want, func(inn company.INN) { miss(inn, calllist.SkipGone) })
}

// held are those that were issued and not called; who is no lead any more is
// let go.
func (p *presenter) held(ctx context.Context) ([]calllist.Candidate, error) {
	inns := slices.Values(slices.Sorted(maps.Keys(p.keepers.held)))
	var held []calllist.Candidate
	for c, err := range p.named(ctx, inns, (*score.Result).Lead, nil) {
		if err != nil {
			return nil, err
		}
		held = append(held, c)
	}
	slices.SortStableFunc(held, func(a, b calllist.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return held, nil
}

// named presents companies by their ИНН, those whose result is wanted; gone, if not
// nil, is told of those that no source knows any more.
func (p *presenter) named(ctx context.Context, inns iter.Seq[company.INN], want func(*score.Result) bool, gone func(company.INN)) iter.Seq2[calllist.Candidate, error] {
	return func(yield func(calllist.Candidate, error) bool) {
		for inn := range inns {
			res, err := p.result(ctx, inn)
			if errors.Is(err, store.ErrNotFound) {
				if gone != nil {
					gone(inn)
				}
				continue
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
