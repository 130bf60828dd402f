package night

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// begin opens the ledger. A completed run of the day stays one: what «Новые»
// rests on must not depend on whether a repetition ends.
func (n *Night) begin(ctx context.Context, r *Report) error {
	run, err := n.Store.Run(ctx, r.Day)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("read the ledger of %s: %w", r.Day, err)
	}
	r.recall(run)
	run.Day, run.Started, run.Error = r.Day, r.Started, ""
	if err := n.Store.PutRun(ctx, run); err != nil {
		return fmt.Errorf("open the ledger of %s: %w", r.Day, err)
	}
	return nil
}

// fail notes in the ledger why a run ended before its end. It must work when
// the run was cancelled.
func (n *Night) fail(ctx context.Context, r *Report, why error) error {
	ctx = context.WithoutCancel(ctx)
	run, err := n.Store.Run(ctx, r.Day)
	if err != nil {
		return nil // the store itself has failed: the error that is returned says so
	}
	run.Error = why.Error()
	return n.Store.PutRun(ctx, run)
}

// eventsKept is for how many days events are kept at least, so that a list of
// some weeks ago can be written again.
const eventsKept = 35

// end closes the ledger and lets go of events that no list looks back to.
func (n *Night) end(ctx context.Context, r *Report) error {
	since, _, err := n.baseline(ctx, r.Day)
	if err == nil {
		err = n.Store.DropEvents(ctx, min(since+1, r.Day-eventsKept))
	}
	if err != nil {
		return fmt.Errorf("let go of old events: %w", err)
	}
	n.stageEnd(r)
	data, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode the report of %s: %w", r.Day, err)
	}
	run := store.Run{Day: r.Day, Started: r.Started, Ended: r.Ended, Completed: true, Exit: r.Exit(), Report: data}
	if err := n.Store.PutRun(ctx, run); err != nil {
		return fmt.Errorf("close the ledger of %s: %w", r.Day, err)
	}
	return nil
}

// endPull closes a pull in the store and reports it.
func (n *Night) endPull(ctx context.Context, s Source, end store.PullEnd, r *Report) (SourceReport, error) {
	name := s.Section.Name
	end.At = n.Clock()
	now, err := n.Store.Pull(ctx, name)
	if err != nil {
		return SourceReport{}, err
	}
	end.Complete = end.Complete && len(now.Gaps) == 0
	if err := n.Store.EndPull(ctx, name, end); err != nil {
		return SourceReport{}, err
	}
	if now, err = n.Store.Pull(ctx, name); err != nil {
		return SourceReport{}, err
	}
	return n.report(s, now, r.Day, false), nil
}

// report judges a pull.
func (n *Night) report(s Source, p store.Pull, day company.Date, unchanged bool) SourceReport {
	d := s.Source.Describe()
	r := SourceReport{
		Name: s.Section.Name, Title: d.Title, State: StateDone, Note: p.Error,
		Release: p.Release, Counts: p.Counts, Delta: p.Delta, Gaps: p.Gaps, GapsMore: p.GapsMore,
	}
	limit := s.Section.QuarantineLimit
	if limit == 0 {
		limit = n.Config.Run.QuarantineLimit
	}
	age := int(day - p.Release.Date)
	switch {
	case p.Error != "":
		r.State = StateFailed
	case p.Paused != "":
		r.State, r.Note = StatePaused, p.Paused
	case len(p.Gaps) > 0:
		r.State = StateIncomplete
		r.Note = fmt.Sprintf("%d part(s) could not be read; the first: %s: %s", len(p.Gaps)+p.GapsMore, p.Gaps[0].Unit, p.Gaps[0].Detail)
	case float64(p.Counts.Quarantined) > limit*float64(p.Counts.Read):
		r.State = StateQuarantine
		r.Note = fmt.Sprintf("%d of %d rows quarantined, more than the limit of %.3g %%", p.Counts.Quarantined, p.Counts.Read, limit*100)
	case d.StaleAfter > 0 && !n.Sample && p.Release.Date.Known() && age > d.StaleAfter:
		r.State = StateStale
		r.Note = fmt.Sprintf("the newest release is of %s, %d days old: get a newer one", p.Release.Date, age)
	case unchanged:
		r.State = StateUnchanged
	}
	if unchanged {
		r.Delta = store.Delta{}
	}
	return r
}

// standing is the report of a source that is not pulled this time.
func (n *Night) standing(ctx context.Context, s Source, state State, why string) SourceReport {
	r := SourceReport{Name: s.Section.Name, Title: s.Source.Describe().Title, State: state, Note: why}
	p, err := n.Store.Pull(ctx, s.Section.Name)
	if err == nil {
		r.Release, r.Counts = p.Last.Release, p.Last.Counts
	} else if !errors.Is(err, store.ErrNotFound) {
		r.Note += "; its state cannot be read: " + err.Error()
	}
	return r
}
