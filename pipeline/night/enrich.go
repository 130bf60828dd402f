package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/store"
)

// answersKept is how many answers commit together.
const answersKept = 25

// enrichAll asks the enrichers: first those whose asks are metered, for the
// best leads, then the others for all that lack something, so that these see
// what the first have found. It returns the view of what is known then.
func (n *Night) enrichAll(ctx context.Context, v *view, r *Report) (*view, error) {
	for _, metered := range []bool{true, false} {
		added := false
		for _, e := range n.Enrichers {
			if e.Enricher.Describe().Metered != metered {
				continue
			}
			found, err := n.enrich(ctx, v, e, r)
			if err != nil {
				return v, err
			}
			added = added || found
		}
		if added {
			var err error
			if v, err = n.know(ctx, r); err != nil {
				return v, err
			}
		}
	}
	return v, nil
}

// enrich asks one enricher and tells whether it added anything. One that fails
// is reported and never ends the night.
func (n *Night) enrich(ctx context.Context, v *view, e Enricher, r *Report) (added bool, err error) {
	began := n.Clock()
	defer func() { r.took(StageEnrich, e.Section.Name, began, n.Clock()) }()
	report := EnrichReport{Name: e.Section.Name, Title: e.Enricher.Describe().Title, Outcomes: map[string]int64{}}
	switch {
	case e.Off != "":
		report.Off = e.Off
	case n.late(r):
		report.Error = lateText
	}
	if report.Off != "" || report.Error != "" {
		r.Enrich = append(r.Enrich, report)
		return false, nil
	}
	bounded, stop := n.bounded(ctx, r)
	defer stop()
	delta, err := n.ask(bounded, v, e, r, &report)
	late := bounded.Err() != nil
	switch {
	case ctx.Err() != nil:
		return false, stopped(ctx, e.Section.Name, err)
	case late && (err == nil || errors.Is(err, context.DeadlineExceeded)):
		report.Error = lateText
	case errors.Is(err, store.ErrObservation):
		report.Error = err.Error() // what the store refuses, the enricher has made
	case err != nil:
		return false, fmt.Errorf("enrich by %s: %w", e.Section.Name, err)
	}
	r.Enrich = append(r.Enrich, report)
	return delta.New+delta.Changed > 0, nil
}

// ErrUnkept is a night that was stopped and could not put down all it held.
var ErrUnkept = errors.New("not all could be put down")

// stopped is the error of a night that was stopped while an enricher was asked,
// with what went wrong on the way out.
func stopped(ctx context.Context, name string, err error) error {
	cause := context.Cause(ctx)
	if err == nil || errors.Is(err, cause) || errors.Is(err, ctx.Err()) {
		return cause
	}
	return fmt.Errorf("%w; enrich by %s: %w: %w", cause, name, ErrUnkept, err)
}

const lateText = "the deadline came before the end"

// ask hands out the asks and commits the answers as they come, also those that
// came before the deadline cut them: they may have been paid for. An enricher's
// own error goes into the report.
func (n *Night) ask(ctx context.Context, v *view, e Enricher, r *Report, report *EnrichReport) (delta store.Delta, err error) {
	asks := &asking{night: n, view: v, enricher: e, day: r.Day}
	answers := &answering{night: n, source: e.Section.Name, day: r.Day, report: report}
	err = n.Store.BeginPull(ctx, store.Pull{
		Source: e.Section.Name, Day: r.Day, Decoder: e.Enricher.Describe().Decoder, Started: n.Clock(),
		Filter: store.PeopleFilter(n.Config.PersonalData.NamedPeople),
	})
	if err != nil {
		return delta, err
	}
	task := pipeline.Task{Now: n.Clock(), Persons: n.Config.PersonalData.NamedPeople}
	for a, failed := range e.Enricher.Enrich(ctx, task, asks.all(ctx)) {
		if failed != nil {
			report.Error = failed.Error()
			break
		}
		if err = answers.take(ctx, a); err != nil {
			break
		}
	}
	if err == nil {
		err = answers.flush(ctx)
	}
	if err = errors.Join(err, asks.failed()); err != nil {
		return answers.delta, err
	}
	end := store.PullEnd{At: n.Clock(), Complete: report.Error == "", Error: report.Error}
	return answers.delta, n.Store.EndPull(context.WithoutCancel(ctx), e.Section.Name, end)
}
