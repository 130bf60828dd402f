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
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// due offers the companies whose turn to be called again has come. Those that a
// rule forbids meanwhile are counted, and what was agreed with them, or with those
// whom no source knows any more, is noted in missed.
func (p *presenter) due(ctx context.Context, skipped map[string]int64, missed *[]calllist.Missed) iter.Seq[calllist.Offer] {
	return func(yield func(calllist.Offer) bool) {
		for i := range p.calls.due {
			d := &p.calls.due[i]
			keeper := p.keepers.of(&funnel.Progress{INN: d.inn, Band: d.turn.Band, Manager: d.manager, ClientSince: d.clientSince})
			present := func() (calllist.Candidate, bool, error) {
				c, why, err := p.called(ctx, d.inn)
				if why != "" {
					skipped[why]++
					if d.turn.Agreed() {
						*missed = append(*missed, calllist.Missed{INN: d.inn, Due: d.turn.Due, Reason: why})
					}
				}
				return c, why == "", err
			}
			if !yield(calllist.Offer{Turn: d.turn, Keeper: keeper, Present: present}) {
				return
			}
		}
	}
}

// called presents a company that was called before, or says why it is not called
// again. What was agreed on holds for one outside the segments too.
func (p *presenter) called(ctx context.Context, inn company.INN) (c calllist.Candidate, why string, err error) {
	res, err := p.result(ctx, inn)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return c, calllist.SkipGone, nil
	case err == nil && res.Veto.Code != "":
		return c, calllist.SkipVeto, nil
	case err == nil:
		c, err = p.candidate(ctx, &res)
	}
	if err != nil {
		return c, "", fmt.Errorf("present %s: %w", inn, err)
	}
	return c, "", nil
}

// held are those that were issued and not called; who is no lead any more is
// let go.
func (p *presenter) held(ctx context.Context) ([]calllist.Candidate, error) {
	var held []calllist.Candidate
	for _, inn := range slices.Sorted(maps.Keys(p.keepers.held)) {
		res, err := p.result(ctx, inn)
		if errors.Is(err, store.ErrNotFound) || err == nil && !res.Lead() {
			continue
		}
		var c calllist.Candidate
		if err == nil {
			c, err = p.candidate(ctx, &res)
		}
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", inn, err)
		}
		held = append(held, c)
	}
	slices.SortStableFunc(held, func(a, b calllist.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return held, nil
}

// tenders presents those with a live tender. Of those that rest after a refusal some
// may not be woken after all; they are counted in skipped.
func (p *presenter) tenders(ctx context.Context, results []score.Result, skipped map[string]int64) ([]calllist.Candidate, error) {
	var out []calllist.Candidate
	for i := range results {
		inn := results[i].INN()
		_, called := p.calls.reasons[inn]
		wakes, err := p.wakes(ctx, inn)
		if err != nil {
			return nil, err
		}
		if called && !wakes {
			skipped[calllist.SkipResting]++
			continue
		}
		c, err := p.candidate(ctx, &results[i])
		if err != nil {
			return nil, fmt.Errorf("present %s: %w", inn, err)
		}
		if wakes {
			p.wake(&c)
		}
		out = append(out, c)
	}
	return out, nil
}

// mark notes on each row what outcomes will be held against.
func (p *presenter) mark(chosen *calllist.Chosen, k *ranking) {
	for i := range chosen.Rows {
		row := &chosen.Rows[i]
		row.Tenth = k.totalsBy.tenth(score.Points(row.Score))
	}
}
