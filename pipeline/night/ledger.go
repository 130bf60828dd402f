package night

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func (n *Night) begin(ctx context.Context, r *Report) error {
	err := n.Store.PutRun(ctx, store.Run{Day: r.Day, Started: r.Started})
	if err != nil {
		return fmt.Errorf("open the ledger of %s: %w", r.Day, err)
	}
	return nil
}

func (n *Night) end(ctx context.Context, r *Report) error {
	r.Ended, r.Completed = n.Clock(), true
	r.judge()
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

// endPull closes a pull in the store and reports it. fresh opens the pull
// first, for a source that failed before it could begin.
func (n *Night) endPull(ctx context.Context, s Source, end store.PullEnd, fresh bool, day company.Date, print string) (SourceReport, error) {
	name := s.Section.Name
	if fresh {
		p := store.Pull{Source: name, Day: day, Fingerprint: print, Decoder: s.Source.Describe().Decoder, Started: n.Clock()}
		if err := n.Store.BeginPull(ctx, p); err != nil {
			return SourceReport{}, err
		}
	}
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
	return n.report(s, now, false), nil
}

// report judges a pull.
func (n *Night) report(s Source, p store.Pull, unchanged bool) SourceReport {
	r := SourceReport{
		Name: s.Section.Name, Title: s.Source.Describe().Title, State: StateDone, Note: p.Error,
		Release: p.Release, Counts: p.Counts, Delta: p.Delta, Gaps: p.Gaps,
	}
	limit := s.Section.QuarantineLimit
	if limit == 0 {
		limit = n.Config.Run.QuarantineLimit
	}
	switch {
	case p.Error != "":
		r.State = StateFailed
	case len(p.Gaps) > 0:
		r.State = StateIncomplete
		r.Note = fmt.Sprintf("%d part(s) could not be read", len(p.Gaps))
	case float64(p.Counts.Quarantined) > limit*float64(p.Counts.Read):
		r.State = StateQuarantine
		r.Note = fmt.Sprintf("%d of %d rows quarantined, more than the limit of %.3g %%", p.Counts.Quarantined, p.Counts.Read, limit*100)
	case unchanged:
		r.State = StateUnchanged
	}
	if unchanged {
		r.Delta = store.Delta{}
	}
	return r
}

// standing is the report of a source that is not pulled this time.
func (n *Night) standing(ctx context.Context, s Source, why string) SourceReport {
	r := SourceReport{Name: s.Section.Name, Title: s.Source.Describe().Title, State: StateLeftOut, Note: why}
	p, err := n.Store.Pull(ctx, s.Section.Name)
	if err == nil {
		r.Release, r.Counts = p.Release, p.Counts
	} else if !errors.Is(err, store.ErrNotFound) {
		r.Note += "; its state cannot be read: " + err.Error()
	}
	return r
}
