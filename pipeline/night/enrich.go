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

// enrichAll asks the enrichers in turn. What one has found is known before the next
// is asked, so that nobody is asked for what is there already. It returns the view
// of what is known then.
func (n *Night) enrichAll(ctx context.Context, v *view, r *Report) (*view, error) {
	for _, e := range inTurn(n.Config.Waterfall.Order, n.Enrichers) {
		added, err := n.enrich(ctx, v, e, r)
		if err != nil {
			return v, err
		}
		if !added {
			continue
		}
		if v, err = n.know(ctx, r); err != nil {
			return v, err
		}
	}
	return v, nil
}

// enrich asks one enricher and tells whether it added anything. One that fails
// is reported and never ends the night.
func (n *Night) enrich(ctx context.Context, v *view, e Enricher, r *Report) (added bool, err error) {
	began := n.Clock()
	defer func() { r.took(StageEnrich, e.Section.Name, began, n.Clock()) }()
	d := e.Enricher.Describe()
	report := EnrichReport{Name: e.Section.Name, Title: d.Title, Metered: d.Metered, Outcomes: map[string]int64{}}
	switch {
	case e.Off != "":
		report.Off = e.Off
	case d.Metered && e.Section.Budget == 0:
		report.Off = fmt.Sprintf("its budget is 0: say in enrich.%s.budget for how many it may be asked in a night", e.Section.Name)
	case n.wants(d).none():
		report.Off = "it gives nothing of what waterfall.wanted names"
	case n.late(r):
		report.Error = lateText
	}
	if report.Off != "" || report.Error != "" {
		r.enriched(report)
		return false, nil
	}
	spent, err := newSpending(ctx, e)
	if err != nil {
		return false, err
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
	if err := n.bill(ctx, e, spent, r.Day, &report); err != nil {
		return false, err
	}
	r.enriched(report)
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
	answers := &answering{night: n, source: e.Section.Name, day: r.Day, report: report, handed: &asks.handed}
	err = n.Store.BeginPull(ctx, store.Pull{
		Source: e.Section.Name, Day: r.Day, Decoder: e.Enricher.Describe().Decoder, Started: n.Clock(),
		Filter: store.PeopleFilter(n.Config.PersonalData.NamedPeople),
	})
	if err != nil {
		return delta, err
	}
	task := pipeline.Task{Now: n.Clock(), Persons: n.Config.PersonalData.NamedPeople}
	for a, failed := range e.Enricher.Enrich(ctx, task, asks.all(ctx)) {
		if errors.Is(failed, pipeline.ErrUnfinished) {
			report.Paused = failed.Error()
			break
		}
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
	end := store.PullEnd{At: n.Clock(), Complete: report.Error == "" && report.Paused == "", Error: report.Error, Paused: report.Paused}
	return answers.delta, n.Store.EndPull(context.WithoutCancel(ctx), e.Section.Name, end)
}
