package night

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// due walks those for which a metered enricher is worth asking and may be
// asked again, each place once: leads without a number to dial, by turns with
// listings that nobody could join, since these have one; then all other leads.
// Within a group the best come first.
func (k *asking) due(ctx context.Context, left int) iter.Seq2[pipeline.Ask, error] {
	return func(yield func(pipeline.Ask, error) bool) {
		sc, err := k.night.scoring(ctx, k.view, k.day)
		if err != nil {
			yield(pipeline.Ask{}, err)
			return
		}
		places := map[string]bool{}
		give := func(a pipeline.Ask, err error) bool {
			if err != nil {
				yield(a, err)
				return false
			}
			if places[a.ID] {
				return true
			}
			places[a.ID] = true
			return yield(a, nil)
		}
		silent := k.leads(ctx, sc.scorer, left, func(row *score.Row) bool { return row.Reach&score.ReachPhone == 0 })
		if !byTurns(silent, k.listings(ctx, sc.scorer.Matcher()), give) {
			return
		}
		for a, err := range k.leads(ctx, sc.scorer, left, func(row *score.Row) bool { return row.Reach&score.ReachPhone != 0 }) {
			if !give(a, err) {
				return
			}
		}
	}
}

// byTurns gives one of each until both are spent; false when give wants no more.
func byTurns(a, b iter.Seq2[pipeline.Ask, error], give func(pipeline.Ask, error) bool) bool {
	nextA, stopA := iter.Pull2(a)
	defer stopA()
	nextB, stopB := iter.Pull2(b)
	defer stopB()
	for {
		ask, err, okA := nextA()
		if okA && !give(ask, err) {
			return false
		}
		ask, err, okB := nextB()
		if okB && !give(ask, err) {
			return false
		}
		if !okA && !okB {
			return true
		}
	}
}

// leads walks the leads whose row is wanted and lacks something that is wanted of
// the enricher, best first, some at a time: each pass over the rows goes on behind
// the last of the pass before.
func (k *asking) leads(ctx context.Context, sc *score.Scorer, left int, want func(*score.Row) bool) iter.Seq2[pipeline.Ask, error] {
	d := k.enricher.Enricher.Describe()
	contacts, wants := d.Contacts, k.night.wants(d)
	return func(yield func(pipeline.Ask, error) bool) {
		var last *score.Result
		for {
			best := score.NewTopByPriority(4*left + pageSize)
			err := k.night.eachRow(ctx, func(row *score.Row) error {
				if !want(row) || !wants.lacking(row) || contacts && row.Reach&(score.ReachSite|score.ReachEmail) == 0 {
					return nil
				}
				if res := sc.Score(row); last == nil || res.Lead() && res.ComparePriority(last) > 0 {
					best.Add(&res)
				}
				return nil
			})
			if err != nil {
				yield(pipeline.Ask{}, err)
				return
			}
			results := best.Results()
			for i := range results {
				if ask, ok, err := k.lead(ctx, results[i].INN()); (err != nil || ok) && (!yield(ask, err) || err != nil) {
					return
				}
			}
			if len(results) < 4*left+pageSize {
				return
			}
			last = &results[len(results)-1]
		}
	}
}

// lead asks for a company, if it lacks anything and is due.
func (k *asking) lead(ctx context.Context, inn company.INN) (pipeline.Ask, bool, error) {
	d, err := k.view.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return pipeline.Ask{}, false, nil
	}
	if err != nil {
		return pipeline.Ask{}, false, fmt.Errorf("read the dossier of %s: %w", inn, err)
	}
	return k.about(ctx, k.view.company(d))
}

// about asks for what is known of a company or a listing.
func (k *asking) about(ctx context.Context, c company.Company) (pipeline.Ask, bool, error) {
	if !k.enricher.Enricher.Lacks(&c) {
		return pipeline.Ask{}, false, nil
	}
	places := []string{string(c.INN)}
	if p, ok := k.enricher.Enricher.(pipeline.Placer); ok {
		places = p.Places(&c)
	}
	for _, place := range places {
		a := pipeline.Ask{ID: place, Company: c}
		if due, err := k.remembered(ctx, &a); due || err != nil {
			return a, due, err
		}
	}
	return pipeline.Ask{}, false, nil
}

// listings walks the listings that look like a segment's and belong to nobody
// yet, if the enricher can be asked for them.
func (k *asking) listings(ctx context.Context, m *score.Matcher) iter.Seq2[pipeline.Ask, error] {
	return func(yield func(pipeline.Ask, error) bool) {
		if _, ok := k.enricher.Enricher.(pipeline.Placer); !ok {
			return
		}
		joined := &joinedIDs{store: k.night.Store}
		for o, err := range k.view.listings(ctx) {
			if err != nil {
				yield(pipeline.Ask{}, err)
				return
			}
			if k.view.standings[o.Source].Asked || !m.Listing(&o) {
				continue
			}
			is, err := joined.has(ctx, store.ObservationID{Source: o.Source, Key: o.Key})
			if err != nil {
				yield(pipeline.Ask{}, fmt.Errorf("read joins: %w", err))
				return
			}
			if is {
				continue
			}
			c := company.Derive("", []company.Observation{o}, k.view.standings)
			if ask, ok, err := k.about(ctx, c); (err != nil || ok) && (!yield(ask, err) || err != nil) {
				return
			}
		}
	}
}

// joinedIDs tells of rising ids whether they are joined, reading the joins along.
type joinedIDs struct {
	store store.Joins
	page  []store.Join
	last  store.ObservationID
	spent bool
}

func (j *joinedIDs) has(ctx context.Context, id store.ObservationID) (bool, error) {
	for {
		for len(j.page) > 0 && j.page[0].ID.Compare(id) < 0 {
			j.page = j.page[1:]
		}
		if len(j.page) > 0 || j.spent {
			return len(j.page) > 0 && j.page[0].ID == id, nil
		}
		page, err := j.store.Joins(ctx, j.last, pageSize)
		if err != nil {
			return false, err
		}
		if j.spent = len(page) < pageSize; len(page) > 0 {
			j.page, j.last = page, page[len(page)-1].ID
		}
	}
}
