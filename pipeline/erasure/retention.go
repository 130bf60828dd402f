package erasure

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// Retention takes away what has been kept of people for long, at companies where
// nobody ever answered (152-ФЗ, ст. 5, ч. 7: not longer than the purpose asks for).
// What is known of the companies stays. It can be killed and called again.
type Retention struct {
	Store   Store
	Journal Journal // nil = it is left alone
	Sources []string
	Reached func(company.INN) bool // somebody has answered once
	Before  company.Date           // what is older goes
	Day     company.Date           // of the writes
}

// Run tells how many observations, rows of lists, results and lines of the journal
// have lost people.
func (r *Retention) Run(ctx context.Context) (int, error) {
	total := 0
	for _, part := range []struct {
		name string
		do   func(context.Context) (int, error)
	}{{"companies", r.companies}, {"listings", r.listings}, {"results", r.results}, {"issued lists", r.lists}, {"the journal", r.journal}} {
		n, err := part.do(ctx)
		if total += n; err != nil {
			return total, fmt.Errorf("take old contacts of people out of %s: %w", part.name, err)
		}
	}
	return total, nil
}

func (r *Retention) keeps(inn company.INN) bool { return inn != "" && r.Reached(inn) }

func (r *Retention) companies(ctx context.Context) (int, error) {
	total := 0
	for after := company.INN(""); ; {
		inns, err := r.Store.INNs(ctx, r.Sources, after, page)
		if err != nil {
			return total, err
		}
		var all []company.Observation
		for _, inn := range inns {
			if r.keeps(inn) {
				continue
			}
			d, err := r.Store.Dossier(ctx, inn)
			if err != nil {
				return total, err
			}
			all = append(all, d.Observations...)
		}
		n, err := r.strip(ctx, all)
		if total += n; err != nil || len(inns) < page {
			return total, err
		}
		after = inns[len(inns)-1]
	}
}

// listings are sites whose company is not known, or was found by matching.
func (r *Retention) listings(ctx context.Context) (int, error) {
	owner := map[store.ObservationID]company.INN{}
	for j, err := range eachJoin(ctx, r.Store) {
		if err != nil {
			return 0, err
		}
		if slices.Contains(r.Sources, j.ID.Source) {
			owner[j.ID] = j.INN
		}
	}
	total := 0
	for _, source := range r.Sources {
		for after := (store.ObservationID{Source: source}); ; {
			some, err := r.Store.WithoutINN(ctx, after, page)
			if err != nil {
				return total, err
			}
			full := len(some) == page
			if full {
				after = idOf(&some[len(some)-1])
			}
			full = full && after.Source == source
			some = slices.DeleteFunc(some, func(o company.Observation) bool { return o.Source != source || r.keeps(owner[idOf(&o)]) })
			n, err := r.strip(ctx, some)
			if total += n; err != nil {
				return total, err
			}
			if !full {
				break
			}
		}
	}
	return total, nil
}

// strip writes observations without the people that they have named for long, and
// takes away what visits to the same place remember.
func (r *Retention) strip(ctx context.Context, all []company.Observation) (int, error) {
	by := map[string][]company.Observation{}
	for _, o := range all {
		if !slices.Contains(r.Sources, o.Source) {
			continue
		}
		named := namedContacts(o.Facts)
		old := func(x company.Fact) bool {
			since := x.FirstSeen
			if since == 0 {
				since = max(x.Date, o.Date)
			}
			return since < r.Before && ofPeople(x, named)
		}
		if !slices.ContainsFunc(o.Facts, old) {
			continue
		}
		o.Facts = slices.DeleteFunc(slices.Clone(o.Facts), old)
		by[o.Source] = append(by[o.Source], o)
	}
	total := 0
	for source, some := range by {
		ids := make([]string, len(some))
		for i := range some {
			ids[i] = some[i].Key
		}
		if _, err := r.Store.EraseMemories(ctx, source, ids); err != nil {
			return total, err
		}
		p, err := r.Store.Pull(ctx, source)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return total, err
		}
		_, err = r.Store.Commit(ctx, store.Commit{
			Source: source, Day: r.Day, Silent: true, Batch: pipeline.Batch{Unit: "retention", Observations: some, Cursor: p.Cursor},
		})
		if err != nil {
			return total, err
		}
		total += len(some)
	}
	return total, nil
}

// result takes people out of an old result of a company that was never reached.
func (r *Retention) result(old *store.Result) bool {
	return old.Day < r.Before && !r.keeps(old.INN) && anonymousResult(old)
}

func (r *Retention) results(ctx context.Context) (int, error) {
	total := 0
	for after := (store.ResultKey{}); ; {
		some, err := r.Store.ResultsAfter(ctx, after, page)
		if err != nil {
			return total, err
		}
		by := map[store.ResultKey]*store.Result{}
		for i := range some {
			one := store.CloneResult(some[i])
			if r.result(&one) {
				by[one.Key()] = &one
			}
		}
		if len(by) > 0 {
			if err := r.Store.ReplaceResults(ctx, by); err != nil {
				return total, err
			}
		}
		if total += len(by); len(some) < page {
			return total, nil
		}
		after = some[len(some)-1].Key()
	}
}

func (r *Retention) lists(ctx context.Context) (int, error) {
	total := 0
	err := r.Store.RewriteLists(ctx, func(day company.Date, data []byte) ([]byte, error) {
		if day >= r.Before {
			return nil, nil
		}
		l, err := calllist.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("list of %s: %w", day, err)
		}
		n := 0
		for i := range l.Rows {
			if e := &l.Rows[i]; !r.keeps(e.Row.INN) && anonymous(e) {
				n++
			}
		}
		if n == 0 {
			return nil, nil
		}
		total += n
		return l.Encode()
	})
	return total, err
}

func (r *Retention) journal(ctx context.Context) (int, error) {
	if r.Journal == nil {
		return 0, nil
	}
	return r.Journal.Rewrite(ctx, func(e journal.Entry) (journal.Entry, bool) {
		if e.Result != nil {
			one := store.CloneResult(*e.Result)
			if r.result(&one) {
				e.Result = &one
			}
		}
		return e, true
	})
}
