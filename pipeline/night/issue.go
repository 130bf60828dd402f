package night

import (
	"context"
	"errors"
	"iter"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// issue returns the day's list: the one that stands, or a new one that is
// frozen by this call. Rows that the stop list names meanwhile are left out of
// what is returned, not of what is kept.
func (n *Night) issue(ctx context.Context, p *presenter, k *ranking, r *Report) (*calllist.List, error) {
	data, err := n.Store.List(ctx, r.Day)
	switch {
	case err == nil:
		r.ListFrozen = true
	case !errors.Is(err, store.ErrNotFound):
		return nil, err
	default:
		if data, err = n.freeze(ctx, p, k); err != nil {
			return nil, err
		}
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return nil, err
	}
	list, r.Withdrawn = list.Without(k.stops.Stopped)
	n.reportList(list, k, r)
	return list, nil
}

func (n *Night) freeze(ctx context.Context, p *presenter, k *ranking) ([]byte, error) {
	zone, err := n.zone()
	if err != nil {
		return nil, err
	}
	skipped := map[string]int64{}
	var gone []calllist.Missed
	pick, err := p.pick(ctx, k, skipped, &gone)
	if err != nil {
		return nil, err
	}
	chosen, err := calllist.Choose(pick)
	if err != nil {
		return nil, err
	}
	for reason, count := range skipped {
		chosen.Skipped[reason] += count
	}
	p.mark(chosen, k)
	targets, err := p.targets(ctx, k)
	if err != nil {
		return nil, err
	}
	list := &calllist.List{
		Format: calllist.Format, ID: p.day.String() + "-" + n.Segments.Hash(), Day: p.day,
		Issued: n.Clock().In(zone).Format("02.01.2006 15:04 ") + calllist.ZoneLabel(p.day, zone), ConfigHash: n.Segments.Hash(),
		Rows: chosen.Entries(), Targets: targets, Skipped: chosen.Skipped, Missed: append(gone, chosen.Missed...),
		Waiting: max(len(k.calls.due)-chosen.Due(), 0), Below: max(k.below-chosen.Fresh(), 0),
		Ladders: map[string][]float64{},
	}
	ladders := n.Segments.Ladders
	for key, steps := range ladders.ByKey() {
		for _, s := range *steps {
			list.Ladders[key] = append(list.Ladders[key], s.Value)
		}
	}
	for _, m := range n.working(p.day) {
		list.Managers = append(list.Managers, pipeline.Manager{ID: m.ID, Name: m.Name, Dials: m.Dials})
	}
	data, err := list.Encode()
	if err != nil || len(chosen.Rows) == 0 {
		return data, err // nobody to call is nothing to freeze: a source may come back
	}
	owners := chosen.Owners()
	last, err := n.lastList(ctx)
	if err != nil {
		return nil, err
	}
	if last > p.day {
		owners = nil // a list of an earlier day takes nobody's companies away
	}
	return n.Store.Issue(ctx, store.Issue{Day: p.day, Data: data, Owners: owners})
}

// pick gathers what the day's list is chosen from. What may not be called though
// its turn has come is noted in skipped and gone while it is chosen.
func (p *presenter) pick(ctx context.Context, k *ranking, skipped map[string]int64, gone *[]calllist.Missed) (calllist.Pick, error) {
	n := p.night
	pick := calllist.Pick{
		Mix: n.mix(p.day), Managers: n.working(p.day), Stopped: k.stops.Stopped,
		Shares: calllist.Shares{New: n.Config.CallList.NewShare, Random: n.Config.CallList.RandomShare, Tender: n.Config.CallList.TenderShare},
		Due:    p.due(ctx, skipped, gone),
		Ranked: func(i int) iter.Seq2[calllist.Candidate, error] { return p.queue(ctx, k.callable[i]) },
		Random: p.queue(ctx, k.random), Moscow: p.hours.moscow,
		Quiet: func(phone string) bool { return k.calls.quiet[phone] != "" },
	}
	var err error
	if pick.Held, err = p.held(ctx); err != nil {
		return pick, err
	}
	pick.Tender, err = p.tenders(ctx, k.tenders, skipped)
	return pick, err
}

// queue presents the callable ones of a priority, best first.
func (p *presenter) queue(ctx context.Context, results []score.Result) iter.Seq2[calllist.Candidate, error] {
	return func(yield func(calllist.Candidate, error) bool) {
		for i := range results {
			c, err := p.candidate(ctx, &results[i])
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// targets carries the last list's targets on until somebody releases them or a
// rule forbids to call them; then come those that people put there, and the rest
// by potential.
func (p *presenter) targets(ctx context.Context, k *ranking) ([]company.INN, error) {
	last, err := p.lastTargets(ctx)
	if err != nil {
		return nil, err
	}
	released := p.keepers.marked(store.MarkReleased)
	var out []company.INN
	for _, inn := range append(p.keepers.marked(store.MarkTarget), last...) {
		res, err := p.result(ctx, inn)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		if err == nil && res.Veto.Code == "" && courted(k.calls.reasons[inn]) && !slices.Contains(out, inn) && !slices.Contains(released, inn) {
			out = append(out, inn)
		}
	}
	most := p.night.Config.CallList.Targets
	for i := range k.targets {
		if inn := k.targets[i].INN(); len(out) < most && !slices.Contains(out, inn) && !slices.Contains(released, inn) {
			out = append(out, inn)
		}
	}
	return out[:min(len(out), most)], nil
}

// courted tells whether what came of calls leaves a company an account target.
func courted(reason string) bool {
	return reason != calllist.SkipOut && reason != calllist.SkipClient
}

// lastList is the latest day that has a list; 0 = none has.
func (n *Night) lastList(ctx context.Context) (company.Date, error) {
	days, err := n.Store.ListDays(ctx)
	if err != nil || len(days) == 0 {
		return 0, err
	}
	return days[len(days)-1], nil
}

// lastTargets are those of the last list before this day.
func (p *presenter) lastTargets(ctx context.Context) ([]company.INN, error) {
	days, err := p.ListDays(ctx)
	if err != nil {
		return nil, err
	}
	days = slices.DeleteFunc(days, func(d company.Date) bool { return d >= p.day })
	if len(days) == 0 {
		return nil, nil
	}
	data, err := p.List(ctx, days[len(days)-1])
	if err != nil {
		return nil, err
	}
	last, err := calllist.Decode(data)
	if err != nil {
		return nil, err
	}
	return last.Targets, nil
}

// result scores one company anew.
func (p *presenter) result(ctx context.Context, inn company.INN) (score.Result, error) {
	d, err := p.Dossier(ctx, inn)
	if err != nil {
		return score.Result{}, err
	}
	c := p.company(d)
	row := p.row(p.scorer.Matcher(), &c)
	return p.scorer.Score(&row), nil
}

func (n *Night) reportList(list *calllist.List, k *ranking, r *Report) {
	r.ListID, r.ListHash = list.ID, list.ConfigHash
	for reason, count := range list.Skipped {
		r.Skipped[reason] += count
	}
	n.countWaiting(list, k, r)
	counts := map[ListedReport]int{}
	for _, e := range list.Rows {
		counts[ListedReport{Manager: e.Row.ManagerID, Priority: e.Row.Priority}]++
	}
	for _, m := range list.Managers {
		for priority := 1; priority <= 3; priority++ {
			key := ListedReport{Manager: m.ID, Priority: priority}
			if rows := counts[key]; rows > 0 {
				key.Rows = rows
				r.Listed = append(r.Listed, key)
			}
		}
	}
}

// countWaiting counts the dialable leads whose turn has not come, so that
// every lead is on the list or named in a reason.
func (n *Night) countWaiting(list *calllist.List, k *ranking, r *Report) {
	mix := n.mix(r.Day)
	waiting := -int64(len(list.Rows))
	for _, l := range k.leads {
		if mix[l.Priority-1] == 0 {
			r.Skipped[calllist.SkipPhase] += l.Dialable
		} else {
			waiting += l.Dialable
		}
	}
	for reason, count := range list.Skipped {
		if reason != calllist.SkipNorm {
			waiting -= count
		}
	}
	delete(r.Skipped, calllist.SkipNorm)
	if waiting > 0 {
		r.Skipped[calllist.SkipNorm] = waiting
	}
}
