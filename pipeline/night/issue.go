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
func (n *Night) issue(ctx context.Context, day company.Date, k *ranking, r *Report) (*calllist.List, error) {
	data, err := n.Store.List(ctx, day)
	switch {
	case err == nil:
		r.ListFrozen = true
	case !errors.Is(err, store.ErrNotFound):
		return nil, err
	default:
		if data, err = n.freeze(ctx, day, k); err != nil {
			return nil, err
		}
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return nil, err
	}
	list, r.Withdrawn = list.Without(k.stops.Stopped)
	n.reportList(list, k, day, r)
	return list, nil
}

func (n *Night) freeze(ctx context.Context, day company.Date, k *ranking) ([]byte, error) {
	p, err := n.newPresenter(ctx, day, k.scorer)
	if err != nil {
		return nil, err
	}
	start := n.Config.Strategy.StartDate.Date()
	skipped := map[string]int64{}
	chosen, passed, err := calllist.Choose(calllist.Pick{
		Day: day, Mix: calllist.MixOf(n.Segments.Phases, start, day), Managers: n.Config.Managers,
		Ranked:  func(i int) iter.Seq2[calllist.Candidate, error] { return p.queue(ctx, k.callable[i], skipped) },
		Stopped: k.stops.Stopped,
	})
	if err != nil {
		return nil, err
	}
	for reason, count := range passed {
		skipped[reason] += count
	}
	zone, err := n.zone()
	if err != nil {
		return nil, err
	}
	targets, err := n.targets(ctx, day, k)
	if err != nil {
		return nil, err
	}
	list := &calllist.List{
		Format: calllist.Format, ID: day.String() + "-" + n.Segments.Hash(), Day: day,
		Issued: n.Clock().In(zone).Format("02.01.2006 15:04 ") + calllist.ZoneLabel(day, zone), ConfigHash: n.Segments.Hash(),
		Rows: calllist.Entries(chosen), Targets: targets, Skipped: skipped,
	}
	for _, m := range n.Config.Managers {
		list.Managers = append(list.Managers, pipeline.Manager{ID: m.ID, Name: m.Name, Dials: m.Dials})
	}
	data, err := list.Encode()
	if err != nil {
		return nil, err
	}
	if len(chosen) == 0 {
		return data, nil // nobody to call is nothing to freeze: a source may come back
	}
	owners := map[company.INN]string{}
	for _, c := range chosen {
		owners[c.Row.INN] = c.Row.ManagerID
	}
	return n.Store.Issue(ctx, store.Issue{Day: day, Data: data, Owners: owners})
}

// queue presents the callable ones of a priority, best first, and counts those
// that turn out not to be.
func (p *presenter) queue(ctx context.Context, results []score.Result, skipped map[string]int64) iter.Seq2[calllist.Candidate, error] {
	return func(yield func(calllist.Candidate, error) bool) {
		for i := range results {
			c, callable, err := p.candidate(ctx, &results[i])
			if err == nil && !callable {
				if len(c.Phones) == 0 {
					skipped[calllist.SkipNoPhone]++
				} else {
					skipped[calllist.SkipNoWindow]++
				}
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// targets carries the last list's targets on while they are leads, and fills
// up by potential.
func (n *Night) targets(ctx context.Context, day company.Date, k *ranking) ([]company.INN, error) {
	var out []company.INN
	days, err := n.Store.ListDays(ctx)
	if err != nil {
		return nil, err
	}
	days = slices.DeleteFunc(days, func(d company.Date) bool { return d >= day })
	if len(days) > 0 {
		data, err := n.Store.List(ctx, days[len(days)-1])
		if err != nil {
			return nil, err
		}
		last, err := calllist.Decode(data)
		if err != nil {
			return nil, err
		}
		for _, inn := range last.Targets {
			res, err := n.resultOf(ctx, inn, k.scorer)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if res.Lead() {
				out = append(out, inn)
			}
		}
	}
	for i := range k.targets {
		if inn := k.targets[i].INN(); len(out) < n.Config.CallList.Targets && !slices.Contains(out, inn) {
			out = append(out, inn)
		}
	}
	return out[:min(len(out), n.Config.CallList.Targets)], nil
}

// resultOf scores one company anew.
func (n *Night) resultOf(ctx context.Context, inn company.INN, s *score.Scorer) (score.Result, error) {
	d, err := n.Store.Dossier(ctx, inn)
	if err != nil {
		return score.Result{}, err
	}
	shown, err := n.lastShown(ctx)
	if err != nil {
		return score.Result{}, err
	}
	c := company.Derive(d.INN, d.Observations, n.trust())
	row := score.RowOf(s.Matcher(), &c, shown.newest(&c))
	return s.Score(&row), nil
}

func (n *Night) reportList(list *calllist.List, k *ranking, day company.Date, r *Report) {
	r.ListID = list.ID
	for reason, count := range list.Skipped {
		r.Skipped[reason] += count
	}
	mix := calllist.MixOf(n.Segments.Phases, n.Config.Strategy.StartDate.Date(), day)
	for _, l := range k.leads {
		if mix[l.Priority-1] == 0 {
			r.Skipped[calllist.SkipPhase] += l.Dialable
		}
	}
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
